import { setImmediate as turn } from 'node:timers/promises';
import { addDays } from '@fangang/domain/basics/moment.ts';
import { type Commonness, type Likeness, likenessOf } from '@fangang/domain/people/rules-likeness.ts';
import type { Scope, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { lunarToSolar } from '../platform/lunar.ts';
import { type Services, within } from '../platform/services.ts';
import {
  dropUnseen,
  type FoundPair,
  type LikenessRow,
  type Pass,
  peopleInOrder,
  peopleLike,
  prepareLikeness,
  readCommonness,
  readCommonnessFor,
  savePairs,
  writtenUnder,
} from './store-likeness.ts';

const PAIRS_AT_ONCE = 1_000;
/** So many comparisons without letting others have a turn. */
const TURN = 20_000;
/** A phone on more records than this is an agency's or a village's and brings nobody together. */
const MOST_ON_PHONE = 40;
/** People of one sound who are all compared; among more, those of one birth year, town or rare name. */
const MOST_OF_SOUND = 120;
/** Of one name, likewise. */
const MOST_OF_NAME = 60;
/** Imports up to this size are compared person by person, larger ones by going through the books once. */
const MOST_ONE_BY_ONE = 2_000;

/** First solar day and length of a lunar month, looked up once: people are born in some fifty years. */
const lunarMonths = new Map<number, { readonly first: string; readonly days: number } | undefined>();

function lunarMonth(year: number, month: number) {
  const key = year * 100 + month;
  if (lunarMonths.has(key)) return lunarMonths.get(key);
  const first = lunarToSolar(year, month, 1);
  const found = first === undefined ? undefined : { first, days: lunarToSolar(year, month, 30) ? 30 : 29 };
  lunarMonths.set(key, found);
  return found;
}

/** The solar day of a lunar one, as `lunarToSolar` has it. */
function solarOf(year: number, month: number, day: number): string | undefined {
  const found = lunarMonth(year, month);
  return found && day <= found.days ? addDays(found.first, day - 1) : undefined;
}

const year = (it: LikenessRow) => it.birth?.slice(0, 4);
const town = (it: LikenessRow) => it.area.slice(0, 9);

type Meets = (a: LikenessRow, b: LikenessRow, of: Commonness) => boolean;

/** Whether a pass brings two people together. The passes go in this order, and a later one leaves out what an earlier one has compared. */
const MEETS: Readonly<Record<Pass, Meets>> = {
  phone: (a, b, of) =>
    a.phoneMark !== null && a.phoneMark === b.phoneMark && of.onPhone(a.phoneMark) <= MOST_ON_PHONE,
  sound: (a, b, of) =>
    a.folded === b.folded &&
    (of.sounding(a.folded) <= MOST_OF_SOUND ||
      (year(a) !== undefined && year(a) === year(b)) ||
      town(a) === town(b) ||
      (a.name === b.name && of.named(a.name) <= MOST_OF_NAME)),
  birth: (a, b) => a.birth !== null && a.birth === b.birth && a.letter === b.letter,
  village: (a, b) => a.area === b.area && a.birth !== null && year(a) === year(b) && a.letter === b.letter,
};
const ORDER = Object.keys(MEETS) as Pass[];

/** What lies side by side in a pass. */
const BLOCK: Readonly<Record<Pass, (it: LikenessRow) => string>> = {
  phone: (it) => it.phoneMark ?? '',
  sound: (it) => it.folded,
  birth: (it) => `${it.birth} ${it.letter}`,
  village: (it) => `${it.area} ${year(it)} ${it.letter}`,
};

/** Who has what a pass puts people together by. */
const HAS: Readonly<Record<Pass, (it: LikenessRow) => boolean>> = {
  phone: (it) => it.phoneMark !== null,
  sound: () => true,
  birth: (it) => it.birth !== null,
  village: (it) => it.birth !== null,
};

/** Groups of neighbours, out of parts of a list in order. */
async function* blocksOf(parts: AsyncIterable<LikenessRow[]>, keyOf: (it: LikenessRow) => string) {
  let key = '';
  let block: LikenessRow[] = [];
  for await (const part of parts) {
    for (const row of part) {
      const its = keyOf(row);
      if (its !== key) {
        if (block.length > 1) yield block;
        [key, block] = [its, []];
      }
      block.push(row);
    }
  }
  if (block.length > 1) yield block;
}

function areaOfBoth(a: string, b: string): string {
  return a.slice(0, 9) === b.slice(0, 9) ? `${a.slice(0, 9)}000` : `${a.slice(0, 6)}000000`;
}

function pairOf(a: LikenessRow, b: LikenessRow, { verdict, bits, reasons }: Likeness): FoundPair | undefined {
  if (verdict === 'different') return undefined;
  const [first, second] = a.id < b.id ? [a, b] : [b, a];
  const area = areaOfBoth(a.area, b.area);
  const score = Math.round(bits * 10);
  return { id: newId(), firstId: first.id, secondId: second.id, area, band: verdict, score, reasons };
}

function compare(a: LikenessRow, b: LikenessRow, of: Commonness): FoundPair | undefined {
  // The books of two districts are none of each other's business: the city settles those.
  if (a.area.slice(0, 6) !== b.area.slice(0, 6)) return undefined;
  return pairOf(a, b, likenessOf(a, b, of, solarOf));
}

interface Going {
  readonly of: Commonness;
  /** Only pairs with one of these; all unless told. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Told of each part of a pass. */
  readonly onRows?: (rows: number) => Promise<void>;
}

async function* counted(parts: AsyncIterable<LikenessRow[]>, onRows: Going['onRows']) {
  for await (const part of parts) {
    yield part;
    await onRows?.(part.length);
  }
}

/** Pairs of the people in sight that look alike, pass after pass, each pair once. */
async function* likePairs(tx: Tx, { of, only, onRows }: Going): AsyncGenerator<FoundPair> {
  let since = 0;
  for (const [no, pass] of ORDER.entries()) {
    const earlier = ORDER.slice(0, no);
    const parts = counted(peopleInOrder(tx, pass), onRows);
    for await (const block of blocksOf(parts, BLOCK[pass])) {
      for (const [i, a] of block.entries()) {
        for (let j = i + 1; j < block.length; j += 1) {
          const b = block[j] as LikenessRow;
          if (++since % TURN === 0) await turn();
          if (only && !only.has(a.id) && !only.has(b.id)) continue;
          if (!MEETS[pass](a, b, of) || earlier.some((it) => MEETS[it](a, b, of))) continue;
          const pair = compare(a, b, of);
          if (pair) yield pair;
        }
      }
    }
  }
}

async function saveAll(tx: Tx, pairs: AsyncIterable<FoundPair>, at: string): Promise<number> {
  let fresh = 0;
  let waiting: FoundPair[] = [];
  const save = async () => {
    fresh += await savePairs(tx, waiting, at);
    waiting = [];
  };
  for await (const pair of pairs) {
    waiting.push(pair);
    if (waiting.length >= PAIRS_AT_ONCE) await save();
  }
  await save();
  return fresh;
}

export interface Compared {
  readonly people: number;
  /** Pairs that were not in the queue before. */
  readonly found: number;
}

/**
 * Compares all the people of an office with one another, in one transaction that reads; memory does not grow with them. About 20 µs a person on
 * one core beside the database's.
 *
 * @param onShare told how much is done, 0..1.
 */
export async function compareAll(
  services: Services,
  scope: Scope,
  at: string,
  onShare: (share: number) => Promise<void> = async () => undefined,
): Promise<Compared> {
  return within(services, scope, async (tx) => {
    await prepareLikeness(tx);
    const { of, people } = await readCommonness(tx);
    let rows = 0;
    const onRows = async (more: number) => {
      rows += more;
      await onShare(Math.min(0.99, rows / (ORDER.length * Math.max(1, people))));
    };
    const found = await saveAll(tx, likePairs(tx, { of, onRows }), at);
    await dropUnseen(tx, at);
    return { people, found };
  });
}

/** Compares people with the books they are on. */
export async function compareSome(tx: Tx, ids: readonly string[], at: string): Promise<number> {
  await prepareLikeness(tx);
  const asked = new Set(ids);
  if (ids.length > MOST_ONE_BY_ONE) {
    const { of } = await readCommonness(tx);
    return saveAll(tx, likePairs(tx, { of, only: asked }), at);
  }
  const near = await peopleLike(tx, ids);
  const mine = near.filter((it) => asked.has(it.id));
  return saveAll(tx, pairsAmong(mine, near, await readCommonnessFor(tx, near)), at);
}

async function* pairsAmong(mine: readonly LikenessRow[], near: readonly LikenessRow[], of: Commonness) {
  const place = new Map(mine.map((it, i) => [it.id, i]));
  const blocks = new Map<string, LikenessRow[]>();
  const keysOf = (it: LikenessRow) =>
    ORDER.filter((pass) => HAS[pass](it)).map((pass) => `${pass} ${BLOCK[pass](it)}`);
  for (const it of near) for (const key of keysOf(it)) push(blocks, key, it);
  for (const [i, a] of mine.entries()) {
    const others = new Set(keysOf(a).flatMap((key) => blocks.get(key) ?? []));
    for (const b of others) {
      const no = place.get(b.id);
      if (b.id === a.id || (no !== undefined && no < i)) continue;
      if (!ORDER.some((pass) => MEETS[pass](a, b, of))) continue;
      const pair = compare(a, b, of);
      if (pair) yield pair;
    }
  }
}

/** Compares whom a write has put on the books or changed: by the key under which the journal has it. Answers how many pairs are new. */
export async function compareWritten(
  services: Services,
  scope: Scope,
  key: string,
  at: string,
): Promise<number> {
  return within(services, scope, async (tx) => {
    const ids = await writtenUnder(tx, key);
    return ids.length === 0 ? 0 : compareSome(tx, ids, at);
  });
}

/** Compares some people, as after a merge that changed what one of them says. */
export async function comparePeople(
  services: Services,
  scope: Scope,
  ids: readonly string[],
  at: string,
): Promise<number> {
  return within(services, scope, (tx) => compareSome(tx, ids, at));
}

function push(blocks: Map<string, LikenessRow[]>, key: string, it: LikenessRow): void {
  const block = blocks.get(key);
  if (block) block.push(it);
  else blocks.set(key, [it]);
}
