import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { listShares, readShare, shareTripWith, withdrawShareOf } from '@fangang/domain/trips/api-share.ts';
import {
  type ShareEvent,
  shareStateOn,
  shareTrip,
  withdrawShare,
} from '@fangang/domain/trips/rules-share.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { findTrip } from './store.ts';
import {
  addShare,
  endShare,
  findGiven,
  listGiven,
  listLooks,
  listReceived,
  lookAtShare,
} from './store-share.ts';

const MOST = 200;
const MOST_LOOKS = 2_000;
const LOOKS_SHOWN = 20;

async function tell({ tx, now, actor, key }: Ctx, subject: string, area: string, event: ShareEvent) {
  await append(tx, [{ at: now, actor, key, ordinal: 0, subject, area, ...event }], now);
}

const share = route(shareTripWith, async (ctx, { params, body }) => {
  const { tx, now, actor, asker } = ctx;
  const trip = await findTrip(tx, params.tripId);
  if (!trip || !asker) return refuse({ code: 'basics.not_found' });
  const decided = shareTrip(trip, body, dayOf(now));
  if (!decided.ok) return decided;
  const { area } = trip;
  const id = newId();
  const made = await addShare(tx, {
    ...{ id, area, trip: trip.id, officeId: asker.officeId, by: actor, at: now },
    ...{ to: body.to, until: body.until },
  });
  if (!made) return refuse({ code: 'trips.share_already' });
  const facts = { to: body.to, until: body.until };
  await noteAudit(tx, { actor, area, action: 'trips.share_given', subject: trip.id, facts });
  await tell(ctx, trip.id, area, decided.value);
  return accept({ shareId: id });
});

const list = route(listShares, async ({ tx, now }) => {
  const today = dayOf(now);
  const given = await listGiven(tx, MOST);
  const looks = await listLooks(tx, MOST_LOOKS);
  return accept({
    given: given.map(({ area: _, withdrawnAt, ...it }) => ({
      ...it,
      state: shareStateOn({ until: it.until, withdrawnAt }, today),
      looks: looks
        .filter((look) => look.share === it.id)
        .slice(0, LOOKS_SHOWN)
        .map(({ share: _share, ...look }) => look),
    })),
    received: await listReceived(tx, today),
  });
});

/** One that does not stand, was never ours or never was: the same bytes. */
const read = route(readShare, async ({ tx, now, actor, asker }, { params }) => {
  const today = dayOf(now);
  const found = (await listReceived(tx, today)).find((it) => it.id === params.shareId);
  if (!found || !asker) return refuse({ code: 'basics.not_found' });
  const { areaCode: area } = asker;
  await noteAudit(tx, { actor, area, action: 'trips.share_read', subject: found.id });
  return accept({ share: found, people: await lookAtShare(tx, found.id, { today, now }) });
});

const withdraw = route(withdrawShareOf, async (ctx, { params }) => {
  const { tx, now, actor } = ctx;
  const given = await findGiven(tx, params.shareId);
  if (!given) return refuse({ code: 'basics.not_found' });
  const decided = withdrawShare(given.id, shareStateOn(given, dayOf(now)));
  if (!decided.ok) return decided;
  await endShare(tx, given.id, now);
  const { area, tripId } = given;
  await noteAudit(tx, { actor, area, action: 'trips.share_withdrawn', subject: tripId });
  await tell(ctx, tripId, area, decided.value);
  return accept({});
});

/** Runs that districts of a labor cooperation show each other. */
export const shareRoutes: readonly Route[] = [share, list, read, withdraw];
