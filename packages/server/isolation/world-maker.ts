import type { Secrets } from '../src/platform/secrets.ts';
import { Canaries } from './canaries.ts';
import type { RowFacts } from './oracle.ts';

export const SEASON = '2022-spring';
/** Where the clock of the made world stands. */
export const NOW = '2022-02-12T07:00:00+08:00';
export const EARLIER = '2022-02-08T10:00:00+08:00';

export type Row = Record<string, unknown>;

/** Three towns of a district, and three villages in each. */
export interface DistrictAreas {
  readonly code: string;
  readonly towns: readonly { readonly code: string; readonly villages: readonly string[] }[];
}

export interface WorldPerson {
  readonly id: string;
  readonly area: string;
  readonly ledger: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly way: string | null;
  readonly code: string | null;
  readonly leg: string | null;
  readonly trip: string | null;
}

export interface WorldTrip {
  readonly id: string;
  readonly area: string;
  readonly kind: 'published' | 'boarding' | 'closed';
}

export interface Gate {
  readonly employer: string;
  readonly gate: string;
  /** Itineraries that end here, as people are seated. */
  readonly ways: string[];
}

/** Collects the rows of a made world with whose they are; ids are the same in every run of a seed. */
export class Maker {
  readonly rows = new Map<string, Row[]>();
  readonly canaries = new Canaries();
  readonly people: WorldPerson[] = [];
  readonly trips: WorldTrip[] = [];
  readonly secrets: Secrets;
  readonly #seed: number;
  #ids = 0;
  #numbers = 0;

  constructor(secrets: Secrets, seed: number) {
    this.secrets = secrets;
    this.#seed = seed;
  }

  id(): string {
    this.#ids += 1;
    return `017ee500-${this.#seed.toString(16).padStart(4, '0').slice(-4)}-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  /** A number nobody else has. */
  number(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  put(table: string, row: Row): void {
    const rows = this.rows.get(table) ?? [];
    rows.push(row);
    this.rows.set(table, rows);
  }

  facts(of: string, it: Partial<RowFacts> = {}): RowFacts {
    return { area: null, ledger: null, employers: [], ways: [], actor: null, ...it, of };
  }

  /** A mobile number as nobody has it, sealed for its place. */
  sealedPhone(table: string, column: string, row: string, owner: RowFacts): Buffer {
    const phone = this.canaries.note(`137${String(10_000_000 + this.number())}`, owner);
    return this.secrets.seal({ table, column, row }, phone);
  }

  event(it: { subject: string; type: string; area: string; at?: string; data: Row }): void {
    const { at = EARLIER, ...rest } = it;
    const key = this.id();
    this.put('journal', {
      ...rest,
      id: this.id(),
      at,
      recorded_at: at,
      actor: 'world',
      key,
      ordinal: 0,
      season: SEASON,
      version: 1,
    });
  }
}
