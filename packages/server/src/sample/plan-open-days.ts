import { sampleScope } from '../offices/scope.ts';
import { type Services, within } from '../platform/services.ts';
import { planSeason } from '../trips/planning.ts';
import { OPEN_DAYS } from './open-days.ts';
import { SEASON } from './season.ts';
import { needsPlans } from './store-plans.ts';

/** How the drafts of the sample's open days ended. */
export interface OpenDaysPlanned {
  readonly plans: number;
  readonly placed: number;
  readonly unplaced: number;
}

/**
 * Makes draft plans for the sample's open days, one for each district, ready to be looked at and committed; nothing where the
 * season has plans already. 30 to 45 s of search at scale 1.
 */
export async function planOpenDays(
  services: Services,
  onShare: (share: number) => void = () => undefined,
): Promise<OpenDaysPlanned | undefined> {
  const scope = await sampleScope(services);
  if (scope?.kind !== 'office') return undefined;
  if (!(await within(services, scope, (tx) => needsPlans(tx, SEASON, scope.staffId)))) return undefined;
  const done = await planSeason(services, scope, {
    season: SEASON,
    toDay: OPEN_DAYS[OPEN_DAYS.length - 1],
    onShare,
  });
  if (!done.ok) return undefined;
  const count = (which: 'placed' | 'unplaced') =>
    done.value.reduce((sum, it) => sum + (it.plan?.totals[which] ?? 0), 0);
  return { plans: done.value.length, placed: count('placed'), unplaced: count('unplaced') };
}
