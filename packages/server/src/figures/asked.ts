import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import type { Scope } from '../platform/database.ts';
import type { Asked } from './store-fold.ts';

/** What a page or a command asks for; what is left out is the season that runs, now, and all one may see. */
export interface Wanted {
  readonly season?: string | undefined;
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly area?: string | undefined;
}

export type NoFigures = { code: 'basics.not_found' } | { code: 'figures.no_season' };

/**
 * Fits a question into what the asker may see: an area outside answers like one that does not exist.
 * A moment ahead of the clock is allowed; nothing has happened there yet.
 */
export function askedOf(
  scope: Scope,
  wanted: Wanted,
  at: { readonly now: string; readonly season: string | undefined },
): Result<Asked, NoFigures> {
  if (scope.kind !== 'office') return refuse({ code: 'basics.not_found' });
  const season = wanted.season ?? at.season;
  if (season === undefined) return refuse({ code: 'figures.no_season' });
  const whole = { from: scope.areaFrom, to: scope.areaTo };
  const range = wanted.area === undefined ? whole : areaRange(wanted.area);
  const widerOnly = range.from <= whole.from && range.to >= whole.to;
  const inside = range.from >= whole.from && range.to <= whole.to;
  if (!inside && !widerOnly) return refuse({ code: 'basics.not_found' });
  const { from, to } = inside ? range : whole;
  return accept({ season, asOf: wanted.asOf ?? at.now, knownAt: wanted.knownAt ?? null, from, to });
}
