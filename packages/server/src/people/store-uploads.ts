import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface UploadRow {
  readonly id: string;
  readonly area: string;
  readonly season: string;
  readonly sealed: Buffer;
}

/** Keeps an upload, and clears away what has lain for a day. */
export async function addUpload(tx: Tx, it: UploadRow & { readonly staff: string }): Promise<void> {
  await sql`delete from people_upload where made_at < now() - interval '1 day'`.execute(tx);
  await sql`insert into people_upload (id, area, staff_id, season, sealed)
    values (${it.id}, ${it.area}, ${it.staff}, ${it.season}, ${it.sealed})`.execute(tx);
}

/** An upload of one's own. */
export async function findUpload(
  tx: Tx,
  id: string,
  staff: string,
  lock = false,
): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`select id, area, season, sealed from people_upload
    where id = ${id} and staff_id = ${staff} and made_at > now() - interval '1 day'
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

export async function replaceUpload(tx: Tx, id: string, sealed: Buffer): Promise<void> {
  await sql`update people_upload set sealed = ${sealed} where id = ${id}`.execute(tx);
}

export async function removeUpload(tx: Tx, id: string): Promise<void> {
  await sql`delete from people_upload where id = ${id}`.execute(tx);
}

type Choice = Readonly<Record<string, RosterField | null>>;

/** What an office has said of the columns of a roster with these headers. */
export async function findMapping(tx: Tx, area: string, headersHash: string): Promise<Choice | undefined> {
  const { rows } = await sql<{ choice: Choice }>`select choice from people_mapping
    where area = ${area} and headers_hash = ${headersHash}`.execute(tx);
  return rows[0]?.choice;
}

export async function keepMapping(tx: Tx, area: string, headersHash: string, choice: Choice): Promise<void> {
  await sql`insert into people_mapping (area, headers_hash, choice)
    values (${area}, ${headersHash}, ${JSON.stringify(choice)}::jsonb)
    on conflict (area, headers_hash) do update set choice = excluded.choice`.execute(tx);
}
