import { msOf } from '../basics/moment.ts';
import type { LegState } from './schema.ts';

/** A journal row as the fold reads it. */
export interface FoldedRow {
  readonly type: string;
  readonly subject: string;
  readonly at: string;
  /** Order within one moment: the device's own sequence, else that of the journal. */
  readonly seq: number;
}

/** The state of a seat that each event leaves; an event without an entry says nothing about a seat. */
const STATE_AFTER: Readonly<Record<string, LegState>> = {
  'trips.leg_boarded': 'boarded',
  'trips.leg_held': 'held',
  'trips.leg_boarding_undone': 'expected',
  'trips.leg_absent': 'absent',
  'trips.leg_left': 'left',
  'trips.leg_arrived': 'arrived',
};

/**
 * States of seats, from the journal alone, in whatever order its rows came in: the last event by (at, seq) decides.
 * Seats without an event are expected and not in the answer. Law 8.
 */
export function legStates(rows: readonly FoldedRow[]): Map<string, LegState> {
  const last = new Map<string, FoldedRow>();
  for (const row of rows) {
    if (!STATE_AFTER[row.type]) continue;
    const held = last.get(row.subject);
    if (!held || isLater(row, held)) last.set(row.subject, row);
  }
  return new Map([...last].map(([leg, row]) => [leg, STATE_AFTER[row.type] as LegState]));
}

function isLater(a: FoldedRow, b: FoldedRow): boolean {
  const difference = msOf(a.at) - msOf(b.at);
  return difference > 0 || (difference === 0 && a.seq > b.seq);
}
