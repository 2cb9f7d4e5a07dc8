import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  arriveAtStop,
  boardPerson,
  countHeadsAt,
  departFrom,
  findAtDoor,
  holdPerson,
  openTripDoor,
  signForPeople,
  undoBoardingOf,
} from '@fangang/domain/trips/api.ts';
import {
  allNormal,
  arrive,
  board,
  countHeads,
  depart,
  hold,
  openDoor,
  signFor,
  undoBoarding,
} from '@fangang/domain/trips/rules-boarding.ts';
import { type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { legOf, lookUp, NO_TRIP, step } from './door.ts';
import { addHandover, findStopOwner, lockTrip } from './store-door.ts';

const open = route(openTripDoor, (ctx, { params, body }) =>
  step(ctx, params.tripId, ({ door }) => openDoor(door, body.stop)),
);

const boarding = route(boardPerson, (ctx, { params, body }) =>
  step(ctx, params.tripId, async (at) => {
    const leg = await legOf(ctx, at, body.who);
    if (!leg.ok) return leg;
    const check = body.check === 'allNormal' ? allNormal(at.settings) : body.check;
    return board(at.door, leg.value, check, at.settings);
  }),
);

const holding = route(holdPerson, (ctx, { params, body }) =>
  step(ctx, params.tripId, async (at) => {
    const leg = await legOf(ctx, at, body.who);
    return leg.ok ? hold(at.door, leg.value, body.reason) : leg;
  }),
);

const undo = route(undoBoardingOf, (ctx, { params, body }) =>
  step(ctx, params.tripId, ({ door }) => undoBoarding(door, body.leg)),
);

const heads = route(countHeadsAt, (ctx, { params, body }) =>
  step(ctx, params.tripId, ({ door }) => countHeads(door, body.stop, body.heads)),
);

const leave = route(departFrom, (ctx, { params, body }) =>
  step(ctx, params.tripId, ({ door }) => depart(door, body.stop)),
);

/** An employer reaches and signs at the own gates only; another's is as if it were not there. */
async function isInSight(ctx: Parameters<typeof step>[0], tripId: string, stop: number): Promise<boolean> {
  return ctx.asker?.scope.kind !== 'employer' || (await findStopOwner(ctx.tx, tripId, stop)) !== undefined;
}

const reach = route(arriveAtStop, (ctx, { params, body }) =>
  step(ctx, params.tripId, async ({ door }) => {
    if (await isInSight(ctx, params.tripId, body.stop)) return arrive(door, body.stop);
    return refuse({ code: 'trips.no_such_stop', facts: { stop: body.stop } });
  }),
);

const sign = route(signForPeople, (ctx, { params, body }) =>
  step(ctx, params.tripId, async ({ door, row }) => {
    const { stop, heads: n, signerName, signature, note } = body;
    const owner = await findStopOwner(ctx.tx, params.tripId, stop);
    if (!owner) return refuse({ code: 'trips.no_such_stop', facts: { stop } });
    const decided = signFor(door, stop, n);
    if (!decided.ok) return decided;
    await addHandover(ctx.tx, {
      id: newId(),
      area: row.area,
      trip: row.id,
      stop,
      employerId: owner.employerId,
      heads: n,
      signedBy: ctx.actor,
      signerName,
      signature: signature || null,
      note: note || null,
      at: ctx.now,
    });
    return decided;
  }),
);

const find = route(findAtDoor, async (ctx, { params, body }) => {
  const trip = await lockTrip(ctx.tx, params.tripId);
  if (!trip) return refuse(NO_TRIP);
  if (body.code) return accept(await lookUp(ctx, trip, { code: body.code }));
  return accept(body.tail ? await lookUp(ctx, trip, { tail: body.tail }) : { legs: [], other: null });
});

/** Every step at a vehicle's door and at a factory gate. */
export const routes: readonly Route[] = [open, boarding, holding, undo, heads, leave, reach, sign, find];
