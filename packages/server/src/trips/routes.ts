import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  cancelTripNow,
  listArrivals,
  listTrips,
  publishTrip,
  readGate,
  readTrip,
} from '@fangang/domain/trips/api.ts';
import { tripPublished } from '@fangang/domain/trips/journal.ts';
import { tripMay } from '@fangang/domain/trips/rules.ts';
import { cancelTrip } from '@fangang/domain/trips/rules-boarding.ts';
import { findSeason } from '../offices/store.ts';
import { type Route, route } from '../platform/http.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { commit, countsOf, NO_TRIP, record, takeTrip } from './door.ts';
import { importRoutes } from './routes-import.ts';
import { personRoutes } from './routes-person.ts';
import { shareRoutes } from './routes-share.ts';
import {
  countTripDays,
  findTrip,
  listArrivalsAt,
  listGateArrivals,
  listPassengers,
  listStops,
  listTripLines,
  settingsOf,
} from './store.ts';
import { writePublished } from './store-door.ts';

const list = route(listTrips, async ({ tx }, { query }) => {
  const season = await findSeason(tx, query.season);
  if (!season) return refuse({ code: 'trips.no_such_season', facts: { season: query.season } });
  const filter = {
    season: query.season,
    day: query.day ?? null,
    status: query.status ?? null,
    role: query.role ?? null,
  };
  const days = await countTripDays(tx, filter);
  const trips = await listTripLines(tx, filter, query);
  const total = query.day
    ? (days.find((it) => it.day === query.day)?.trips ?? 0)
    : days.reduce((sum, it) => sum + it.trips, 0);
  return accept({ trips, total, minLoad: season.settings.minLoad, days });
});

const one = route(readTrip, async ({ tx }, { params }) => {
  const trip = await findTrip(tx, params.tripId);
  if (!trip) return refuse(NO_TRIP);
  const stops = await listStops(tx, trip.id);
  const passengers = await listPassengers(tx, trip.id);
  const open = stops.find((it) => it.openedAt !== null && it.departedAt === null);
  const { driverIds: _drivers, escortId: _escort, carriage: _carriage, ...line } = trip;
  return accept({
    trip: { ...line, escortPinyin: line.escortName && pinyinName(line.escortName) },
    stops: stops.map(({ gateId: _gate, ...stop }) => stop),
    passengers,
    counts: countsOf(passengers),
    atStop: open?.no ?? null,
    settings: await settingsOf(tx, trip.season),
  });
});

const publish = route(publishTrip, async (ctx, { params }) => {
  const taken = await takeTrip(ctx, params.tripId);
  if (!taken.ok) return taken;
  const { row } = taken.value;
  if (!tripMay(row.status, 'published')) {
    return refuse({ code: 'trips.not_committed', facts: { status: row.status } });
  }
  await writePublished(ctx.tx, row.id, ctx.now);
  await record(ctx, row.season, [tripPublished(row)]);
  return accept({ status: 'published' as const });
});

const cancel = route(cancelTripNow, async (ctx, { params, body }) => {
  const taken = await takeTrip(ctx, params.tripId);
  if (!taken.ok) return taken;
  const decided = cancelTrip(taken.value.door, body.reason);
  if (!decided.ok) return decided;
  const done = await commit(ctx, taken.value, decided.value);
  if (!done.ok) return done;
  return accept({ status: done.value.status, people: taken.value.legs.size });
});

const gate = route(readGate, async ({ tx }, { params }) => {
  const trip = await findTrip(tx, params.tripId);
  if (!trip) return refuse(NO_TRIP);
  const stops = (await listStops(tx, trip.id)).filter((it) => it.kind === 'gate');
  const people = await listArrivalsAt(tx, trip.id);
  const { id, code, status, plate, nth, area, areaName, areaPinyin, departAt, arriveAt } = trip;
  return accept({
    trip: { id, code, status, plate, nth, area, areaName, areaPinyin, departAt, arriveAt },
    stops: stops.map(({ gateId: _gate, ...stop }) => ({
      ...stop,
      people: people.filter((it) => it.alight === stop.no).map(({ alight: _alight, ...person }) => person),
    })),
  });
});

const arrivals = route(listArrivals, async ({ tx }, { query }) =>
  accept({ arrivals: await listGateArrivals(tx, query.season, query.fromDay ?? null) }),
);

/** Trips as offices and employers read them, and what is decided about a trip as a whole. */
export const routes: readonly Route[] = [
  list,
  one,
  publish,
  cancel,
  gate,
  arrivals,
  ...shareRoutes,
  ...importRoutes,
  ...personRoutes,
];
