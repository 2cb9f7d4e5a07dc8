import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { publishComparison, readComparison } from '@fangang/domain/figures/api-comparison.ts';
import { comparisonFor } from '@fangang/domain/figures/rules-comparison.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Route, route } from '../platform/http.ts';
import { askedOf } from './asked.ts';
import { countsAsOf } from './store.ts';
import { findComparison, putComparison } from './store-comparison.ts';

const read = route(readComparison, async ({ tx, asker }, { query }) => {
  const district = `${asker?.areaCode.slice(0, 6)}000000`;
  return accept({ comparison: (await findComparison(tx, query.season, district)) ?? null });
});

const publish = route(publishComparison, async ({ tx, asker, actor, now }, { body }) => {
  if (!asker || levelOf(asker.areaCode) !== 'city' || asker.scope.kind !== 'office')
    return refuse({ code: 'basics.not_allowed' });
  const asked = askedOf(asker.scope, {}, { now, season: body.season });
  if (!asked.ok) return asked;
  const { districts } = await countsAsOf(tx, asked.value);
  for (const { area } of districts) {
    const comparison = comparisonFor(area, now, districts);
    await putComparison(tx, { season: body.season, area, by: actor, at: now, comparison });
  }
  const facts = { season: body.season, districts: districts.length };
  await noteAudit(tx, {
    actor,
    area: asker.areaCode,
    action: 'figures.comparison_published',
    subject: null,
    facts,
  });
  return accept({ districts: districts.length });
});

export const comparisonRoutes: readonly Route[] = [read, publish];
