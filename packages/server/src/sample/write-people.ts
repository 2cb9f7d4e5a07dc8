import { wishAfter, withdraw } from '@fangang/domain/people/rules.ts';
import type { PersonEvent, WishEvent, WishStatus } from '@fangang/domain/people/schema.ts';
import { sealedId, sealedPhone } from '../people/sealed-numbers.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, numberKeys } from '../platform/index-keys.ts';
import { copyRows } from '../platform/journal.ts';
import { type Filling, itemOf, partsOf } from './filling.ts';
import { addRecords, type RecordRow } from './store.ts';
import type { Moment, Person, PersonNo, Wish } from './world.ts';

const PEOPLE_AT_ONCE = 4_000;

/** As rosters write it. */
const EDUCATION: Readonly<Record<Person['education'], string>> = {
  primary: '小学',
  juniorHigh: '初中',
  seniorHigh: '高中',
  vocational: '中专',
  college: '大专',
};

/** Everybody on the books with household, care groups and wishes, some thousand people in a transaction. */
export async function writePeople(it: Filling, shares: readonly [from: number, to: number]): Promise<void> {
  const { world } = it;
  const wishesOf = new Map<PersonNo, number[]>();
  world.wishes.forEach((wish, no) => {
    const known = wishesOf.get(wish.person);
    if (known) known.push(no);
    else wishesOf.set(wish.person, [no]);
  });
  await it.transaction((tx) => writeHouseholds(tx, it));
  for (const { from, items } of partsOf(world.persons, PEOPLE_AT_ONCE)) {
    await it.transaction(async (tx) => {
      await writePersons(tx, it, from, items);
      const wishes = items.flatMap((_, i) => wishesOf.get(from + i) ?? []);
      await writeWishes(tx, it, wishes);
    });
    const done = (from + items.length) / world.persons.length;
    await it.tell(shares[0] + (shares[1] - shares[0]) * done);
  }
}

async function writeHouseholds(tx: Tx, { world, ids }: Filling): Promise<void> {
  const last = new Map<string, number>();
  await copyRows(
    tx,
    'people_household',
    ['id', 'area', 'number'],
    world.households.map(({ village }, no) => {
      const number = (last.get(village) ?? 0) + 1;
      last.set(village, number);
      return [ids.households[no], village, String(number).padStart(4, '0')];
    }),
  );
}

export const PERSON = [
  'id',
  'identity',
  'area',
  'name',
  'pinyin',
  'initials',
  'gender',
  'birth',
  'id_kind',
  'id_sealed',
  'id_index',
  'id_index_next',
  'id_tail',
  'phone_sealed',
  'phone_index',
  'phone_index_next',
  'phone_tail',
  'household_id',
  'ledger_office',
  'education',
  'job_type',
  'channel',
  'registered_at',
  'registered_by',
] as const;

async function writePersons(tx: Tx, it: Filling, from: number, persons: readonly Person[]): Promise<void> {
  const { ids, secrets, reading } = it;
  const keys = await numberKeys(tx, secrets);
  await copyRows(
    tx,
    'people_identity',
    ['id', 'id_index', 'id_index_next'],
    persons.map(({ idNumber }, i) => {
      const { now, next } = indexesOf(keys, 'idNumber', '', idNumber);
      return [ids.identities[from + i], now, next];
    }),
  );
  const rows = persons.map((person, i) => {
    const id = itemOf(ids.persons, from + i);
    return {
      id,
      identity: ids.identities[from + i],
      area: person.village,
      name: person.name,
      pinyin: reading.name(person.name),
      initials: reading.initials(person.name),
      gender: person.gender,
      birth: person.birth,
      id_kind: 'eighteen',
      ...sealedId(keys, id, person.village, person.idNumber),
      ...sealedPhone(keys, id, person.village, person.phone),
      household_id: ids.households[person.household],
      ledger_office: ledgerOf(it, person),
      education: EDUCATION[person.education],
      job_type: person.occupation,
      channel: person.channel,
      registered_at: person.registeredAt,
      registered_by: ids.accounts[person.registeredBy],
    };
  });
  await copyRows(tx, 'people_person', PERSON, rows);
  await addRecords(
    tx,
    persons.map((person, i): RecordRow => {
      const event: PersonEvent = {
        type: 'people.person_registered',
        data: { identity: itemOf(ids.identities, from + i), channel: person.channel },
      };
      return {
        at: person.registeredAt,
        actor: itemOf(ids.accounts, person.registeredBy),
        key: newId(),
        ordinal: 0,
        subject: itemOf(ids.persons, from + i),
        area: person.village,
        season: it.season.id,
        ...event,
      };
    }),
  );
  const care = persons.flatMap((person, i) =>
    person.careGroups.map((kind) => [
      ids.persons[from + i],
      person.village,
      kind,
      person.registeredAt.slice(0, 10),
      person.channel,
    ]),
  );
  await copyRows(tx, 'people_care', ['person_id', 'area', 'kind', 'since', 'source'], care);
}

