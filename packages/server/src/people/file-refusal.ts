import type { FileCode } from '@fangang/domain/people/roster-words.ts';

/** Why a file cannot be read as a roster; facts are sizes, limits, kinds and names of fields only. */
export interface FileRefusal {
  readonly code: FileCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}
