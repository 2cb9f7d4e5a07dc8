import { foldSound, soundOf } from '@fangang/domain/people/likeness-name.ts';
import type { Commonness, LikenessRecord } from '@fangang/domain/people/rules-likeness.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** A person as compared with others: marks that are equal where numbers are, and nothing that could be opened. */
export interface LikenessRow extends LikenessRecord {
  readonly id: string;
  /** First letters of all syllables. */
  readonly initials: string;
  /** First letter of the surname, by southwestern ears. */
  readonly letter: string;
  readonly folded: string;
}

type Row = Omit<LikenessRow, 'sound' | 'folded'> & { readonly pinyin: string };

/** The folded sound of a row, letter for letter as `foldSound` makes it. */
const FOLDED = sql`replace(replace(replace(replace(replace(replace(replace(
  translate(lower(p.pinyin), ' ''', ''), 'zh', 'z'), 'ch', 'c'), 'sh', 's'), 'ng', 'n'), 'hu', 'f'), 'fu', 'f'), 'n', 'l')`;
const LETTER = sql`translate(left(p.initials, 1), 'nh', 'lf')`;

const RECORD = sql`p.id, p.name, p.pinyin, p.gender, p.birth, left(encode(p.id_index, 'hex'), 24) as "idMark", p.id_tail as "idTail",
  left(encode(p.phone_index, 'hex'), 24) as "phoneMark", p.phone_tail as "phoneTail", p.area, p.household_id as household, p.initials, ${LETTER} as letter`;

/** Ways to put people together who may be one: each is an order in which such people lie side by side. */
export const PASSES = {
  phone: { where: sql`p.phone_index is not null`, order: sql`p.phone_index` },
  sound: { where: sql`true`, order: FOLDED },
  birth: { where: sql`p.birth is not null`, order: sql`p.birth, ${LETTER}` },
  village: { where: sql`p.birth is not null`, order: sql`p.area, left(p.birth::text, 4), ${LETTER}` },
} as const satisfies Record<string, { where: RawBuilder<unknown>; order: RawBuilder<unknown> }>;
export type Pass = keyof typeof PASSES;

function rowOf({ pinyin, ...row }: Row): LikenessRow {
  const sound = soundOf(pinyin);
  return { ...row, sound, folded: foldSound(sound) };
}

/**
 * The people in sight in the order of a pass, four thousand at a time: the database keeps the rest, so that memory stays flat.
 */
export async function* peopleInOrder(tx: Tx, pass: Pass): AsyncGenerator<LikenessRow[]> {
  const { where, order } = PASSES[pass];
  const cursor = sql.id(`likeness_${pass}`);
  await sql`declare ${cursor} no scroll cursor for
    select ${RECORD} from people_person p where p.erased_at is null and ${where} order by ${order}`.execute(
    tx,
  );
  for (;;) {
    const { rows } = await sql<Row>`fetch 4000 from ${cursor}`.execute(tx);
    if (rows.length > 0) yield rows.map(rowOf);
    if (rows.length === 0) break;
  }
  await sql`close ${cursor}`.execute(tx);
}

/** Room for the sorts of a pass; ends with the transaction. */
export async function prepareLikeness(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`.execute(tx);
}

async function countsBy(
  tx: Tx,
  key: RawBuilder<unknown>,
  atLeast: number,
  among: RawBuilder<unknown> = sql`true`,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select ${key} as key, count(*) as n from people_person p where p.erased_at is null and ${key} is not null and ${among}
    group by 1 having count(*) >= ${atLeast}`.execute(tx);
  return new Map(rows.map(({ key: it, n }) => [it, n]));
}

/** How common names, sounds, surnames and phones are among the people in sight, and how many these are. */
export async function readCommonness(tx: Tx): Promise<{ readonly of: Commonness; readonly people: number }> {
  const families = await countsBy(tx, sql`left(p.name, 1)`, 1);
  let people = 0;
  for (const n of families.values()) people += n;
  const names = await countsBy(tx, sql`p.name`, 2);
  const sounds = await countsBy(tx, FOLDED, 2);
  return {
    of: commonnessOf({ people, families, names, sounds, phones: await countsBy(tx, MARK, 2) }),
    people,
  };
}

