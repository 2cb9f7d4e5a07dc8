import { describe, expect, it } from 'vitest';
import { LeftOutReason } from './api-planning.ts';
import { ownerOf, proposalStep, readFleet, tripCodes, writeFleet } from './rules-planning.ts';
import { leftOutWords } from './words-planning.ts';

describe('a fleet as people write it', () => {
  it.each([
    ['3 × 49', [{ count: 3, seats: 49 }]],
    [
      '3x49,1x19',
      [
        { count: 3, seats: 49 },
        { count: 1, seats: 19 },
      ],
    ],
    [
      '3辆49座、1 × 19',
      [
        { count: 3, seats: 49 },
        { count: 1, seats: 19 },
      ],
    ],
    [
      '３×４９ + 2 * 35 seats',
      [
        { count: 3, seats: 49 },
        { count: 2, seats: 35 },
      ],
    ],
    ['', []],
    ['0 x 49', []],
  ])('reads %s', (text, fleet) => {
    expect(readFleet(text)).toEqual({ ok: true, value: fleet });
  });

  it.each(['49', 'three coaches', '3x', '3 x 1000', '3 x 0'])('refuses %s and says which part', (text) => {
    const read = readFleet(text);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.refusal).toEqual({ code: 'trips.fleet_not_understood', facts: { text } });
  });

  it('reads what it writes', () => {
    const fleet = [
      { count: 3, seats: 49 },
      { count: 1, seats: 19 },
    ];
    expect(readFleet(writeFleet(fleet))).toEqual({ ok: true, value: fleet });
  });
});

describe('a draft plan', () => {
  it('is committed once and never after it was thrown away', () => {
    expect(proposalStep('ready', 'committed').ok).toBe(true);
    for (const state of ['running', 'committed', 'discarded', 'failed'] as const) {
      expect(proposalStep(state, 'committed')).toEqual({
        ok: false,
        refusal: { code: 'trips.proposal_not_ready', facts: { state } },
      });
    }
  });

  it('may be thrown away while nothing hangs on it', () => {
    const may = (['running', 'ready', 'failed'] as const).map((it) => proposalStep(it, 'discarded').ok);
    expect(may).toEqual([true, true, true]);
    expect(proposalStep('committed', 'discarded').ok).toBe(false);
  });
});

describe('codes of runs', () => {
  it('count on from what the season has, apart for each day and kind', () => {
    const trips = [
      { role: 'main', day: '2022-02-12' },
      { role: 'feeder', day: '2022-02-12' },
      { role: 'main', day: '2022-02-12' },
      { role: 'main', day: '2022-02-13' },
      { role: 'lastMile', day: '2022-02-13' },
    ] as const;
    expect(tripCodes('WL', trips, ['WL0212-01', 'WL0212-03'])).toEqual([
      'WL0212-02',
      'WL0212-J01',
      'WL0212-04',
      'WL0213-01',
      'WL0213-M01',
    ]);
  });
});

describe('who answers for a person without a way', () => {
  const staff = [
    { id: 'clerk', role: 'townOfficer', area: '500156103000' },
    { id: 'officer', role: 'districtOfficer', area: '500156000000' },
    { id: 'dispatcher', role: 'dispatcher', area: '500156000000' },
    { id: 'elsewhere', role: 'dispatcher', area: '500230000000' },
    { id: 'city', role: 'cityOfficer', area: '500000000000' },
  ];
  const without = (...roles: string[]) => staff.filter((it) => !roles.includes(it.role));

  it('is the dispatcher of the district, else the officer, the clerk of the town, the city', () => {
    const area = '500156103201';
    expect(ownerOf(staff, area)).toBe('dispatcher');
    expect(ownerOf(without('dispatcher'), area)).toBe('officer');
    expect(ownerOf(without('dispatcher', 'districtOfficer'), area)).toBe('clerk');
    expect(ownerOf(without('dispatcher', 'districtOfficer'), '500156104201')).toBe('city');
    expect(ownerOf([], area)).toBeUndefined();
  });
});

describe('words', () => {
  it('exist for each way of being left out', () => {
    expect(Object.keys(leftOutWords).sort()).toEqual([...LeftOutReason.options].sort());
  });
});
