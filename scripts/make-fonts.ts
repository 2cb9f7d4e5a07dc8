/**
 * Makes `data/fonts/`: the two weights of Noto Sans SC that printed sheets use, cut down to the characters of
 * Chinese names and places.
 *
 *     npx tsx scripts/make-fonts.ts NotoSansSC_400Regular.ttf NotoSansSC_700Bold.ttf LICENSE_FONT
 *
 * The originals are the ones of `@expo-google-fonts/noto-sans-sc` (92 MB, so not a dependency); a new set of places under
 * `data/` may bring new characters, then the script runs again.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import subsetFont from 'subset-font';

const data = join(dirname(fileURLToPath(import.meta.url)), '..', 'data');

/** Hanzi outside GB 2312 that stand in given names and surnames. A name beyond these prints with a note, never as a blank. */
const OF_NAMES =
  '喆堃昇垚犇淼焱骉垠珺珅玥玘玙玚玢玹珃珈珣珮珵珽琀琇琎琲琤琫瑀瑄瑅瑔瑗瑷璟璠璥璘璇璎璐璞璩瓒昉昕昶昺晅晖晗晙晞晟晢晧晫暄暅暐暕暘暠曈曌翀翊翎翥翾祎祐祺祾禔禛禧禤' +
  '镕镠镆钰钲钶铉铖铠锜锳锴锶镁镭鋆鑫淏淯淦湉湜湲湝湑溁溦滢漪潆澍澔澐濛濬瀚瀞灏沄沅泂泓泠洢洣洺浥浠浛涢淅淇淳渌' +
  '赟頔颀颋颉颐颕颙颢颛骁骎骐骓骕骙骝骞骢骦彧彣彪烜烨烺焜焯煊煜煐煚煦熇熠熹燊燚爔炅炘炜炯烎' +
  '芃芊芮苒苡茌茜茹荃荇荥莙莜菀菁萱葳蒗蒽蔺蕤蕴薏薷藜蘅蘩芫苾荟蓁蓥' +
  '婧婕婳媖媛嫄嫣嫚妤姝姞姮娉娣媞嬅嬿孇妘奕奭倩倬偲偕傕僖儇儆儒伃伋伲佺侃侑俍俣俸' +
  '峣崧嵘嵩嶙巍岐岚岑岽峤崟崚宓宥宸寔寯寰尧屾惇惟愔愫愷慜憓憙懋懿忞忻怡恂恬恺悫悰' +
  '栩桢桦棣棨楗楠楷榕榘槿樾橦檀檠栐栻梃梓梣棻椿楫楸楹榛杺柟柷' +
  '衎衡衢裒裎諴諟訢谞谌诜诩谊谧谡谦谟谠贇贲赉赑轩轲轶辀辂迩逯逵遒遴遹邈邕邗邡邰邴郇郃郗郜郝鄢酆阚阙阮陟隽雱雯霁霈霏霖霙靓靖韫韬韶飏飒飗馥馧骅鳌鸶鹍麒麟黼黻齐龑䶮㑇㛃㛚㬎㬚㴋㵑㻬㿟䒟䜣䝙䴖禕犟瑢珩佘佴逄亓仉俟乜冼厍郏郄邬栾缪缑閤宓麴鞠咎璧乂乾仝侖倞偉傢傑儁儷兗冏凊凱劼勍勣勳匡卉厲吉呈咏哲喬嘉嚴囍圓堯塏夢妍姍嬌孌' +
  '於甯尙恒恆德惠憲敏敬旻昊昀映時晉晔暢曉朢東榮槑櫻歐毓永江汎沇泉洛浚浩淑淨清溫滿澤灃灝炎為烈煒燁爾犍玉玲珂珍珠現琪琳瑞瑩璿甫畅皓皙盈睿碩磊礼祿禎福秀穎竑章童竣筠箴簡約紘絢維縈繪羨義聖聰胤臻舜芸英華萬葉蓮藝蘇蘭虹衛裕覺詠詩語誠謙譽豪貞賓賢贤轩辰逸達遠邑鄧酉釗鈞鈺銘銳銥鋒錦鍾鎮鏵鑒閔閩開關陽雲震靈靜頌頎顏顯風飛馨馮駿驊驍騏體鳳鴻鵬鶴麗黃黎點鼎龍陳張劉楊趙吳鄭馬孫謝許鄒寧韓羅蔣譚盧賈葉呂閻龔湯賴賀蕭嚴' +
  '仫僮侬侗傣佤僜畲畬';

