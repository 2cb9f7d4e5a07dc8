import type { Language } from '@fangang/domain/basics/say.ts';
import { type SystemLine, systemLines } from '@fangang/domain/figures/programme.ts';
import type { Tx } from '../platform/database.ts';
import { countsAsOf } from './store.ts';
import type { Asked } from './store-fold.ts';
import { programmeNumbers } from './store-programme.ts';

/** The sixteen rows S1–S16 as of a moment: published beside counted; rooms that are not built say so. */
export async function programmeLines(tx: Tx, asked: Asked, language: Language): Promise<SystemLine[]> {
  return systemLines(await programmeNumbers(tx, asked, await countsAsOf(tx, asked)), language);
}
