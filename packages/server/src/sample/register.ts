import type { Random } from '@fangang/solver/random.ts';
import { between, one, stream, weighted } from './chance.ts';
import { type Draft, districtOf } from './draft.ts';
import { CHANGSHOU_REGISTERED } from './programme.ts';
import { makeParty, partySize } from './residents.ts';
import { CLOCK, SEASON, SEASON_2020, SEASON_2021 } from './season.ts';
import { townStaff } from './staff.ts';
import { addDays, DAY_S, HOUR, midnight, momentOf, secondsOf } from './time.ts';
import type { NeedKind, Person, Wish, WishKind, WishMode } from './world.ts';

const CHANGSHOU = '500115';

/** The rest of Changshou's register: returned workers who go by themselves, stay, or are back at work (S1). */
export function makeChangshouRegister(draft: Draft): void {
  const random = stream(draft.seed, 'changshou');
  const towns = districtOf(draft, CHANGSHOU).towns;
  const already = draft.persons.filter((person) => person.village.startsWith(CHANGSHOU)).length;
  let left = Math.max(10, Math.round(CHANGSHOU_REGISTERED * draft.scale) - already);
  while (left > 0) {
    const size = partySize(random, left);
    left -= size;
    const people = makeParty(draft, random, { town: one(random, towns), size });
    const party = draft.parties++;
    const [kind, mode] = weighted(random, INTENTIONS);
    const goes = mode !== 'ours' && (kind === 'sameJob' || kind === 'newJob');
    const destination = goes ? one(random, draft.destinations) : null;
    const gate = destination && random() < 0.55 ? one(random, destination.gates) : null;
    const earliest = addDays('2022-02-04', between(random, 0, 14));
    for (const person of people) {
      const resident = draft.persons[person];
      if (!resident) continue;
      draft.wishes.push({
        season: SEASON,
        person,
        kind,
        mode,
        county: destination?.county ?? null,
        gate,
        earliest,
        latest: addDays(earliest, 5),
        party,
        mayPart: true,
        wheelchair: false,
        recordedBy: resident.registeredBy,
        recordedAt: resident.registeredAt,
        confirmedAt: null,
        ended: null,
      });
    }
  }
}

const INTENTIONS: readonly (readonly [readonly [WishKind, WishMode], number])[] = [
  [['sameJob', 'ownTicket'], 38],
  [['sameJob', 'ownCar'], 25],
  [['newJob', 'ownTicket'], 9],
  [['alreadyBack', 'ownCar'], 6],
  [['alreadyBack', 'ownTicket'], 7],
  [['stayHome', 'ownCar'], 11],
  [['startBusiness', 'ownCar'], 4],
];

/** People an agency keeps ready at scale 1, for firms of the same city. The deliveries themselves are not part of this release (S8). */
const RESERVE = 96;

/** The reserve of each agency: people of its district who want work nearby, or a course first. None of them asks for a way of ours. */
export function makeReserves(draft: Draft): void {
  for (const [district, agencies] of draft.agencies) {
    const random = stream(draft.seed, `reserve ${district}`);
    const { towns } = districtOf(draft, district);
    for (const agency of agencies) {
      let left = Math.max(12, Math.round(RESERVE * draft.scale));
      while (left > 0) {
        const size = Math.min(left, partySize(random, 2));
        left -= size;
        const people = makeParty(draft, random, { town: one(random, towns), size, agency });
        const party = draft.parties++;
        const [kind, mode] = weighted(random, RESERVE_INTENTIONS);
        for (const person of people) draft.wishes.push(ownWish(draft, person, { kind, mode, party, random }));
      }
    }
  }
}

const RESERVE_INTENTIONS: readonly (readonly [readonly [WishKind, WishMode], number])[] = [
  [['newJob', 'ownCar'], 46],
  [['newJob', 'ownTicket'], 22],
  [['train', 'ownTicket'], 20],
  [['stayHome', 'ownCar'], 12],
];

/** A wish of somebody who goes by own means or not at all, without a destination yet. */
function ownWish(
  draft: Draft,
  person: number,
  { kind, mode, party, random }: { kind: WishKind; mode: WishMode; party: number; random: Random },
): Wish {
  const earliest = addDays('2022-02-07', between(random, 0, 14));
  const { registeredBy, registeredAt } = draft.persons[person] as Person;
  return {
    season: SEASON,
    person,
    kind,
    mode,
    county: null,
    gate: null,
    earliest,
    latest: addDays(earliest, 7),
    party,
    mayPart: true,
    wheelchair: false,
    recordedBy: registeredBy,
    recordedAt: registeredAt,
    confirmedAt: null,
    ended: null,
  };
}

