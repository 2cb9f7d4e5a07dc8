import type { ConsentState, Consents, ConsentWay, Purpose } from '@fangang/domain/people/rules-consent.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface ConsentRow {
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly how: ConsentWay;
  readonly at: string;
}

/** What a person of the own books has said; a purpose without a row was never spoken of. */
export async function listConsents(tx: Tx, personId: string): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select purpose, state, how, at from people_consent where person_id = ${personId}::uuid`.execute(tx);
  return rows;
}

export function consentsOf(rows: readonly ConsentRow[]): Consents {
  return Object.fromEntries(rows.map((it) => [it.purpose, it.state]));
}

/** Writes the last word on a purpose; what was said before stands in the journal. False where the same was said meanwhile. */
export async function writeConsent(
  tx: Tx,
  it: ConsentRow & { readonly personId: string; readonly area: string; readonly actor: string },
): Promise<boolean> {
  const { rows } = await sql`insert into people_consent as c (person_id, purpose, area, state, how, at, actor)
    values (${it.personId}::uuid, ${it.purpose}, ${it.area}, ${it.state}, ${it.how}, ${it.at}::timestamptz, ${it.actor})
    on conflict (person_id, purpose) do update
    set state = excluded.state, how = excluded.how, at = excluded.at, actor = excluded.actor
    where c.state <> excluded.state returning c.person_id`.execute(tx);
  return rows.length > 0;
}
