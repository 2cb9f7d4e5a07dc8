import { addDays, dayOf } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';

/** Days in which an import can be taken back. */
export const UNDO_DAYS = 30;

/** Why somebody of an import stays as the import left them. */
export const IMPORT_LEFT = ['hasWay', 'changedSince'] as const;
export type ImportLeft = (typeof IMPORT_LEFT)[number];

export interface ImportState {
  /** When it was written. */
  readonly at: string;
  readonly undone: boolean;
}

export type ImportRefusal =
  | { readonly code: 'people.import_undone' }
  | { readonly code: 'people.import_too_old'; readonly facts: { days: number } };

/** Last day on which an import can be taken back. */
export function undoUntil(at: string): string {
  return addDays(dayOf(at), UNDO_DAYS);
}

/** May an import be taken back at this moment of the installation's clock? */
export function decideImportUndo(it: ImportState, now: string): Result<true, ImportRefusal> {
  if (it.undone) return refuse({ code: 'people.import_undone' });
  if (dayOf(now) > undoUntil(it.at)) {
    return refuse({ code: 'people.import_too_old', facts: { days: UNDO_DAYS } });
  }
  return accept(true);
}

/** What somebody of an import has meanwhile: a way of ours, or a change by somebody else. */
export function leftBecause(it: {
  readonly hasWay: boolean;
  readonly changed: boolean;
}): ImportLeft | undefined {
  if (it.hasWay) return 'hasWay';
  return it.changed ? 'changedSince' : undefined;
}