/**
 * One list of needs for each person who wants to go. Whoever travels with us has the need *travel*, which only the arrival meets. In
 * Changshou every person on the register has at least one need, with owner and due day.
 */
export function makeNeeds(draft: Draft): void {
  const random = stream(draft.seed, 'needs');
  for (const wish of draft.wishes) {
    if (wish.season !== SEASON) continue;
    const person = draft.persons[wish.person];
    if (!person) continue;
    if (wish.mode === 'ours') addNeed(draft, random, wish, 'travel');
    if (!person.village.startsWith(CHANGSHOU)) continue;
    const first = wish.mode === 'ours' ? null : firstNeed(random, wish.kind, wish.mode);
    if (first) addNeed(draft, random, wish, first);
    if (random() < 0.18)
      addNeed(
        draft,
        random,
        wish,
        weighted(random, [
          ['policy', 6],
          ['health', 2],
          ['training', 2],
        ] as const),
      );
  }
}

function firstNeed(random: Random, kind: WishKind, mode: WishMode): NeedKind {
  if (kind === 'newJob' || kind === 'stayHome')
    return weighted(random, [
      ['job', 7],
      ['training', 3],
    ] as const);
  if (kind === 'startBusiness') return 'policy';
  if (kind === 'alreadyBack') return 'care';
  return mode === 'ownTicket'
    ? 'ticket'
    : weighted(random, [
        ['health', 5],
        ['policy', 5],
      ] as const);
}

/** A need belongs to the town's station; travel needs stay open until the trip meets them. */
function addNeed(draft: Draft, random: Random, wish: Wish, kind: NeedKind): void {
  const last = draft.needs[draft.needs.length - 1];
  if (last && last.person === wish.person && last.kind === kind) return;
  const village = draft.persons[wish.person]?.village ?? '';
  const owner = townStaff(draft, `${village.slice(0, 9)}000`).officer;
  const due = kind === 'travel' ? wish.latest : addDays('2022-01-28', between(random, 0, 24));
  const takenAt = later(wish.recordedAt, random, 1, 4);
  const fate = random();
  const metAt = kind === 'travel' || fate > 0.84 ? null : later(takenAt, random, 1, 10);
  draft.needs.push({
    person: wish.person,
    kind,
    owner,
    due,
    recordedAt: wish.recordedAt,
    takenAt: kind === 'travel' || fate > 0.93 ? null : takenAt,
    metAt: metAt !== null && metAt <= CLOCK ? metAt : null,
  });
}

function later(moment: string, random: Random, from: number, to: number): string {
  const at =
    midnight(moment.slice(0, 10)) + between(random, from, to) * DAY_S + between(random, 9 * HOUR, 17 * HOUR);
  return momentOf(Math.min(at, secondsOf(CLOCK) - HOUR));
}

/** What some of the same people wanted in the two springs before, as the basis for last year's figures. */
export function makeEarlierSeasons(draft: Draft): void {
  const seasons = [
    { season: SEASON_2021, share: 0.2, from: '2021-02-17', recorded: '2021-01-18' },
    { season: SEASON_2020, share: 0.13, from: '2020-02-22', recorded: '2020-02-12' },
  ];
  for (const it of seasons) {
    const random = stream(draft.seed, it.season);
    for (const wish of draft.wishes.filter((w) => w.season === SEASON && w.gate !== null)) {
      if (random() < it.share) draft.wishes.push(earlier(draft, random, wish, it));
    }
  }
}

function earlier(
  draft: Draft,
  random: Random,
  now: Wish,
  it: { season: string; from: string; recorded: string },
): Wish {
  const same = random() < 0.8;
  const destination = one(random, draft.destinations);
  const gate = same ? now.gate : one(random, destination.gates);
  const earliest = addDays(it.from, between(random, 0, 12));
  const recordedAt = momentOf(
    midnight(it.recorded) + between(random, 0, 8) * DAY_S + between(random, 9 * HOUR, 17 * HOUR),
  );
  const ours = random() < 0.6;
  return {
    ...now,
    season: it.season,
    kind: 'sameJob',
    mode: ours ? 'ours' : 'ownTicket',
    county: draft.gates[gate ?? 0]?.county ?? now.county,
    gate,
    earliest,
    latest: addDays(earliest, 4),
    party: draft.parties++,
    mayPart: true,
    recordedAt,
    confirmedAt: null,
    ended: ours
      ? random() < 0.9
        ? 'travelled'
        : 'metOtherwise'
      : random() < 0.95
        ? 'metOtherwise'
        : 'withdrawn',
  };
}
