/**
 * Why a sealed text may be opened. There are two kinds, and no third can be made: a row of the audit, which `noteAudit` has just written
 * in the same transaction, or one of the uses below, in which nobody sees what was opened.
 */
export interface Witness {
  /** The id of the audit's row, or the name of the use. */
  readonly name: string;
}

/** Uses without eyes: each has its place in the program, and a test holds the two lists equal. */
export type InsideUse =
  /** A roster's rows against the books. */
  | 'compareRoster'
  /** The roster an office has just sent, with its own bad cells, or the blank of a report. */
  | 'ownUpload'
  /** Old values of a record, kept under another seal or put back where they stood. */
  | 'keepOldValue'
  /** From one record of a person into the other, and back when a merge is undone. */
  | 'mergeRecords'
  /** All but the last four digits are struck out before anybody sees them. */
  | 'mask'
  /** The contact of a gate or a carrier, whose number is there to be called. */
  | 'businessContact'
  /** From one key to the next. */
  | 'rotateKeys'
  /** A factor of the own account or half of a first password: checked against what was typed, or shown to whose it is. */
  | 'ownFactor'
  /** What this installation itself put into a browser's cookie on the way to the identity provider. */
  | 'ownCookie'
  /** What an office has answered to the person behind a ticket, shown to that person alone. */
  | 'ownTicket'
  /** Counts without names. */
  | 'count';

const issued = new WeakMap<Witness, ReadonlySet<string> | 'inside'>();

function issue(name: string, covers: ReadonlySet<string> | 'inside'): Witness {
  const witness = Object.freeze({ name });
  issued.set(witness, covers);
  return witness;
}

/** For `platform/audit.ts` alone: a row of the audit that covers the sealed texts of these rows. */
export function auditWitness(auditId: string, rows: Iterable<string>): Witness {
  return issue(auditId, new Set(rows));
}

/** A use of the program in which nobody sees what is opened. */
export function insideOnly(use: InsideUse): Witness {
  return issue(use, 'inside');
}

/** Throws unless the witness was issued here and covers the row. */
export function checkWitness(witness: Witness, row: string): void {
  const covers = issued.get(witness);
  if (covers === 'inside' || covers?.has(row)) return;
  throw new Error('A sealed text is opened only by a witness of its row: note it in the audit first');
}
