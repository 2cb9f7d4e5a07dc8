import type { ManifestFacts, ManifestPassenger } from '@fangang/domain/trips/manifest.ts';
import type { TicketFacts } from '@fangang/domain/trips/ticket.ts';
import { manifestCheckCode } from './manifest-lines.ts';

/** Names of nobody, as the printed examples of the project use them. */
const NAMES =
  '陈代明男 陈小梅女 冉启才男 冉小蓉女 刘成贵男 黄世荣男 王德华男 王春燕女 杨昌林男 周兴国男 周小菊女 覃光华男 谭小琼女 李大勇男 李小凤女 张显明男 罗文才男 冯玉兰女 邓家富男 朱远志男 吴开国男 熊世平男 卢万兵男 田维新男 田小红女 向家明男 何定安男 胡成林男 彭秀英女 向宏男 向春秀女 曾祥云男 贺小军男 姚登科男 汪礼琴女 龚世友男 余光菊女 袁正刚男 蒋永康男 蒋丽女 龙吉祥男 夏明凤女 易发春男 廖代全男 廖小莲女 石维平男 贾从容男 唐吉松男 唐小翠女'.split(
    ' ',
  );
const PINYIN = [
  'Chen Daiming',
  'Chen Xiaomei',
  'Ran Qicai',
  'Ran Xiaorong',
  'Liu Chenggui',
  'Huang Shirong',
  'Wang Dehua',
  'Wang Chunyan',
];

/** A passenger on the given seat, synthetic. */
export function samplePassenger(seat: number, changes: Partial<ManifestPassenger> = {}): ManifestPassenger {
  const name = NAMES[(seat - 1) % NAMES.length] as string;
  const tail = String(20 + seat).padStart(4, '0');
  return {
    seat: String(seat),
    name: name.slice(0, -1),
    pinyin: PINYIN[(seat - 1) % PINYIN.length] as string,
    gender: name.endsWith('男') ? 'male' : 'female',
    idMasked: `5002****${tail}`,
    phoneMasked: `138****${tail}`,
    stopLetter: seat < 12 ? '乙' : seat < 26 ? '丙' : seat < 32 ? '甲' : '丁',
    needs: [],
    ...changes,
  };
}

const at = (time: string, day = 12): string => `2022-02-${day}T${time}:00+08:00`;

/** A manifest with so many passengers; a coach up to 56, a carriage beyond. */
export function sampleManifest(count: number, changes: Partial<ManifestFacts> = {}): ManifestFacts {
  const facts: Omit<ManifestFacts, 'checkCode' | 'verifyUrl'> = {
    legKind: 'charterBus',
    tripNumber: 'WX-0212-01',
    order: { office: { name: '通城镇', pinyin: 'Tongcheng' }, nth: 1, of: 4 },
    from: { name: '巫溪县通城镇', pinyin: 'Tongcheng, Wuxi' },
    to: { name: '深圳市坪山区明远电子厂', pinyin: 'Mingyuan Electronics, Pingshan, Shenzhen' },
    vehicle: { plate: '渝F·T0001', seats: 53 },
    departAt: at('07:50'),
    departLunar: '正月十二',
    arriveAt: at('10:30', 13),
    drivers: [
      { name: '甲', phoneMasked: '138****9001' },
      { name: '乙', phoneMasked: '138****9002' },
    ],
    escort: { name: '何芳', phone: '023-0000 0012' },
    marshal: { name: '向家明', seat: '26' },
    stops: [
      { letter: '甲', place: { name: '龙池村院坝口', pinyin: 'Longchi' }, at: at('06:40') },
      { letter: '乙', place: { name: '云台村小学', pinyin: 'Yuntai school' }, at: at('06:55') },
      { letter: '丙', place: { name: '长红村桥头', pinyin: 'Changhong bridge' }, at: at('07:10') },
      { letter: '丁', place: { name: '通城镇政府坝子', pinyin: 'Tongcheng town hall' }, at: at('07:50') },
    ],
    feederStops: ['甲', '乙', '丙'],
    wayRules: ['restAfterFourHours', 'nightStop', 'twoDrivers', 'headCount'],
    checks: ['temperature', 'healthCode', 'travelCode', 'mask', 'giftPack'],
    passengers: Array.from({ length: count }, (_, i) => samplePassenger(i + 1)),
    numbers: 'masked',
    version: 3,
    asOf: at('06:00'),
    ...changes,
  };
  return { ...facts, checkCode: manifestCheckCode(facts), verifyUrl: 'https://fangang.example/m/WX021201/3' };
}

/** A ticket: feeder from the door, coach to the gate, now before the coach. */
export function sampleTicket(changes: Partial<TicketFacts> = {}): TicketFacts {
  const square = { name: '通城镇政府坝子', pinyin: 'Tongcheng town hall' };
  const gate = { name: '坪山明远电子厂东门', pinyin: 'Mingyuan Electronics, east gate' };
  return {
    person: { name: '覃光华', pinyin: 'Qin Guanghua' },
    lunar: '正月十二',
    weekday: 6,
    home: null,
    legs: [
      {
        kind: 'feeder',
        number: null,
        plate: '渝F·T0021',
        seat: null,
        from: { name: '龙池村院坝口', pinyin: 'Longchi courtyard' },
        to: square,
        departAt: at('06:40'),
        arriveAt: at('07:35'),
        boarded: true,
      },
      {
        kind: 'charterBus',
        number: '1',
        plate: '渝F·T0001',
        seat: '12',
        from: square,
        to: gate,
        departAt: at('07:50'),
        arriveAt: at('10:30', 13),
        boarded: false,
        besideParty: true,
      },
    ],
    doors: { home: 'done', vehicle: 'now', gate: 'todo' },
    gate: { place: gate, contactName: '周经理', contactPhone: '0755-0000 0001' },
    contact: { name: '何芳', phone: '023-0000 0012' },
    bring: ['idCard', 'phone', 'greenCodes', 'mask', 'warmClothes'],
    noNeed: ['food'],
    qrText: 'FG1:7KQ2M9:A3XQ7T',
    path: '/t/7KQ2M9',
    canDecline: true,
    updatedAt: at('17:00', 11),
    ...changes,
  };
}
