import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { copyRows } from '../platform/journal.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { EmployerRow, GateRow } from './tables.ts';

const EMPLOYER = ['id', 'area', 'name', 'pinyin', 'industry', 'county'] as const;
const GATE = [
  'id',
  'employer_id',
  'area',
  'name',
  'pinyin',
  'county',
  'lon',
  'lat',
  'contact_name',
  'contact_phone_sealed',
  'windows',
] as const;

export interface NewGate extends Omit<GateRow, 'contact_phone_sealed'> {
  /** Sealed before it is written. */
  readonly contactPhone: string | null;
}

/** Puts employers on the books. Returns how many. */
export function addEmployers(tx: Tx, employers: readonly EmployerRow[]): Promise<number> {
  return copyRows(
    tx,
    'jobs_employer',
    EMPLOYER,
    employers.map((it) => ({ ...it })),
  );
}

/** Puts gates of known employers on the books, the contact's phone sealed. Returns how many. */
export function addGates(tx: Tx, secrets: Secrets, gates: readonly NewGate[]): Promise<number> {
  const rows = gates.map(({ contactPhone, ...gate }) => ({
    ...gate,
    contact_phone_sealed:
      contactPhone === null
        ? null
        : secrets.seal({ table: 'jobs_gate', column: 'contact_phone_sealed', row: gate.id }, contactPhone),
  }));
  return copyRows(tx, 'jobs_gate', GATE, rows);
}

/** Ids of the employers of this id or whole name: two firms may bear one name. */
export async function findEmployers(tx: Tx, nameOrId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from jobs_employer
    where name = ${nameOrId} or id::text = ${nameOrId} order by id`.execute(tx);
  return rows.map((it) => it.id);
}