/** The labor broker's or agency's office whose ledger holds the person; null where the town's station registered. */
export function ledgerOf({ world, ids }: Filling, person: Person): string | null {
  if (person.channel !== 'broker' && person.channel !== 'agency') return null;
  return ids.offices[itemOf(world.accounts, person.registeredBy).office] ?? null;
}

const WISH = [
  'id',
  'season',
  'person_id',
  'identity',
  'area',
  'ledger_office',
  'kind',
  'mode',
  'destination',
  'gate_id',
  'earliest',
  'latest',
  'party',
  'may_part',
  'wheelchair',
  'status',
  'recorded_at',
] as const;

async function writeWishes(tx: Tx, it: Filling, wishes: readonly number[]): Promise<void> {
  const { world, ids } = it;
  const records: RecordRow[] = [];
  const rows = wishes.map((no) => {
    const wish = itemOf(world.wishes, no);
    const person = itemOf(world.persons, wish.person);
    const told = tellWish(it, wish);
    const key = newId();
    told.events.forEach(({ at, event }, ordinal) => {
      records.push({
        at,
        actor: itemOf(ids.accounts, wish.recordedBy),
        key,
        ordinal,
        subject: itemOf(ids.wishes, no),
        type: event.type,
        area: person.village,
        season: wish.season,
        data: event.data,
      });
    });
    return {
      id: ids.wishes[no],
      season: wish.season,
      person_id: ids.persons[wish.person],
      identity: ids.identities[wish.person],
      area: person.village,
      ledger_office: ledgerOf(it, person),
      kind: wish.kind,
      mode: wish.mode,
      destination: wish.county,
      gate_id: wish.gate === null ? null : ids.gates[wish.gate],
      earliest: wish.earliest,
      latest: wish.latest,
      party: ids.parties[wish.party],
      may_part: wish.mayPart,
      wheelchair: wish.wheelchair,
      status: told.status,
      recorded_at: wish.recordedAt,
    };
  });
  await copyRows(tx, 'people_wish', WISH, rows);
  await addRecords(tx, records);
}

/** What the books tell of a wish: recorded, confirmed on the phone, and in a season that is over how it ended. */
function tellWish(it: Filling, wish: Wish) {
  const events: { at: Moment; event: WishEvent }[] = [
    {
      at: wish.recordedAt,
      event: {
        type: 'people.wish_recorded',
        data: {
          person: itemOf(it.ids.persons, wish.person),
          identity: itemOf(it.ids.identities, wish.person),
          kind: wish.kind,
          mode: wish.mode,
          destination: wish.county,
        },
      },
    },
  ];
  if (wish.confirmedAt !== null)
    events.push({ at: wish.confirmedAt, event: { type: 'people.wish_confirmed', data: {} } });
  let status = events.reduce<WishStatus | undefined>((now, { event }) => wishAfter(now, event), undefined);
  const end = endOf(it, wish, status as WishStatus);
  if (end) {
    events.push(end);
    status = wishAfter(status, end.event);
  }
  return { events, status };
}

/** The last day of a season that is over closes what is still open in it. */
function endOf(
  { world }: Filling,
  wish: Wish,
  status: WishStatus,
): { at: Moment; event: WishEvent } | undefined {
  if (wish.ended === null) return undefined;
  const season = world.seasons.find((it) => it.id === wish.season);
  const at = `${season?.to}T18:00:00+08:00`;
  if (wish.ended !== 'withdrawn')
    return {
      at,
      event: {
        type: 'people.wish_met_otherwise',
        data: { why: wish.ended === 'travelled' ? 'travelled' : 'ownWay' },
      },
    };
  const answer = withdraw({ status }, 'staysHome');
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { at, event: answer.value };
}
