import { describe, expect, it } from 'vitest';
import { readAreas } from '../offices/place-files.ts';
import { initials, pinyinName, pinyinPlace } from './pinyin.ts';

const DISTRICTS = `万州区 Wanzhou 涪陵区 Fuling 渝中区 Yuzhong 大渡口区 Dadukou 江北区 Jiangbei 沙坪坝区 Shapingba 九龙坡区 Jiulongpo
南岸区 Nan'an 北碚区 Beibei 綦江区 Qijiang 大足区 Dazu 渝北区 Yubei 巴南区 Banan 黔江区 Qianjiang 长寿区 Changshou 江津区 Jiangjin
合川区 Hechuan 永川区 Yongchuan 南川区 Nanchuan 璧山区 Bishan 铜梁区 Tongliang 潼南区 Tongnan 荣昌区 Rongchang 开州区 Kaizhou
梁平区 Liangping 武隆区 Wulong 城口县 Chengkou 丰都县 Fengdu 垫江县 Dianjiang 忠县 Zhongxian 云阳县 Yunyang 奉节县 Fengjie
巫山县 Wushan 巫溪县 Wuxi 石柱土家族自治县 Shizhu 秀山土家族苗族自治县 Xiushan 酉阳土家族苗族自治县 Youyang 彭水苗族土家族自治县 Pengshui`;

describe('places in pinyin', () => {
  it('reads all 38 districts and counties', () => {
    const words = DISTRICTS.split(/\s+/);
    const expected = new Map(words.flatMap((name, i) => (i % 2 ? [] : [[name, words[i + 1]] as const])));
    const districts = readAreas().filter((it) => it.level === 'district');
    expect(districts.map((it) => [it.name, pinyinPlace(it.name)])).toEqual(
      districts.map((it) => [it.name, expected.get(it.name)]),
    );
  });

  it.each([
    ['重庆市', 'Chongqing'],
    ['重庆', 'Chongqing'],
    ['合川', 'Hechuan'],
    ['长寿', 'Changshou'],
    ['西安市', "Xi'an"],
    ['厦门市', 'Xiamen'],
    ['六安市', "Lu'an"],
    ['台州市', 'Taizhou'],
    ['番禺区', 'Panyu'],
    ['乐清市', 'Yueqing'],
    ['东莞市', 'Dongguan'],
    ['通城镇', 'Tongcheng'],
    ['龙池村', 'Longchi'],
    ['吕梁市', 'Lüliang'],
    ['恩施土家族苗族自治州', 'Enshi'],
  ])('%s is %s', (name, expected) => {
    expect(pinyinPlace(name)).toBe(expected);
  });
});

describe('persons in pinyin', () => {
  it.each([
    ['张三', 'Zhang San', 'zs'],
    ['王小明', 'Wang Xiaoming', 'wxm'],
    ['欧阳小红', 'Ouyang Xiaohong', 'oyxh'],
    ['单雄信', 'Shan Xiongxin', 'sxx'],
    ['曾国华', 'Zeng Guohua', 'zgh'],
    ['仇英', 'Qiu Ying', 'qy'],
    ['解放', 'Xie Fang', 'xf'],
    ['吕布', 'Lyu Bu', 'lb'],
    ['李西安', "Li Xi'an", 'lxa'],
    ['冉光荣', 'Ran Guangrong', 'rgr'],
    ['阿依古丽·买买提', 'Ayiguli Maimaiti', 'ayglmmt'],
  ])('%s is %s, %s', (name, full, short) => {
    expect(pinyinName(name)).toBe(full);
    expect(initials(name)).toBe(short);
  });

  it('leaves other letters as they are', () => {
    expect(initials('李A')).toBe('la');
    expect(initials('')).toBe('');
    expect(pinyinName('')).toBe('');
  });
});
