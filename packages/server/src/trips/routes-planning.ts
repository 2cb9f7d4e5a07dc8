import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange, levelOf } from '@fangang/domain/offices/schema.ts';
import * as api from '@fangang/domain/trips/api-planning.ts';
import { findSeason } from '../offices/store.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { askPlan, planDays } from './planning.ts';
import { commitPlan, discardPlan, publishPlan, withdrawPlan } from './planning-commit.ts';
import { viewPlan, viewPlans } from './planning-view.ts';
import { countWaiting, readAreas, readFleet } from './store-planning.ts';

/** Who acts, as the journal names them. */
function by(ctx: Ctx, plan: string): { plan: string; now: string; actor: string; key: string } {
  return { plan, now: ctx.now, actor: ctx.actor, key: ctx.key };
}

export const routes: readonly Route[] = [
  route(api.askPlan, async (ctx, { body }) => {
    if (!ctx.asker) return refuse({ code: 'basics.not_signed_in' });
    const { key: _key, ...ask } = body;
    const asked = await askPlan(ctx.tx, ask, { scope: ctx.asker.scope, now: ctx.now });
    return asked.ok ? accept({ plans: [...asked.value] }) : asked;
  }),
  route(api.listPlans, async (ctx, { query }) => accept({ plans: await viewPlans(ctx.tx, query.season) })),
  route(api.readPlan, (ctx, { params }) => viewPlan(ctx.tx, params.planId)),
  route(api.commitPlan, (ctx, { params, body }) =>
    commitPlan(ctx.tx, {
      ...by(ctx, params.planId),
      publish: body.publish ?? true,
      secrets: ctx.services.secrets,
    }),
  ),
  route(api.discardPlan, (ctx, { params }) => discardPlan(ctx.tx, params.planId)),
  route(api.publishPlan, (ctx, { params }) => publishPlan(ctx.tx, by(ctx, params.planId))),
  route(api.withdrawPlan, (ctx, { params }) => withdrawPlan(ctx.tx, by(ctx, params.planId))),
  route(api.readPlanningGround, async (ctx, { query }) => {
    const season = await findSeason(ctx.tx, query.season);
    if (!season || !ctx.asker)
      return refuse({ code: 'trips.no_such_season', facts: { season: query.season } });
    const area = query.area ?? ctx.asker.areaCode;
    const range = areaRange(area);
    const days = planDays(season, ctx.now);
    const isCity = levelOf(area) === 'city';
    const waiting = await countWaiting(ctx.tx, season.id, range, isCity ? 6 : 9);
    const people = new Map(waiting.map((it) => [it.code, it.people]));
    const areas = await readAreas(ctx.tx, range, [isCity ? 'district' : 'town']);
    const fleet = isCity ? [] : await readFleet(ctx.tx, season.id, range, days);
    return accept({
      fromDay: days.from,
      toDay: days.to,
      waiting: waiting.reduce((sum, it) => sum + it.people, 0),
      areas: areas.map(({ level: _level, ...it }) => ({ ...it, waiting: people.get(it.code) ?? 0 })),
      fleet: fleet.map(({ day, seats, count }) => ({ day, seats, count })),
    });
  }),
];
