import { momentAt, nextMorning } from '@fangang/domain/basics/moment.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  findPlaces,
  listAreas,
  listSeasons,
  moveClock,
  readSession,
  setUp,
} from '@fangang/domain/offices/api.ts';
import { FIRST_SIGN_IN } from '@fangang/domain/offices/schema.ts';
import { readClock } from '../platform/clock.ts';
import { type Route, route, sessionRoute } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { lunarDay } from '../platform/lunar.ts';
import { pinyinName, pinyinPlace } from '../platform/pinyin.ts';
import { within } from '../platform/services.ts';
import { providerSet } from './oidc.ts';
import { checkNewPassword, hashPassword } from './passwords.ts';
import { accountRoutes } from './routes-account.ts';
import { delegationRoutes } from './routes-delegation.ts';
import { factorRoutes } from './routes-factors.ts';
import { securityRoutes } from './routes-security.ts';
import { signInRoutes } from './routes-sign-in.ts';
import { staffRoutes } from './routes-staff.ts';
import { seasonName, seasonOf } from './season.ts';
import { beginSession, deviceOfRequest, type SessionHere, sessionOfRequest } from './sessions.ts';
import {
  findArea,
  findPlacesLike,
  findSample,
  listAreasWithin,
  listSeasonRows,
  moveSampleClock,
  type StaffRow,
  setUpFirst,
} from './store.ts';
import type { DelegationFacts } from './store-delegation.ts';

/** Seconds of the season in a second, when a sample is played. */
const PLAY_SPEED = 60;

function staffHere(staff: StaffRow) {
  return {
    id: staff.id,
    name: staff.name,
    namePinyin: pinyinName(staff.name),
    role: staff.role as never,
    areaCode: staff.area,
    areaName: staff.area_name,
    areaPinyin: staff.area_pinyin,
    officeName: staff.office_name,
  };
}

/** What a page shows of who acts for somebody: the own name, the other's role, area and office. */
function roleOf(it: DelegationFacts) {
  return {
    role: it.role,
    areaCode: it.area,
    areaName: it.area_name,
    areaPinyin: it.area_pinyin,
    officeName: it.office_name,
  };
}

function actingHere({ id, live, from_name: name, to_day: until }: DelegationFacts) {
  return { id, live, name, namePinyin: pinyinName(name), until };
}

function pendingHere(session: SessionHere | undefined) {
  if (!session?.pending) return null;
  const { has_totp: totp, passkeys, name } = session.row;
  return { step: session.pending, name, totp, passkey: passkeys > 0 };
}

const session = sessionRoute(readSession, async (services, _input, { request }) => {
  const here = await sessionOfRequest(services, request);
  const phone = here ? undefined : await deviceOfRequest(services, request);
  const staff = here?.pending === null ? here.staff : phone?.staff;
  const acting = here?.pending === null ? here.acting : null;
  return within(services, { kind: 'open' }, async (tx) => {
    const clock = await readClock(tx);
    const sample = await findSample(tx);
    const seasons = await listSeasonRows(tx);
    const season = seasons.find((it) => it.from_day <= clock.now.slice(0, 10)) ?? seasons[0];
    return accept({
      staff: staff ? { ...staffHere(staff), ...(acting?.live && roleOf(acting)) } : null,
      acting: acting ? actingHere(acting) : null,
      pending: pendingHere(here),
      device: phone !== undefined,
      provider: providerSet()?.name ?? null,
      sample: sample ? { state: sample.state, share: sample.share } : null,
      clock: {
        now: clock.now,
        lunar: lunarDay(clock.now.slice(0, 10)),
        sample: sample !== undefined,
        speed: clock.speed,
      },
      season: season ? { id: season.id, name: seasonName(season.id) } : null,
    });
  });
});

const turnClock = sessionRoute(moveClock, async (services, { body }) =>
  within(services, { kind: 'open' }, async (tx) => {
    const { now } = await readClock(tx);
    const to = {
      nextMorning: { mode: 'stands' as const, at: nextMorning(now), speed: 0 },
      february8: { mode: 'stands' as const, at: momentAt('2022-02-08', 17 * 60), speed: 0 },
      play: { mode: 'plays' as const, at: now, speed: PLAY_SPEED },
      stop: { mode: 'stands' as const, at: now, speed: 0 },
    }[body.to];
    return (await moveSampleClock(tx, to)) ? accept({}) : refuse({ code: 'basics.not_found' });
  }),
);

/** Only from the machine itself: until somebody has an account, whoever reaches the port could make the first one. */
const first = sessionRoute(setUp, async (services, { body }, http) => {
  if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(http.request.ip)) {
    return refuse({ code: 'offices.set_up_on_the_machine' });
  }
  const area = await within(services, { kind: 'open' }, (tx) => findArea(tx, body.district));
  if (area?.level !== 'district')
    return refuse({ code: 'offices.no_such_area', facts: { area: body.district } });
  const good = checkNewPassword('owasp', body.password, { login: body.login, hasSecondFactor: false });
  if (!good.ok) return good;
  const staff = {
    id: newId(),
    officeId: newId(),
    officeName: `${area.name}人力社保局`,
    officeKind: 'bureau' as const,
    area: area.code,
    login: body.login,
    name: body.name,
    role: 'dispatcher',
    employerId: null,
    passwordHash: await hashPassword(body.password),
  };
  const season = seasonOf(body.festival);
  const done = await within(services, { kind: 'open' }, (tx) => setUpFirst(tx, staff, season, FIRST_SIGN_IN));
  if (!done) return refuse({ code: 'offices.already_set_up' });
  await beginSession(services, { staffId: staff.id, method: 'password' }, http);
  return accept({ season: season.id });
});

const areas = route(listAreas, async ({ tx }, { query }) => {
  const rows = await listAreasWithin(tx, query.within);
  return accept({ areas: rows.map(({ parent: _, ...it }) => it) });
});

const places = route(findPlaces, async ({ tx }, { query }) => {
  const rows = await findPlacesLike(tx, query.text);
  return accept({
    places: rows.map((it) => ({ code: it.code, name: it.full_name, pinyin: pinyinPlace(it.full_name) })),
  });
});

const seasons = route(listSeasons, async ({ tx }) => {
  const rows = await listSeasonRows(tx);
  return accept({
    seasons: rows.map((it) => ({
      id: it.id,
      festival: it.festival,
      fromDay: it.from_day,
      toDay: it.to_day,
      settings: it.settings,
    })),
  });
});

export const routes: readonly Route[] = [
  session,
  turnClock,
  first,
  areas,
  places,
  seasons,
  ...signInRoutes,
  ...accountRoutes,
  ...factorRoutes,
  ...delegationRoutes,
  ...staffRoutes,
  ...securityRoutes,
];
