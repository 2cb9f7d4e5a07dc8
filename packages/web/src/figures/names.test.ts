import { expect, it } from 'vitest';
import { shortName } from './names.ts';

it('shortens the names of districts as maps write them', () => {
  expect(
    ['石柱土家族自治县', '彭水苗族土家族自治县', '武隆区', '忠县', '城口县', '重庆市'].map(shortName),
  ).toEqual(['石柱', '彭水', '武隆', '忠县', '城口', '重庆']);
});
