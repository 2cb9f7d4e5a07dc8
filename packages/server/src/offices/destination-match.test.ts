import { describe, expect, it } from 'vitest';
import { destinationMatcher } from './destination-match.ts';
import { readDestinations } from './place-files.ts';

const match = destinationMatcher(readDestinations());
const names = (text: string) => {
  const answer = match(text);
  return answer && 'candidates' in answer ? answer.candidates.map((it) => it.name) : answer;
};

describe('a destination on a roster', () => {
  it.each([
    ['广东省广州市白云区', '440111'],
    ['广州市白云区', '440111'],
    ['广州白云', '440111'],
    ['浙江温州鹿城', '330302'],
    ['浙江省 温州市 鹿城区', '330302'],
    ['浙江/温州/鹿城', '330302'],
    ['浙江-温州-鹿城区', '330302'],
    ['浙江省（温州市）鹿城', '330302'],
    ['深圳龙华', '440309'],
    ['广东省深圳市龙华新区观澜街道', '440309'],
    ['广东深圳坪山明远电子厂', '440310'],
    ['去宁波北仑', '330206'],
    ['昆山市花桥镇', '320583'],
    ['昆山', '320583'],
    ['江苏昆山', '320583'],
    ['义乌市', '330782'],
    ['上海松江', '310117'],
    ['天津滨海新区', '120116'],
    ['湖南省长沙县', '430121'],
    ['渝北区', '500112'],
    ['重庆渝北', '500112'],
    ['重庆市璧山县', '500120'],
    ['石柱县', '500240'],
    ['彭水', '500243'],
    ['萧山市', '330109'],
    ['忠县', '500233'],
    ['开县', '500154'],
    ['重庆万盛', '500110'],
    ['新疆石河子', '659001'],
    ['湖北仙桃', '429004'],
    ['吉林省吉林市昌邑区', '220202'],
    ['海南区', '150303'],
    ['苏州工业园区', '320576'],
    ['江苏省苏州市工业园区', '320576'],
    ['郑州高新区', '410172'],
    ['内蒙古呼和浩特回民区', '150103'],
  ])('%s is the county %s', (text, code) => {
    expect(match(text)).toEqual({ code });
  });

  it.each([
    ['杭州', '330100'],
    ['浙江省杭州市', '330100'],
    ['杭州下沙', '330100'],
    ['重庆', '500000'],
    ['长沙', '430100'],
    ['西安', '610100'],
    ['恩施州', '422800'],
    ['湖北恩施', '422800'],
    ['广东省', '440000'],
    ['新疆', '650000'],
    ['吉林', '220000'],
    ['吉林市', '220200'],
  ])('%s alone gives the division above the county', (text, code) => {
    expect(match(text)).toEqual({ code });
  });

  it.each([
    ['东莞', '441900'],
    ['广东省东莞市长安镇', '441900'],
    ['中山市', '442000'],
  ])('%s has no counties', (text, code) => {
    expect(match(text)).toEqual({ code });
  });

  it('names every place a shared name can mean', () => {
    expect(names('鼓楼区')).toEqual([
      '江苏省南京市鼓楼区',
      '江苏省徐州市鼓楼区',
      '福建省福州市鼓楼区',
      '河南省开封市鼓楼区',
    ]);
    expect(names('江苏鼓楼')).toEqual(['江苏省南京市鼓楼区', '江苏省徐州市鼓楼区']);
    expect(names('江北')).toEqual(['浙江省宁波市江北区', '重庆市江北区']);
    expect(names('朝阳')).toContain('北京市朝阳区');
    expect(names('朝阳')).toContain('辽宁省朝阳市');
  });

  it('asks which of two places is meant', () => {
    expect(names('广州/深圳')).toEqual(['广东省广州市', '广东省深圳市']);
    expect(names('东莞、惠州')).toEqual(['广东省东莞市', '广东省惠州市']);
  });

  it('offers what may be a place, and takes none on a guess', () => {
    expect(names('昆山花桥')).toEqual(['江苏省苏州市昆山市']);
    expect(names('富士康昆山市厂区')).toEqual(['江苏省苏州市昆山市']);
    expect(names('东方市场')).toEqual(['海南省东方市']);
    expect(names('平安保险')).toEqual(['青海省海东市平安区']);
  });

  it.each(['', '   ', '国外', '省外', '本县', '中山路', '越南', '待定', '兴隆镇', '本市主城区'])(
    'knows nothing like “%s”',
    (text) => {
      expect(match(text)).toBeUndefined();
    },
  );

  it('finds every county by its full name', () => {
    const lost = readDestinations().filter((it) => {
      const answer = match(it.fullName);
      return !answer || !('code' in answer) || answer.code !== it.code;
    });
    expect(lost.map((it) => it.fullName)).toEqual([]);
  });
});
