import type { Random } from '@fangang/solver/random.ts';
import { between, one, weighted } from './chance.ts';
import { OCCUPATIONS } from './destinations.ts';
import { type Draft, nextPhone, push, type Town } from './draft.ts';
import { idNumber } from './identity.ts';
import { familyName, personName } from './names.ts';
import { townStaff } from './staff.ts';
import { DAY_S, MINUTE, midnight, momentOf } from './time.ts';
import type { CareGroupKind, Person } from './world.ts';

export interface PartyWanted {
  readonly town: Town;
  readonly size: number;
  /** Everybody is lifted out of poverty. */
  readonly allPoverty?: boolean;
  /** One of them uses a wheelchair. */
  readonly wheelchair?: boolean;
  /** The agency that registers them, whatever the town does. */
  readonly agency?: number;
}

/** How many travel together: mostly one, often a couple, sometimes with a child of age or a cousin. */
export function partySize(random: Random, atMost: number): number {
  return Math.min(
    atMost,
    weighted(random, [
      [1, 55],
      [2, 33],
      [3, 9],
      [4, 3],
    ]),
  );
}

/** People of one household of one village, registered by the town's broker or station before the festival. */
export function makeParty(draft: Draft, random: Random, wanted: PartyWanted): number[] {
  const village = one(random, wanted.town.villages);
  const by = registrar(draft, random, wanted);
  const day = midnight('2022-01-08') + between(random, 0, 19) * DAY_S;
  const registeredAt = momentOf(day + between(random, 8 * 60, 18 * 60) * MINUTE + between(random, 0, 59));
  const household = draft.households.length;
  const people: number[] = [];
  let surname = familyName(random);
  for (let i = 0; i < wanted.size; i++) {
    const gender =
      i === 0
        ? random() < 0.6
          ? 'male'
          : 'female'
        : i === 1
          ? opposite(draft, people)
          : random() < 0.5
            ? 'male'
            : 'female';
    if (i === 1) surname = familyName(random);
    const birth = birthOf(random, i < 2 ? 36 : 22);
    people.push(
      push(draft.persons, {
        name: personName(random, gender, i === 2 ? surnameOf(draft, people) : surname),
        gender,
        birth,
        idNumber: idNumber(random, draft.idNumbers, wanted.town.code.slice(0, 6), birth, gender),
        phone: nextPhone(draft),
        household,
        village,
        education: educationOf(random, birth),
        occupation: one(random, OCCUPATIONS),
        careGroups: careGroups(random, wanted, i === 0),
        wheelchair: i === 0 && wanted.wheelchair === true,
        ...by,
        registeredAt,
      } satisfies Person),
    );
  }
  draft.households.push({
    village,
    size: Math.min(5, Math.max(2, wanted.size + between(random, 0, 2))),
    head: people[0] as number,
  });
  return people;
}

/** Who puts a party on the books, by which way. Where agencies recruit, some of a broker's parties are theirs. */
function registrar(
  draft: Draft,
  random: Random,
  { town, agency }: PartyWanted,
): Pick<Person, 'registeredBy' | 'channel'> {
  const staff = townStaff(draft, town.code);
  const channel = weighted(random, [
    ['broker', 56],
    ['townStation', 39],
    ['selfService', 5],
  ] as const);
  if (agency !== undefined) return { registeredBy: agency, channel: 'agency' };
  const agencies = draft.agencies.get(town.code.slice(0, 6)) ?? [];
  const theirs = agencies[draft.households.length % (agencies.length + 1)];
  if (channel === 'broker' && theirs !== undefined) return { registeredBy: theirs, channel: 'agency' };
  return { registeredBy: channel === 'broker' ? staff.broker : staff.officer, channel };
}

function opposite(draft: Draft, people: readonly number[]): 'male' | 'female' {
  return draft.persons[people[0] as number]?.gender === 'male' ? 'female' : 'male';
}

function surnameOf(draft: Draft, people: readonly number[]): string {
  return draft.persons[people[0] as number]?.name[0] ?? '谭';
}

/** Age 18 to 65 on the festival day, about `around` in the middle. */
function birthOf(random: Random, around: number): string {
  const age = Math.min(64, Math.max(18, Math.round(around + (random() + random() + random() - 1.5) * 22)));
  const year = 2022 - age - 1;
  return `${year}-${String(between(random, 2, 12)).padStart(2, '0')}-${String(between(random, 2, 28)).padStart(2, '0')}`;
}

function educationOf(random: Random, birth: string): Person['education'] {
  if (birth < '1975')
    return weighted(random, [
      ['primary', 45],
      ['juniorHigh', 45],
      ['seniorHigh', 10],
    ] as const);
  if (birth < '1992')
    return weighted(random, [
      ['primary', 15],
      ['juniorHigh', 58],
      ['seniorHigh', 17],
      ['vocational', 10],
    ] as const);
  return weighted(random, [
    ['juniorHigh', 30],
    ['seniorHigh', 28],
    ['vocational', 27],
    ['college', 15],
  ] as const);
}

function careGroups(random: Random, wanted: PartyWanted, first: boolean): CareGroupKind[] {
  const groups: CareGroupKind[] = [];
  const poverty = random();
  if (wanted.allPoverty || poverty < 0.12) groups.push('liftedOutOfPoverty');
  else if (poverty < 0.135) groups.push('povertyRelapseMonitored');
  if ((first && wanted.wheelchair) || random() < 0.012) groups.push('personWithDisability');
  if (wanted.town.code.startsWith('500116') && random() < 0.06) groups.push('retiredFisher');
  if (random() < 0.02) groups.push('hardToEmploy');
  return groups;
}
