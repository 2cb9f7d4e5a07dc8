/**
 * Style of the traveller's pages: no web font, no picture, no script; 360 px wide is enough. Body 18/30, for elders 22/36 with
 * times at 40 px Contrast on white at least 4.5:1.
 */
export const TICKET_CSS = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#e6ebea;color:#16211f;font:18px/30px "PingFang SC","HarmonyOS Sans SC","MiSans","Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei UI",system-ui,sans-serif;font-variant-numeric:tabular-nums}
html:lang(en) body{font-family:-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue","Liberation Sans","Noto Sans CJK SC","Microsoft YaHei UI",sans-serif}
html:lang(en) .mid dd span{white-space:normal}
h1,p,ol,dl,dd{margin:0;padding:0}
ol{list-style:none}
a,summary,button{-webkit-tap-highlight-color:transparent}
:focus-visible{outline:3px solid #1f5fa8;outline-offset:2px}
.page{max-width:480px;min-height:100vh;margin:0 auto;background:#fff;display:flex;flex-direction:column}
.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.head{padding:10px 16px;min-height:88px;display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:4px 12px;background:#0b6e69;color:#fff}
.head h1{font-size:24px;line-height:32px;text-wrap:balance;overflow-wrap:anywhere}
.head small{display:block;font-size:15px;line-height:22px;font-weight:400}
.seat{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 4px;font-size:17px;line-height:48px;white-space:nowrap}
.seat span+span{margin-left:6px}
.seat b{font-size:42px;letter-spacing:-1px}
.seat.long b{font-size:26px;letter-spacing:0}
.seat.long{line-height:36px}
.way{padding:14px 16px 4px}
.way li{position:relative;display:grid;grid-template-columns:24px 100px 1fr;column-gap:10px;padding-bottom:14px;min-height:84px}
.way li:last-child{min-height:0;padding-bottom:12px}
.way li:not(:last-child)::before{content:"";position:absolute;left:10px;top:36px;bottom:-6px;width:4px}
.way li.on::before{background:#0b6e69}
.way li.off::before{background:radial-gradient(circle at 2px 2px,#5c6b68 1.8px,transparent 2.2px) 0 0/4px 8px}
.way svg{display:block;width:24px;height:24px;margin-top:8px}
.way .t{font-size:34px;line-height:40px;font-weight:700;letter-spacing:-.5px}
.way .t small{display:block;font-size:15px;line-height:22px;font-weight:400;letter-spacing:0;color:#4a5a57}
.way .w{min-width:0;padding-top:6px;overflow-wrap:anywhere}
.way .w b{display:block;font-size:18px;line-height:28px}
.way em{font-style:normal;white-space:nowrap}
.way .w span{display:block;text-wrap:balance;font-size:16px;line-height:24px;color:#4a5a57}
.way .w a{color:#0b6e69;display:inline-block;padding:6px 0;margin:-4px 0}
.way .w .held{color:#b5382a;font-weight:700}
.mid{margin:0 16px;padding:14px 0;border-top:2px solid #16211f;display:flex;gap:16px;align-items:center;flex:1}
.code{flex:none;width:142px}
.code svg{display:block;margin:10px auto 14px}
.code p{font-size:14px;line-height:20px;color:#4a5a57;padding-top:4px;text-align:center;text-wrap:balance}
.mid dl{min-width:0}
.mid dt{font-size:15px;line-height:22px;color:#5c6b68}
.mid dd+dt{margin-top:6px}
.mid dd span{white-space:nowrap}
.asof{margin:0 16px;padding-top:8px;font-size:15px;line-height:22px;color:#5c6b68;border-top:1px solid #d5dcda}
.foot{position:sticky;bottom:0;padding:10px 16px 0;display:flex;flex-wrap:wrap;gap:12px;background:#fff}
.foot:has(details[open]){position:static}
.foot details{flex:0 0 112px}
.foot details[open]{flex-basis:100%}
.foot form{margin:0}
.btn{display:flex;align-items:center;justify-content:center;width:100%;min-height:72px;padding:8px 10px;border:1.5px solid #5c6b68;border-radius:6px;background:#fff;color:#16211f;font:inherit;font-weight:700;line-height:26px;text-align:center;text-decoration:none;cursor:pointer}
summary.btn{list-style:none}
summary.btn::-webkit-details-marker{display:none}
.ask{padding:14px 0 2px;display:grid;gap:12px}
.ask p+p{color:#4a5a57}
.btn.give{border-color:#b5382a;color:#b5382a}
.call{flex:1;min-width:0;min-height:72px;display:flex;align-items:center;gap:14px;padding:8px 18px;border-radius:6px;background:#0b6e69;color:#fff;font-size:20px;line-height:26px;font-weight:700;text-decoration:none}
.call svg{width:28px;height:28px;flex:none}
.call small{display:block;font-size:16px;line-height:22px;font-weight:400}
.more{padding:0 16px 4px;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px}
.more a{color:#4a5a57;font-size:16px;line-height:24px;padding:12px 0;min-width:48px}
.more a:last-child:not(:first-child){text-align:right}
.plain{padding:36px 16px 24px}
.plain svg{display:block;width:132px;height:24px}
.plain h1{font-size:28px;line-height:40px;padding-top:20px}
.plain p{padding-top:12px;color:#4a5a57}
.uses+.foot{position:static}
.uses .use{margin-top:20px;padding-top:4px;border-top:2px solid #16211f}
.uses h2{margin:0;font-size:22px;line-height:32px;padding-top:12px}
.uses .yes,.uses .no{color:#0b6e69;font-weight:700}
.uses .no{color:#b5382a}
.uses form{margin:12px 0 0;position:relative}
.uses .btn{min-height:60px}
.foot .btn.back{flex:0 0 112px}
.elder .uses h2{font-size:28px;line-height:40px}
.plain+.foot{padding-bottom:24px}
.plain+.foot form{flex:1 0 100%;order:2}
.elder{font-size:22px;line-height:36px}
.elder .head{padding:8px 16px;min-height:80px}
.elder .head h1{font-size:30px;line-height:40px}
.elder .seat{font-size:22px}
.elder .seat b{font-size:50px;line-height:56px}
.elder .seat.long b{font-size:30px;line-height:44px}
.elder .way{padding-top:8px}
.elder .way li{grid-template-columns:28px 1fr;column-gap:12px;min-height:92px;padding-bottom:8px}
.elder .way li:not(:last-child)::before{left:12px;top:44px}
.elder .way svg{width:28px;height:28px;margin-top:10px}
.elder .way .t{font-size:40px;line-height:48px}
.elder .way .t small{display:inline;font-size:22px;margin-left:12px}
.elder .way .w{grid-column:2;padding:0}
.elder .way .w b{font-size:26px;line-height:36px}
.elder .way .w span{font-size:22px;line-height:32px}
.elder .mid dt,.elder .code p{font-size:20px;line-height:28px;color:#4a5a57}
.elder .mid{padding:6px 0}
.elder .mid dd{font-size:24px;line-height:32px;font-weight:700}
.elder .asof{padding-top:4px;font-size:18px;line-height:26px}
.elder .foot details{flex-basis:108px}
.elder .foot details[open]{flex-basis:100%}
.elder .btn{min-height:84px;line-height:32px}
.elder .call{min-height:84px;font-size:26px;line-height:32px}
.elder .call small{font-size:20px;line-height:26px}
.elder .more a{font-size:20px;line-height:32px;padding:8px 0}
.elder .foot{padding-top:6px}
html:lang(en) .page:not(.elder) .more a{padding:8px 0}
html:lang(en) .call{font-size:18px;padding:8px 12px;gap:10px}
html:lang(en) .foot details:not([open]){flex-basis:100px}
html:lang(en) .elder .call{font-size:22px;line-height:28px;padding:6px 12px;gap:10px}
html:lang(en) .elder .way .w b{font-size:24px}
html:lang(en) .elder .seat{font-size:20px}
html:lang(en) .elder .head h1 small{display:inline}
@media(max-height:700px){
.head,.elder .head{min-height:68px;padding:6px 16px}
.way,.elder .way{padding:4px 16px 0}
.way li,.elder .way li{min-height:72px;padding-bottom:6px}
.mid,.elder .mid{padding:4px 0}
.code svg{margin:4px auto 6px}
.foot{padding-top:6px}
.btn,.call,.elder .btn,.elder .call{min-height:60px;padding-top:4px;padding-bottom:4px}
.more a,.elder .more a{padding:6px 0}
}
@media(min-height:800px){
.page:not(.elder) .way{padding-top:22px}
.page:not(.elder) .way li:not(:last-child){min-height:104px}
}
@media(min-height:800px) and (min-width:400px){
.page:not(.elder) .code{width:190px}
.page:not(.elder) .code svg{width:176px;height:176px}
}
@page{size:A4;margin:14mm}
@media print{
body{background:#fff}
.page{max-width:118mm;min-height:0;margin:0;border:1px solid #5c6b68}
.head{background:none;color:#16211f;border-bottom:2px solid #16211f}
.way svg,.way li::before{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.mid{flex:none}
.foot{position:static;padding:6px 16px 10px}
.foot details,.more{display:none}
.call{min-height:0;padding:0;background:none;color:#16211f}
.call svg{display:none}
.call small{display:inline;padding-left:12px;font-size:20px}
.elder .call::after{content:" · " attr(href)}
}
`;
