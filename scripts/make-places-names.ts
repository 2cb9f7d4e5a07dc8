/** Names that the sources of places lack, with what each stands for. Chinese names of airports are facts of the timetables. */

/** Airport by IATA code: city and the airport's own part of the name. */
const AIRPORTS = `AAT 阿勒泰 雪都 ACX 兴义 万峰林 AEB 百色 巴马 AKU 阿克苏 红旗坡 AOG 鞍山 腾鳌 AQG 安庆 天柱山 AVA 安顺 黄果树 AXF 阿拉善左旗 巴彦浩特
BAR 琼海 博鳌 BAV 包头 东河 BFJ 毕节 飞雄 BPE 秦皇岛 北戴河 BPL 博乐 阿拉山口 BPX 昌都 邦达 BSD 保山 云瑞 CAN 广州 白云 CDE 承德 普宁 CGD 常德 桃花源
CGO 郑州 新郑 CGQ 长春 龙嘉 CHG 朝阳 - CIF 赤峰 玉龙 CKG 重庆 江北 CNI 长海 - CQW 重庆 仙女山 CSX 长沙 黄花 CTU 成都 双流 CWJ 沧源 佤山 CZX 常州 奔牛
DBC 白城 长安 DCY 稻城 亚丁 DDG 丹东 浪头 DIG 迪庆 香格里拉 DLC 大连 周水子 DLU 大理 凤仪 DNH 敦煌 莫高 DSN 鄂尔多斯 伊金霍洛 DTU 五大连池 德都
EHU 鄂州 花湖 ENH 恩施 许家坪 ENY 延安 南泥湾 ERL 二连浩特 赛乌素 FOC 福州 长乐 FUG 阜阳 西关 FUO 佛山 沙堤 FYJ 抚远 东极 FYN 富蕴 可可托海
GMQ 果洛 玛沁 GOQ 格尔木 - GXH 甘南 夏河 GYS 广元 盘龙 HAK 海口 美兰 HCJ 河池 金城江 HCZ 郴州 北湖 HDG 邯郸 - HEK 黑河 瑷珲 HET 呼和浩特 白塔
HFE 合肥 新桥 HGH 杭州 萧山 HIA 淮安 涟水 HJJ 怀化 芷江 HLD 呼伦贝尔 海拉尔 HMI 哈密 - HPG 神农架 红坪 HRB 哈尔滨 太平 HSC 韶关 丹霞 HTN 和田 -
HTT 茫崖 花土沟 HUO 霍林郭勒 霍林河 HUZ 惠州 平潭 HYN 台州 路桥 HZA 菏泽 牡丹 HZH 黎平 - INC 银川 河东 IQM 且末 玉都 IQN 庆阳 西峰 JDZ 景德镇 罗家
JGD 加格达奇 - JGS 井冈山 - JHG 西双版纳 嘎洒 JIQ 重庆 黔江武陵山 JJN 泉州 晋江 JMJ 澜沧 景迈 JMU 佳木斯 东郊 JNG 济宁 曲阜 JNZ 锦州 锦州湾 JSJ 建三江 湿地
JUZ 衢州 - JXA 鸡西 兴凯湖 JZH 九寨 黄龙 KGT 康定 - KHG 喀什 - KHN 南昌 昌北 KJH 凯里 黄平 KJI 布尔津 喀纳斯 KMG 昆明 长水 KRL 库尔勒 梨城
KWE 贵阳 龙洞堡 KWL 桂林 两江 LCX 龙岩 冠豸山 LDS 伊春 林都 LFQ 临汾 尧都 LHW 兰州 中川 LJG 丽江 三义 LLF 永州 零陵 LLV 吕梁 大武 LNJ 临沧 博尚
LNL 陇南 成州 LPF 六盘水 月照 LUM 德宏 芒市 LXA 拉萨 贡嘎 LYA 洛阳 北郊 LYG 连云港 花果山 LZG 阆中 古城 LZH 柳州 白莲 LZO 泸州 云龙 LZY 林芝 米林
MDG 牡丹江 海浪 MIG 绵阳 南郊 NBS 长白山 - NDG 齐齐哈尔 三家子 NGB 宁波 栎社 NGQ 阿里 昆莎 NKG 南京 禄口 NLH 宁蒗 泸沽湖 NLT 新源 那拉提 NNG 南宁 吴圩
NTG 南通 兴东 NZH 满洲里 西郊 NZL 扎兰屯 成吉思汗 OHE 漠河 古莲 PEK 北京 首都 PKX 北京 大兴 PVG 上海 浦东 PZI 攀枝花 保安营 QSZ 莎车 叶尔羌 RIZ 日照 山字河
RKZ 日喀则 和平 RLK 巴彦淖尔 天吉泰 RQA 若羌 楼兰 SHA 上海 虹桥 SHE 沈阳 桃仙 SHS 荆州 沙市 SJW 石家庄 正定 SQD 上饶 三清山 SQJ 三明 沙县 SWA 揭阳 潮汕
SYX 三亚 凤凰 SZX 深圳 宝安 TAO 青岛 胶东 TCZ 腾冲 驼峰 TEN 铜仁 凤凰 TFU 成都 天府 TGO 通辽 - THQ 天水 麦积山 TLQ 吐鲁番 交河 TNA 济南 遥墙 TNH 通化 三源浦
TSN 天津 滨海 TXN 黄山 屯溪 TYN 太原 武宿 UCB 乌兰察布 集宁 URC 乌鲁木齐 地窝堡 WDS 十堰 武当山 WEF 潍坊 南苑 WEH 威海 大水泊 WGN 邵阳 武冈 WMT 遵义 茅台
WNZ 温州 龙湾 WUH 武汉 天河 WUS 南平 武夷山 WUX 无锡 硕放 WUZ 梧州 西江 XAI 信阳 明港 XFN 襄阳 刘集 XIC 西昌 青山 XIL 锡林浩特 - XIY 西安 咸阳
XMN 厦门 高崎 XNN 西宁 曹家堡 XUZ 徐州 观音 YBP 宜宾 五粮液 YIC 宜春 明月山 YIE 阿尔山 伊尔施 YIH 宜昌 三峡 YIW 义乌 - YKH 营口 兰旗 YLX 玉林 福绵
YNJ 延吉 朝阳川 YNT 烟台 蓬莱 YNZ 盐城 南洋 YSQ 松原 查干湖 YTY 扬州 泰州 YUS 玉树 巴塘 YYA 岳阳 三荷 ZHA 湛江 吴川 ZHY 中卫 沙坡头 ZQZ 张家口 宁远
ZUH 珠海 金湾 ZYI 遵义 新舟`;

/** IATA code → Chinese name and city: `CKG` → 重庆江北机场, 重庆. */
export const AIRPORT_NAMES: ReadonlyMap<string, readonly [name: string, city: string]> = new Map(
  [...AIRPORTS.matchAll(/([A-Z]{3}) (\S+) (\S+)/g)].map(([, code = '', city = '', own = '']) => [
    code,
    [`${city}${own === '-' ? '' : own}机场`, city],
  ]),
);

/** Cities of the Xinjiang corps that no map of the sources knows, and the prefecture each lies in. */
export const PARENTS_OF_NEW_CITIES: Readonly<Record<string, string>> = {
  '659009': '6532',
  '659010': '6542',
  '659011': '6505',
  '659012': '6542',
};

/** Stations of Chongqing without coordinates and without a place of their name: the district they stand in. */
export const SEATS_OF_STATIONS: Readonly<Record<string, string>> = {
  重庆: '500103',
  重庆西: '500106',
  重庆南: '500104',
};
