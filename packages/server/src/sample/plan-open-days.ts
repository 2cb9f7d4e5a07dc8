import { sampleScope } from '../offices/scope.ts';
import { type Services, within } from '../platform/services.ts';
import { type PlanEnd, planSeason } from '../trips/planning.ts';
import { OPEN_DAYS } from './open-days.ts';
import { SEASON } from './season.ts';
import { districtsToPlan } from './store-plans.ts';

/** How the drafts of the sample's open days ended. */
export interface OpenDaysPlanned {
  readonly plans: number;
  readonly placed: number;
  readonly unplaced: number;
}

/**
 * Makes draft plans for the sample's open days, one for each district, ready to be looked at and committed; nothing where the
 * season has plans already. What a stop has cut off is made anew. 30 to 45 s of search at scale 1.
 */
export async function planOpenDays(
  services: Services,
  onShare: (share: number) => void = () => undefined,
): Promise<OpenDaysPlanned | undefined> {
  const scope = await sampleScope(services);
  if (scope?.kind !== 'office') return undefined;
  const left = await within(services, scope, (tx) => districtsToPlan(tx, SEASON, scope.staffId));
  const asks = left === 'all' ? [undefined] : left;
  const ends: PlanEnd[] = [];
  for (const [i, area] of asks.entries()) {
    const done = await planSeason(services, scope, {
      season: SEASON,
      area,
      toDay: OPEN_DAYS[OPEN_DAYS.length - 1],
      onShare: (share) => onShare((i + share) / asks.length),
    });
    if (done.ok) ends.push(...done.value);
  }
  if (ends.length === 0) return undefined;
  const count = (which: 'placed' | 'unplaced') =>
    ends.reduce((sum, it) => sum + (it.plan?.totals[which] ?? 0), 0);
  return { plans: ends.length, placed: count('placed'), unplaced: count('unplaced') };
}
