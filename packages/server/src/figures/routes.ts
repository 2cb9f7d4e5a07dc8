import { compareMoments, dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  FIGURE_READERS,
  readBulletin,
  readFigures,
  readFirstScreen,
  readRows,
  readWorkbench,
} from '@fangang/domain/figures/api.ts';
import type { Counts, UnmetGroup } from '@fangang/domain/figures/schema.ts';
import { sampleEmployer, sampleScope } from '../offices/scope.ts';
import { findSample, listSeasonRows } from '../offices/store.ts';
import type { Scope, Tx } from '../platform/database.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { within } from '../platform/services.ts';
import { ticketCodeOf } from '../trips/ticket-code.ts';
import { askedOf, type Wanted } from './asked.ts';
import { bulletinAsOf } from './bulletin.ts';
import { comparisonRoutes } from './routes-comparison.ts';
import { areaName, figuresAsOf, unmetAsOf } from './store.ts';
import type { Asked } from './store-fold.ts';
import { mapFlows, programmeNumbers } from './store-programme.ts';
import { figureRows } from './store-rows.ts';
import {
  departuresOf,
  findAtGate,
  findBoarding,
  findTicketToShow,
  openProposals,
  unsignedGates,
} from './store-today.ts';
import { IN_DRAFT_PLAN } from './store-unmet.ts';

/** The season that runs at a moment: the latest that has begun, else the first to come. */
async function seasonAt(tx: Tx, now: string): Promise<string | undefined> {
  const seasons = await listSeasonRows(tx);
  return (seasons.find((it) => it.from_day <= dayOf(now)) ?? seasons[0])?.id;
}

/** Whose eyes look at the figures: an office's own; in the sample everybody else sees what its leader sees. */
async function eyesOf(ctx: Ctx): Promise<Result<Scope>> {
  if (ctx.asker && FIGURE_READERS.includes(ctx.asker.role)) return accept(ctx.asker.scope);
  const scope = await sampleScope(ctx.services);
  if (scope) return accept(scope);
  return refuse({ code: ctx.asker ? 'basics.not_allowed' : 'basics.not_signed_in' });
}

/** Runs a question about figures with the right eyes, in the asker's transaction where those are the asker's own. */
async function ask<Value>(
  ctx: Ctx,
  wanted: Wanted,
  answer: (tx: Tx, asked: Asked) => Promise<Value>,
): Promise<Result<Value, Refusal>> {
  const eyes = await eyesOf(ctx);
  if (!eyes.ok) return eyes;
  const scope = eyes.value;
  const run = async (tx: Tx): Promise<Result<Value, Refusal>> => {
    const asked = askedOf(scope, wanted, { now: ctx.now, season: await seasonAt(tx, ctx.now) });
    return asked.ok ? accept(await answer(tx, asked.value)) : asked;
  };
  return scope === ctx.asker?.scope ? run(ctx.tx) : within(ctx.services, scope, run);
}

/** The reasons of people without a way are known for now only. */
function isNow(ctx: Ctx, asked: Asked): boolean {
  return asked.knownAt === null && compareMoments(asked.asOf, ctx.now) >= 0;
}

const figures = route(readFigures, (ctx, { query }) =>
  ask(ctx, query, (tx, asked) => figuresAsOf(tx, asked, { current: isNow(ctx, asked) })),
);

const rows = route(readRows, (ctx, { query }) =>
  ask(ctx, query, (tx, asked) => figureRows(tx, asked, query)),
);

const bulletin = route(readBulletin, (ctx, { query }) => ask(ctx, query, bulletinAsOf));

/** How many of those not yet placed a draft plan seats. */
function draftedOf(groups: readonly UnmetGroup[]): Counts['unmet'] {
  const drafted = groups.filter((it) => it.reason === IN_DRAFT_PLAN);
  return drafted.reduce((sum, it) => sum + it.persons, 0) as Counts['unmet'];
}

const firstScreen = route(readFirstScreen, async (ctx) => {
  const sample = await findSample(ctx.tx);
  const scope = sample && (await sampleScope(ctx.services));
  if (!sample || !scope) return refuse({ code: 'basics.not_found' });
  const employer = await sampleEmployer(ctx.services);
  return within(ctx.services, scope, async (tx) => {
    const asked = askedOf(scope, {}, { now: ctx.now, season: await seasonAt(tx, ctx.now) });
    if (!asked.ok) return asked;
    const { season, asOf, from } = asked.value;
    const { total, districts, flows, groups } = await unmetAsOf(tx, asked.value);
    const ticket = await findTicketToShow(tx, season, asOf);
    return accept({
      sample: { state: sample.state, share: sample.share },
      season,
      asOf,
      place: await areaName(tx, from),
      total,
      drafted: draftedOf(groups),
      districts,
      ...(await mapFlows(tx, ctx.services.city, flows)),
      programme: await programmeNumbers(tx, asked.value, { total, districts }),
      boardingTrip: await findBoarding(tx, season),
      unsignedTrip: employer ? await findAtGate(tx, season, { asOf, employer }) : null,
      ticketPath: ticket && `/t/${ticketCodeOf(ctx.services.secrets, ticket)}`,
    });
  });
});

const workbench = route(readWorkbench, (ctx) =>
  ask(ctx, {}, async (tx, asked) => {
    const { total, groups } = await unmetAsOf(tx, asked);
    return {
      season: asked.season,
      asOf: asked.asOf,
      wants: total.wants,
      unmet: total.unmet,
      unmetGroups: groups,
      departures: await departuresOf(tx, asked.season, dayOf(asked.asOf)),
      unsigned: await unsignedGates(tx, asked.season, asked.asOf),
      proposals: await openProposals(tx, asked.season),
    };
  }),
);

export const routes: readonly Route[] = [
  figures,
  rows,
  bulletin,
  firstScreen,
  workbench,
  ...comparisonRoutes,
];
