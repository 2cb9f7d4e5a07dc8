import type { ArrivalWindow } from './world.ts';

/** Where people go: a county, its industries, and a point near its seat (WGS-84, ± 5 km). */
export interface DestinationSeed {
  readonly key: string;
  readonly county: string;
  readonly name: string;
  readonly city: string;
  readonly lon: number;
  readonly lat: number;
  readonly industries: readonly string[];
  /** Employers to be made up there. */
  readonly firms: number;
}

const row = (
  key: string,
  county: string,
  city: string,
  name: string,
  lon: number,
  lat: number,
  firms: number,
  ...industries: string[]
) => ({ key, county, city, name, lon, lat, firms, industries }) satisfies DestinationSeed;

export const DESTINATIONS: readonly DestinationSeed[] = [
  row('yuhang', '330110', '杭州市', '余杭区', 120.3, 30.42, 4, '服饰', '家纺', '电子', '物流'),
  row('xiaoshan', '330109', '杭州市', '萧山区', 120.27, 30.17, 3, '化纤', '汽车部件', '印染'),
  row('beilun', '330206', '宁波市', '北仑区', 121.84, 29.9, 4, '注塑机械', '汽车部件', '电子', '港口物流'),
  row('cixi', '330282', '宁波市', '慈溪市', 121.27, 30.17, 3, '小家电', '轴承', '五金'),
  row('lucheng', '330302', '温州市', '鹿城区', 120.65, 28.01, 4, '鞋业', '打火机具', '服饰', '眼镜'),
  row('ruian', '330381', '温州市', '瑞安市', 120.65, 27.78, 3, '汽摩配', '箱包', '鞋业'),
  row('jinjiang', '350582', '泉州市', '晋江市', 118.55, 24.78, 4, '鞋业', '服饰', '伞业', '食品'),
  row('pingshan', '440310', '深圳市', '坪山区', 114.35, 22.71, 3, '新能源', '电子', '精密模具'),
  row('longhua', '440309', '深圳市', '龙华区', 114.04, 22.7, 3, '电子', '五金', '塑胶'),
  row('baiyun', '440111', '广州市', '白云区', 113.27, 23.16, 4, '皮具', '化妆品', '服饰', '音响'),
  row('zengcheng', '440118', '广州市', '增城区', 113.81, 23.26, 3, '牛仔服饰', '汽车部件', '电子'),
  row('panyu', '440113', '广州市', '番禺区', 113.38, 22.94, 2, '珠宝加工', '灯光'),
  row('yubei', '500112', '重庆市', '渝北区', 106.63, 29.72, 3, '电子', '汽车部件', '智能终端'),
  row('binhai', '120116', '天津市', '滨海新区', 117.7, 39.02, 2, '电子', '装备'),
  row('kunshan', '320583', '苏州市', '昆山市', 120.98, 31.39, 3, '电子', '精密模具', '光电'),
  row('dongguan', '441900', '东莞市', '东莞市', 113.75, 23.02, 3, '玩具', '电子', '家具'),
  row('zhongshan', '442000', '中山市', '中山市', 113.38, 22.52, 2, '灯饰', '家电'),
  row('shunde', '440606', '佛山市', '顺德区', 113.29, 22.81, 2, '家电', '家具'),
  row('jimei', '350211', '厦门市', '集美区', 118.1, 24.58, 2, '卫浴', '客车部件'),
  row('yiwu', '330782', '金华市', '义乌市', 120.07, 29.31, 2, '饰品', '针织'),
  row('longquanyi', '510112', '成都市', '龙泉驿区', 104.27, 30.56, 2, '汽车部件', '食品'),
  row('huangdao', '370211', '青岛市', '黄岛区', 120.2, 35.96, 2, '家电', '船舶部件'),
  row('songjiang', '310117', '上海市', '松江区', 121.23, 31.03, 2, '电子', '印刷'),
  row('wenling', '331081', '台州市', '温岭市', 121.39, 28.37, 2, '泵业', '鞋业'),
  row('huiyang', '441303', '惠州市', '惠阳区', 114.46, 22.79, 1, '电子'),
  row('licheng', '370112', '济南市', '历城区', 117.07, 36.68, 1, '装备'),
  row('wuhua', '530102', '昆明市', '五华区', 102.71, 25.04, 1, '食品'),
];

/** When gates receive; long-distance coaches come at all hours, so most open early and close late. */
export const WINDOWS: readonly (readonly ArrivalWindow[])[] = [
  [{ fromMin: 360, toMin: 1380 }],
  [{ fromMin: 420, toMin: 1320 }],
  [
    { fromMin: 390, toMin: 780 },
    { fromMin: 840, toMin: 1350 },
  ],
];

/** Places per occupation words: what people do in a firm of the industry. */
export const OCCUPATIONS: readonly string[] = [
  '缝纫工',
  '普工',
  '包装工',
  '操作工',
  '焊工',
  '叉车工',
  '质检员',
  '装配工',
  '仓管员',
  '注塑工',
  '鞋面车工',
  '电工',
  '保洁员',
  '食堂帮厨',
];
