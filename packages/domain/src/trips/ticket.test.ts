import { describe, expect, it } from 'vitest';
import { mainLegIndex, type TicketFacts, type TicketLeg, wayPoints, whatToBring } from './ticket.ts';

const at = (day: string, time: string): string => `${day}T${time}:00+08:00`;
const feeder: TicketLeg = {
  kind: 'feeder',
  number: null,
  plate: '渝F·T0021',
  seat: null,
  from: { name: '院坝' },
  to: { name: '镇上' },
  departAt: at('2022-02-28', '06:40'),
  arriveAt: at('2022-02-28', '07:35'),
  boarded: true,
};
const train: TicketLeg = {
  kind: 'reservedCarriage',
  number: 'K1234',
  plate: null,
  carriage: '8',
  seat: '12A',
  from: { name: '北站' },
  to: { name: '西站' },
  departAt: at('2022-02-28', '13:20'),
  arriveAt: at('2022-03-01', '09:00'),
  boarded: false,
};
const lastMile: TicketLeg = {
  kind: 'lastMile',
  number: null,
  plate: '粤B·T0001',
  seat: null,
  from: { name: '西站' },
  to: { name: '厂门' },
  departAt: at('2022-03-01', '09:30'),
  arriveAt: at('2022-03-01', '10:30'),
  boarded: false,
};

function ticket(changes: Partial<TicketFacts> = {}): TicketFacts {
  return {
    person: { name: '甲' },
    weekday: 1,
    home: null,
    legs: [feeder, train, lastMile],
    doors: { home: 'done', vehicle: 'now', gate: 'todo' },
    gate: { place: { name: '厂门' }, contactName: null, contactPhone: null },
    contact: { name: '乙', phone: '023' },
    bring: [],
    noNeed: [],
    qrText: 'x',
    path: '/t/X',
    canDecline: true,
    updatedAt: at('2022-02-27', '17:00'),
    ...changes,
  };
}

describe('the way on a ticket', () => {
  it('runs from the home door over every change to the gate, days counted over the end of a month', () => {
    const points = wayPoints(ticket()).map((it) => [it.door, it.state, it.dayOffset]);
    expect(points).toEqual([
      ['home', 'done', 0],
      ['vehicle', 'now', 0],
      ['change', 'todo', 1],
      ['gate', 'todo', 1],
    ]);
  });

  it('begins at home when no feeder comes, and only then', () => {
    const home = { place: { name: '家' }, leaveAt: at('2022-02-28', '11:00') };
    expect(wayPoints(ticket({ legs: [train], home })).map((it) => it.door)).toEqual([
      'home',
      'vehicle',
      'gate',
    ]);
    expect(wayPoints(ticket({ home })).map((it) => it.place.name)[0]).toBe('院坝');
    expect(wayPoints(ticket({ legs: [train] })).map((it) => it.door)).toEqual(['vehicle', 'gate']);
  });

  it('makes the change the next thing once the main vehicle is boarded', () => {
    const aboard = ticket({
      legs: [feeder, { ...train, boarded: true }, lastMile],
      doors: { home: 'done', vehicle: 'done', gate: 'now' },
    });
    expect(wayPoints(aboard).map((it) => it.state)).toEqual(['done', 'done', 'now', 'todo']);
    const held = { ...aboard, doors: { ...aboard.doors, gate: 'held' as const } };
    expect(wayPoints(held)[2]?.state).toBe('held');
  });

  it('is about the seat of the charter, not of the feeder', () => {
    expect(mainLegIndex([feeder, train, lastMile])).toBe(1);
    expect(mainLegIndex([feeder])).toBe(0);
  });
});

describe('what to bring', () => {
  it('follows the checks at the door; a gift pack spares the food', () => {
    expect(whatToBring(['healthCode', 'mask', 'giftPack'], true)).toEqual({
      bring: ['idCard', 'phone', 'greenCodes', 'mask', 'warmClothes'],
      noNeed: ['food'],
    });
    expect(whatToBring([], false)).toEqual({ bring: ['idCard', 'phone', 'food'], noNeed: [] });
  });
});
