import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';
import { newId } from './ids.ts';
import { auditWitness, type Witness } from './witness.ts';

/** What somebody did that has to be answered for. */
export interface AuditNote {
  /** Id of the staff, of the itinerary behind a link, or `anyone`. */
  readonly actor: string;
  /** 12 digits: the audit administrators of this area read it. */
  readonly area: string;
  /** `room.what_was_done`, never renamed: it is searched for years later. */
  readonly action: string;
  readonly subject: string | null;
  /** Codes, ids and counts; never a name, a number of a person, care status or free text. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Rows whose sealed numbers may now be opened; none unless told. */
  readonly opens?: Iterable<string>;
}

/**
 * Writes a row of the audit in the caller's transaction, before what it notes is done: both happen or neither. The database's clock
 * dates it, the caller cannot. The witness it gives opens the sealed numbers of the rows named, and lets care status be read.
 */
export async function noteAudit(tx: Tx, note: AuditNote): Promise<Witness> {
  const id = newId();
  await sql`insert into offices_audit (id, actor, area, action, subject, facts)
    values (${id}, ${note.actor}, ${note.area}, ${note.action}, ${note.subject}, ${factsOf(note)})`.execute(
    tx,
  );
  return auditWitness(id, note.opens ?? []);
}

/** Of somebody who is not signed in yet: what was tried, on which account where there is one. Its actor is `anyone`. */
export interface DoorNote {
  /** Begins with `offices.`, for example `offices.sign_in_failed`. */
  readonly action: `offices.${string}`;
  /** Whose account it was about; null where there is no such account. */
  readonly staff: string | null;
  readonly facts?: AuditNote['facts'];
}

/** Like `noteAudit`, in the scope `open`: what fails at a sign-in. Read by the auditors of the account's area, else of the city. */
export async function noteAtDoor(tx: Tx, note: DoorNote): Promise<void> {
  await sql`select audit_at_door(${newId()}::uuid, ${note.action}, ${note.staff}::uuid, ${factsOf(note)})`.execute(
    tx,
  );
}

function factsOf({ facts }: Pick<AuditNote, 'facts'>): RawBuilder<unknown> {
  return sql`${JSON.stringify(facts ?? {})}::jsonb`;
}

/** Care status lies behind a policy of its own: it is seen for the rest of the transaction in which its reading was noted. */
export async function openCare(tx: Tx, witness: Witness): Promise<void> {
  await sql`select set_config('fangang.care', ${witness.name}, true)`.execute(tx);
}
