import { sql } from 'kysely';
import type { Tx } from './database.ts';

export type ClockMode = 'real' | 'stands' | 'plays';

/** The city's clock: the wall's, or in a sample one that stands at a moment or plays from it. */
export interface ClockReading {
  /** ISO 8601 with +08:00. */
  readonly now: string;
  /** True when the moment is not the wall's: pages say so. */
  readonly sample: boolean;
  readonly mode: ClockMode;
  /** Seconds of the city's clock in a second of the wall's. */
  readonly speed: number;
}

const SHANGHAI_MS = 8 * 3_600_000;

/** A moment as the product writes it: ISO 8601 with +08:00, milliseconds only when there are any. China keeps no summer time. */
export function shanghaiIso(date: Date): string {
  return new Date(date.getTime() + SHANGHAI_MS).toISOString().replace('.000Z', 'Z').replace('Z', '+08:00');
}

/** The wall's clock; everything that people see takes `readClock` instead. */
export function realNow(): Date {
  return new Date();
}

export interface ClockRow {
  readonly mode: ClockMode;
  readonly at: string | null;
  readonly speed: number;
  readonly since: string | null;
}

/** What the city's clock shows when the wall shows `real`; without a row it is the wall's. Pure. */
export function clockAt(row: ClockRow | undefined, real: Date): ClockReading {
  if (!row || row.mode === 'real' || row.at === null) {
    return { now: shanghaiIso(real), sample: false, mode: 'real', speed: 1 };
  }
  const start = Date.parse(row.at);
  if (row.mode === 'stands') {
    return { now: shanghaiIso(new Date(start)), sample: true, mode: 'stands', speed: 0 };
  }
  const since = row.since === null ? real.getTime() : Date.parse(row.since);
  const played = Math.round(start + (real.getTime() - since) * row.speed);
  return { now: shanghaiIso(new Date(played)), sample: true, mode: 'plays', speed: row.speed };
}

/** Reads the city's clock from its one row. */
export async function readClock(tx: Tx): Promise<ClockReading> {
  const { rows } = await sql<ClockRow>`select mode, at, speed, since from offices_clock where id = 1`.execute(
    tx,
  );
  return clockAt(rows[0], realNow());
}