/** The same as far as the comparison of these few asks: by the indexes of names and tails, without going through the books. */
export async function readCommonnessFor(tx: Tx, few: readonly LikenessRow[]): Promise<Commonness> {
  const of = (take: (it: LikenessRow) => string | null) => [...new Set(few.flatMap((it) => take(it) ?? []))];
  const among = (column: RawBuilder<unknown>, values: readonly string[]) =>
    sql`${column} = any(${values}::text[])`;
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from people_person p where p.erased_at is null`.execute(tx);
  const firsts = of((it) => it.name.slice(0, 1));
  return commonnessOf({
    people: rows[0]?.n ?? 0,
    families: await countsBy(
      tx,
      sql`left(p.name, 1)`,
      1,
      sql`p.name like any(${firsts.map((it) => `${it}%`)}::text[])`,
    ),
    names: await countsBy(
      tx,
      sql`p.name`,
      2,
      among(
        sql`p.name`,
        of((it) => it.name),
      ),
    ),
    sounds: await countsBy(
      tx,
      FOLDED,
      2,
      among(
        sql`p.initials`,
        of((it) => it.initials),
      ),
    ),
    phones: await countsBy(
      tx,
      MARK,
      2,
      among(
        sql`p.phone_tail`,
        of((it) => it.phoneTail || null),
      ),
    ),
  });
}

const MARK = sql`left(encode(p.phone_index, 'hex'), 24)`;

interface Counts {
  readonly people: number;
  readonly families: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, number>;
  readonly sounds: ReadonlyMap<string, number>;
  readonly phones: ReadonlyMap<string, number>;
}

function commonnessOf({ people, families, names, sounds, phones }: Counts): Commonness {
  return {
    people: Math.max(people, LEAST_PEOPLE),
    named: (name) => names.get(name) ?? 1,
    sounding: (sound) => sounds.get(sound) ?? 1,
    family: (surname) => families.get(surname.slice(0, 1)) ?? 1,
    onPhone: (mark) => phones.get(mark) ?? 1,
  };
}

/** Books with few people say little of how common a name is; a small town stands for this many. */
const LEAST_PEOPLE = 2_000;

/** These people, and whoever in sight may be one of them. */
export async function peopleLike(tx: Tx, ids: readonly string[]): Promise<LikenessRow[]> {
  const { rows } = await sql<Row>`
    with asked as materialized (select * from people_person where id = any(${ids}::uuid[]) and erased_at is null),
    near as (
      select p.id from asked a join people_person p on p.phone_tail = a.phone_tail and p.phone_index = a.phone_index
      union select p.id from asked a join people_person p on p.name = a.name
      union select p.id from asked a join people_person p on p.initials = a.initials
      union select p.id from asked a join people_person p on p.area = a.area and left(p.birth::text, 4) = left(a.birth::text, 4)
      union select p.id from asked a join people_person p on p.birth = a.birth
      union select id from asked
    )
    select ${RECORD} from near n join people_person p on p.id = n.id where p.erased_at is null`.execute(tx);
  return rows.map(rowOf);
}

/** People whom a write under this key has put on the books or changed, as the journal has it. */
export async function writtenUnder(tx: Tx, key: string): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from journal where key = ${key}::uuid
      and type in ('people.person_registered', 'people.person_changed')`.execute(tx);
  return rows.map((it) => it.subject);
}

export interface FoundPair {
  readonly id: string;
  readonly firstId: string;
  readonly secondId: string;
  readonly area: string;
  readonly band: 'same' | 'ask';
  /** Tenths of a bit. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Puts pairs into the queue, or says anew how like they are; what an office has decided stays. Answers how many are new. */
export async function savePairs(tx: Tx, pairs: readonly FoundPair[], at: string): Promise<number> {
  if (pairs.length === 0) return 0;
  const { rows } = await sql<{ fresh: boolean }>`
    insert into people_pair as k (id, first_person, second_person, area, status, band, score, reasons, seen_at)
    select id, "firstId", "secondId", area, 'open', band, score, reasons, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(pairs)}::json)
      as n(id uuid, "firstId" uuid, "secondId" uuid, area text, band text, score int, reasons text[])
    on conflict (first_person, second_person) do update
      set area = excluded.area, band = excluded.band, score = excluded.score, reasons = excluded.reasons, seen_at = excluded.seen_at where k.status = 'open'
    returning xmax = 0 as fresh`.execute(tx);
  return rows.filter((it) => it.fresh).length;
}

/** What a whole comparison did not find again is no pair any more. */
export async function dropUnseen(tx: Tx, before: string): Promise<void> {
  await sql`delete from people_pair where status = 'open' and seen_at < ${before}::timestamptz`.execute(tx);
}

export interface PairRun {
  readonly id: string;
  readonly area: string;
  readonly askedBy: string;
  readonly at: string;
}

/** Notes that a comparison was asked for; false where one of this area is running. */
export async function addRun(tx: Tx, run: PairRun): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into people_pair_run (id, area, asked_by, asked_at, state)
    values (${run.id}::uuid, ${run.area}, ${run.askedBy}::uuid, ${run.at}::timestamptz, 'running') on conflict do nothing`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

export async function isRunning(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from people_pair_run where id = ${id}::uuid and state = 'running'`.execute(tx);
  return rows.length > 0;
}

export async function noteRun(
  tx: Tx,
  id: string,
  to: {
    readonly state: 'running' | 'ready' | 'failed';
    readonly share: number;
    readonly people?: number;
    readonly found?: number;
    readonly at?: string;
  },
): Promise<void> {
  await sql`update people_pair_run set state = ${to.state}, share = ${to.share}, people = ${to.people ?? 0},
    found = ${to.found ?? 0}, ended_at = ${to.at ?? null}::timestamptz where id = ${id}::uuid and state = 'running'`.execute(
    tx,
  );
}
