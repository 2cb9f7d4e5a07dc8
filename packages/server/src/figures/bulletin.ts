import { bulletinText } from '@fangang/domain/figures/rules.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import type { Tx } from '../platform/database.ts';
import { areaName, countsAsOf } from './store.ts';
import type { Asked } from './store-fold.ts';

export interface Bulletin {
  readonly asOf: string;
  readonly zh: string;
  readonly en: string;
}

/** The bulletin of an area as of a moment, from the same counts as the screen. The city's own leaves its name out. */
export async function bulletinAsOf(tx: Tx, asked: Asked): Promise<Bulletin> {
  const { total } = await countsAsOf(tx, asked);
  const place = await areaName(tx, asked.from);
  const isCity = levelOf(asked.from) === 'city';
  const facts = { asOf: asked.asOf, total };
  return {
    asOf: asked.asOf,
    zh: bulletinText(facts, isCity ? '' : place.name, 'zh'),
    en: bulletinText(facts, isCity ? '' : place.pinyin, 'en'),
  };
}
