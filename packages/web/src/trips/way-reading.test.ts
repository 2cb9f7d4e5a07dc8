import type { WishLine } from '@fangang/domain/people/api.ts';
import type { WayLine } from '@fangang/domain/trips/api-people.ts';
import { expect, it } from 'vitest';
import { DOORS } from '../platform/ui/ThreeDoorLine.tsx';
import { standingOf } from './way-reading.ts';

const wish = (over: Partial<WishLine> = {}): WishLine => ({
  kind: 'sameJob',
  mode: 'ours',
  status: 'confirmed',
  destination: '330302',
  destinationName: '鹿城区',
  destinationPinyin: 'Lucheng',
  earliest: null,
  latest: null,
  wheelchair: false,
  unplacedReason: null,
  ...over,
});
const way = (stage: WayLine['stage'], over: Partial<WayLine> = {}): WayLine => ({
  stage,
  reason: null,
  departed: true,
  trip: null,
  departAt: null,
  seat: 7,
  ...over,
});
const read = (...at: Parameters<typeof standingOf>) => {
  const { doors, word, reason } = standingOf(...at);
  return [doors, word.key, reason];
};

it('reads a wish without a way: waits, was not placed, or asks us for nothing', () => {
  expect(read(wish(), null)).toEqual([DOORS.waiting, 'notPlaced', null]);
  expect(read(wish({ unplacedReason: 'no_vehicle' }), null)).toEqual([
    DOORS.cannotLeave,
    'statusUnplaced',
    null,
  ]);
  expect(read(wish({ mode: 'ownCar' }), null)).toEqual([null, 'statusOwnWay', null]);
  expect(read(wish({ kind: 'stayHome' }), null)).toEqual([null, 'statusStays', null]);
  expect(read(wish({ status: 'withdrawn' }), null)).toEqual([null, 'statusWithdrawn', null]);
  expect(read(null, null)).toEqual([null, 'statusNoWish', null]);
});

it('moves the line with the person, door by door', () => {
  expect(read(wish(), way('seated', { departed: false }))).toEqual([DOORS.ticketed, 'seated', null]);
  expect(read(wish(), way('underWay', { departed: false }))).toEqual([DOORS.boarding, 'aboard', null]);
  expect(read(wish(), way('underWay'))).toEqual([DOORS.departed, 'underWay', null]);
  expect(read(wish(), way('arrived'))).toEqual([DOORS.arrived, 'arrived', null]);
  expect(read(wish(), way('signedFor'))).toEqual([DOORS.arrived, 'signedFor', null]);
});

it('says why somebody stands still', () => {
  expect(read(wish(), way('missed', { reason: 'mask' }))).toEqual([DOORS.heldAtDoor, 'held', 'mask']);
  expect(read(wish(), way('missed', { reason: 'absent' }))).toEqual([DOORS.cannotLeave, 'absent', null]);
  expect(read(wish(), way('left'))).toEqual([DOORS.heldAtGate, 'left', null]);
  expect(read(wish(), way(null, { reason: 'trip_cancelled' }))).toEqual([
    DOORS.waiting,
    'notPlaced',
    'trip_cancelled',
  ]);
  expect(read(wish({ status: 'withdrawn' }), way(null, { reason: 'absent' }))).toEqual([
    null,
    'statusWithdrawn',
    null,
  ]);
});

it('takes the way before the wish: who has travelled has, whatever the wish says now', () => {
  expect(read(wish({ status: 'metOtherwise' }), way('signedFor'))).toEqual([
    DOORS.arrived,
    'signedFor',
    null,
  ]);
  expect(read(wish({ unplacedReason: 'no_vehicle' }), way('seated'))).toEqual([
    DOORS.ticketed,
    'seated',
    null,
  ]);
});