/** Hanzi outside GB 2312 in place names of the districts, of destinations and of stations. */
const OF_PLACES =
  '沚埇瀍浉硚猇鄠瀼蔈塝磏塆恵旸峽㭎滘鲘栟鲊堽垟埗埠塬墈墕垭垱垴塍埫埪堎塅塔塆墁壋岞峁峃崾嶂嶝垸';

const SYMBOLS =
  '●◐◑○◎◆◇━─┄┅│┃□☐☑☒■▢▲△▼▽◀▶★☆✓✔✕✗×÷±→←↑↓↔⇄⇒≥≤≠≈∞…‥–—―‘’“”•‰′″※℃℉№Ω‖☎✂' +
  'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêĀÁǍÀĒÉĚÈŌÓǑÒ' +
  '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ㎡㎞㎏㎎㏄€';

/** What the licence asks modified fonts to say; it stands above the licence. */
const NOTICE = `NotoSansSC-Regular.subset.ttf and NotoSansSC-Bold.subset.ttf are modified versions of Noto Sans SC (Google and
Adobe): fewer characters, no hinting, no layout tables, made by scripts/make-fonts.ts. Like the originals they are
under the SIL Open Font License 1.1, which follows as it came with them.

`;

/** The hanzi of GB 2312, levels 1 and 2: rows 16 to 87, 6,763 characters. */
function gb2312(): Set<string> {
  const hanzi = new Set<string>();
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = iconv.decode(Buffer.from([row, cell]), 'gb2312');
      if (/^\p{Script=Han}$/u.test(character)) hanzi.add(character);
    }
  }
  return hanzi;
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}

/** Every hanzi in the places, codes and sample files beside the fonts. */
async function ofDataFiles(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(csv|json|geojson|txt|tsv|md)$/.test(entry.name)) continue;
    for (const character of await readFile(join(entry.parentPath, entry.name), 'utf8')) {
      if (/\p{Script=Han}/u.test(character)) found.add(character);
    }
  }
  return found;
}

async function wanted(): Promise<Set<string>> {
  return new Set([
    ...gb2312(),
    ...(await ofDataFiles()),
    ...OF_NAMES,
    ...OF_PLACES,
    ...SYMBOLS,
    ...range(0x20, 0x7e),
    ...range(0xa0, 0xff),
    ...range(0x3000, 0x301f),
    ...range(0xff01, 0xff5e),
    '￥',
    '￣',
    '￠',
    '￡',
  ]);
}

async function makeOne(from: string, to: string, text: string): Promise<number> {
  const font = await subsetFont(await readFile(from), text, {
    targetFormat: 'truetype',
    noHinting: true,
    dropTables: ['GSUB', 'GPOS', 'GDEF', 'BASE', 'VORG', 'vhea', 'vmtx'],
  });
  await writeFile(join(data, 'fonts', to), font);
  return font.byteLength;
}

const [regular, bold, licence] = process.argv.slice(2);
if (!regular || !bold || !licence) {
  process.stderr.write('usage: tsx scripts/make-fonts.ts REGULAR.ttf BOLD.ttf LICENCE\n');
  process.exit(2);
}
await mkdir(join(data, 'fonts'), { recursive: true });
const characters = await wanted();
const text = [...characters].join('');
const sizes = [
  await makeOne(regular, 'NotoSansSC-Regular.subset.ttf', text),
  await makeOne(bold, 'NotoSansSC-Bold.subset.ttf', text),
];
await writeFile(join(data, 'fonts', 'OFL.txt'), NOTICE + (await readFile(licence, 'utf8')));
process.stdout.write(
  `${characters.size} characters, ${sizes.map((size) => `${(size / 1e6).toFixed(2)} MB`).join(' and ')}\n`,
);
