import { addDays } from '@fangang/domain/basics/moment.ts';
import { PLAIN_SETTINGS, type SeasonId } from '@fangang/domain/offices/schema.ts';
import type { SeasonRow } from './store.ts';

/** A season's name in people's words: 2022 年春. */
export function seasonName(id: SeasonId): string {
  const year = /^(\d{4})-spring$/.exec(id)?.[1];
  return year ? `${year} 年春` : id;
}

/** The season of a festival, from three weeks before to eight weeks after it. */
export function seasonOf(festival: string, id = `${festival.slice(0, 4)}-spring`): SeasonRow {
  return {
    id,
    festival,
    from_day: addDays(festival, -21),
    to_day: addDays(festival, 56),
    settings: PLAIN_SETTINGS,
  };
}
