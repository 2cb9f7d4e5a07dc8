import { setTimeout as pause } from 'node:timers/promises';
import type { Tx } from './database.ts';
import type { NumberKeys } from './index-keys.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';
import type { Secrets } from './secrets.ts';
import type { ProfileName } from './secrets-profiles.ts';
import { addKey, type KeyPlace } from './secrets-ring.ts';
import {
  beginIndexChange,
  clearOldIndexes,
  countSealed,
  finishIndexChange,
  type IndexState,
  listOldTexts,
  readIndexState,
  replaceTexts,
  type SealedCount,
} from './store-keys.ts';
import { insideOnly } from './witness.ts';

/** How the keys of an installation stand. */
export interface KeyStatus {
  readonly place: KeyPlace['kind'];
  /** True where a copy of the data folder takes the keys along. */
  readonly insideData: boolean;
  readonly profile: ProfileName;
  readonly keys: readonly {
    readonly no: number;
    /** `seals`: the newest. `opens`: still needed. `spare`: nothing lies under it any more. `retired`: it opens nothing. */
    readonly state: 'seals' | 'opens' | 'spare' | 'retired';
    readonly texts: number;
  }[];
  readonly columns: readonly SealedCount[];
  readonly index: IndexState;
  /** Texts and rows that a rotation has still to go through. */
  readonly left: number;
}

/** Reads how the keys stand, with the eyes of the security administrator or the owner: counts, and no person. */
export async function keyStatus(tx: Tx, secrets: Secrets): Promise<KeyStatus> {
  const ring = secrets.ring();
  const columns = await countSealed(tx, SEALED_COLUMNS);
  const index = await readIndexState(tx);
  const newest = ring.keys.length;
  const textsOf = (no: number): number =>
    columns.reduce((sum, it) => sum + (it.keyNo === no ? it.texts : 0), 0);
  return {
    place: ring.place.kind,
    insideData: ring.place.kind === 'file' && ring.place.insideData,
    profile: ring.profile.name,
    keys: ring.keys.map((key, i) => {
      const no = i + 1;
      const state = !('master' in key)
        ? 'retired'
        : no === newest
          ? 'seals'
          : isNeeded(no, textsOf(no), index)
            ? 'opens'
            : 'spare';
      return { no, state, texts: textsOf(no) };
    }),
    columns,
    index,
    left: leftOf(newest, columns, index),
  };
}

function isNeeded(no: number, texts: number, index: IndexState): boolean {
  return texts > 0 || no === index.no || no === index.nextNo || (no < index.no && index.oldLeft > 0);
}

function leftOf(newest: number, columns: readonly SealedCount[], index: IndexState): number {
  const old = columns.reduce((sum, it) => sum + (it.keyNo < newest ? it.texts : 0), 0);
  const behind = index.nextNo === null && index.no < newest ? 1 : 0;
  return old + index.left + index.oldLeft + behind;
}

/** What a rotation needs from the rooms and the database. */
export interface Rotation {
  readonly secrets: Secrets;
  /** One transaction as the owner. */
  readonly transaction: <Value>(work: (tx: Tx) => Promise<Value>) => Promise<Value>;
  /** The room that holds people and their indexes. */
  readonly rotatePeople: (
    tx: Tx,
    keys: NumberKeys,
    at: { readonly newest: number; readonly after: string; readonly limit: number },
  ) => Promise<{ done: number; last: string | undefined }>;
  readonly numberKeys: (tx: Tx, secrets: Secrets) => Promise<NumberKeys>;
  readonly batch: number;
  readonly onProgress?: (share: number) => void;
}

export interface Rotated {
  /** The key that seals now. */
  readonly key: number;
  /** False where an earlier rotation was gone on with. */
  readonly added: boolean;
  readonly rows: number;
  readonly left: number;
}

/** Running programs look for a new key at least this often. */
const SEEN_BY_ALL_MS = 1500;
const MOST_PASSES = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Changes to a new key while everybody works: what is sealed, and what finds numbers again.
 *
 * An earlier rotation that was broken off is gone on with instead. Passes go through all rows until none is left: a row that is being
 * written is left to the next pass. Nothing is lost by breaking off at any point; look-ups and uniqueness hold throughout.
 */
export async function rotateKeys(rotation: Rotation): Promise<Rotated> {
  const { secrets, transaction } = rotation;
  const before = await transaction((tx) => keyStatus(tx, secrets));
  const added = before.left === 0;
  if (added) {
    addKey(secrets.ring());
    await pause(SEEN_BY_ALL_MS);
  }
  const newest = secrets.sealingKey();
  const state = await transaction(readIndexState);
  if (state.nextNo === null && state.no < newest) {
    await patiently(() => transaction((tx) => beginIndexChange(tx, newest)));
  }
  const start = await transaction((tx) => keyStatus(tx, secrets));
  const all = Math.max(1, start.left + start.index.left);
  let rows = 0;
  const tell = (n: number): void => {
    rows += n;
    rotation.onProgress?.(Math.min(1, rows / all));
  };
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    await passThrough(rotation, newest, tell);
    const { nextNo, left } = await transaction(readIndexState);
    if (nextNo !== null && left === 0) await patiently(() => transaction(finishIndexChange));
    while ((await transaction((tx) => clearOldIndexes(tx, rotation.batch))) > 0);
    const now = await transaction((tx) => keyStatus(tx, secrets));
    if (now.left === 0) return { key: newest, added, rows, left: 0 };
  }
  const after = await transaction((tx) => keyStatus(tx, secrets));
  return { key: newest, added, rows, left: after.left };
}

async function passThrough(rotation: Rotation, newest: number, tell: (n: number) => void): Promise<void> {
  const { secrets, transaction, batch } = rotation;
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const from: string = after;
    const step = await transaction(async (tx) =>
      rotation.rotatePeople(tx, await rotation.numberKeys(tx, secrets), {
        newest,
        after: from,
        limit: batch,
      }),
    );
    tell(step.done);
    after = step.last;
  }
  for (const column of SEALED_COLUMNS.filter((it) => it.table !== 'people_person')) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      const step = await transaction((tx) =>
        resealBatch(tx, secrets, column, { newest, after: from, limit: batch }),
      );
      tell(step.done);
      after = step.last;
    }
  }
}

async function resealBatch(
  tx: Tx,
  secrets: Secrets,
  column: SealedColumn,
  at: { readonly newest: number; readonly after: string; readonly limit: number },
): Promise<{ done: number; last: string | undefined }> {
  const unseen = insideOnly('rotateKeys');
  const texts = await listOldTexts(tx, column, at);
  if (texts.length === 0) return { done: 0, last: undefined };
  const fresh = texts.map((it) => {
    const place = { table: column.table, column: column.column, row: it.row };
    return { ...it, fresh: secrets.seal(place, secrets.open(place, it.sealed, unseen)) };
  });
  return { done: await replaceTexts(tx, column, fresh), last: texts[texts.length - 1]?.row };
}

const TRIES = 30;

/** Tries again what would have made others wait for too long. */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      // 55P03: the lock was not to be had in time.
      if ((error as { code?: string }).code !== '55P03' || tries === TRIES) throw error;
      await pause(500);
    }
  }
}
