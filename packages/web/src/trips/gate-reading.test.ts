import type { Arrival } from '@fangang/domain/trips/api.ts';
import { expect, it } from 'vitest';
import { goneOf, hereOf, noteOf, type Turned, turn } from './gate-reading.ts';

const person = (seat: number, state: Arrival['state'] = 'arrived'): Arrival => ({
  leg: `leg ${seat}`,
  name: '向春秀',
  pinyin: 'Xiang Chunxiu',
  gender: null,
  phoneTail: '0001',
  seat,
  wheelchair: false,
  state,
});
const people = [person(1), person(2), person(31, 'absent')];
const NOBODY: Turned = new Map();
const say = (reason: string, seats: string): string => `${reason} ${seats}`;

it('whoever arrived is here until a tap says otherwise, and a second tap takes it back', () => {
  expect(hereOf(people, NOBODY).map((it) => it.seat)).toEqual([1, 2]);
  const tapped = turn(NOBODY, person(2));
  expect(hereOf(people, tapped).map((it) => it.seat)).toEqual([1]);
  expect(hereOf(people, turn(tapped, person(2))).map((it) => it.seat)).toEqual([1, 2]);
});

it('who was absent at the door may have come all the same', () => {
  expect(hereOf(people, turn(NOBODY, person(31, 'absent'))).map((it) => it.seat)).toEqual([1, 2, 31]);
});

it('the missing have the reason that was said, or the one that was noted before', () => {
  const gone = goneOf(people, new Map([['leg 2', 'elsewhere']]));
  expect(gone.map((it) => [it.person.seat, it.reason])).toEqual([
    [2, 'elsewhere'],
    [31, null],
  ]);
});

it('the remark names seats by reason, no names, and what else was said', () => {
  const turned: Turned = new Map([
    ['leg 1', 'unseen'],
    ['leg 2', 'unseen'],
  ]);
  expect(noteOf(people, turned, ' 行李少一件 ', say)).toBe('unseen 1 2 · 行李少一件');
  expect(noteOf(people, NOBODY, '', say)).toBeNull();
});
