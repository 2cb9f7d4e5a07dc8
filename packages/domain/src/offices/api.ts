import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import {
  AreaCode,
  AreaLevel,
  DayText,
  PendingStep,
  PlaceCode,
  Role,
  SeasonId,
  SeasonSettings,
} from './schema.ts';

/** Who sits here, what the clock says, which season runs: the first thing every page asks. */
export const readSession = endpoint({
  name: 'offices.readSession',
  method: 'GET',
  path: '/api/session',
  reply: z.object({
    staff: z
      .object({
        id: z.string(),
        name: z.string(),
        namePinyin: z.string(),
        role: Role,
        areaCode: AreaCode,
        areaName: z.string(),
        areaPinyin: z.string(),
        officeName: z.string(),
      })
      .nullable(),
    /** Somebody on leave for whom this session acts, `staff` then has that role and area; not `live` once it has ended. */
    acting: z
      .object({
        id: z.uuid(),
        live: z.boolean(),
        name: z.string(),
        namePinyin: z.string(),
        until: DayText,
      })
      .nullable(),
    /** Signed in with a step left: nothing opens before it is done, and `staff` is null. */
    pending: z
      .object({ step: PendingStep, name: z.string(), passkey: z.boolean(), totp: z.boolean() })
      .nullable(),
    /** This browser is a phone of the field: only doors, gates and the ledger open. */
    device: z.boolean(),
    /** Name of the office's identity provider, where there is one. */
    provider: z.string().nullable(),
    /** Present only in a sample season: synthetic people, doors into each role. */
    sample: z.object({ state: z.enum(['filling', 'ready']), share: z.number() }).nullable(),
    clock: z.object({ now: z.string(), lunar: z.string(), sample: z.boolean(), speed: z.number() }),
    season: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  callers: ['anyone'],
  access: { resource: 'session', action: 'read', scope: ['self', 'open'] },
});

/** A role's door: signs in as that role. There is none outside a sample. */
export const openRoleDoor = endpoint({
  name: 'offices.openRoleDoor',
  method: 'POST',
  path: '/api/session/door',
  body: z.object({ role: Role, key: Key }),
  reply: z.object({}),
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'sample' },
});

/** Moves a sample's clock; refused where there is none. */
export const moveClock = endpoint({
  name: 'offices.moveClock',
  method: 'POST',
  path: '/api/clock',
  body: z.object({ to: z.enum(['nextMorning', 'february8', 'play', 'stop']), key: Key }),
  reply: z.object({}),
  callers: ['anyone'],
  access: { resource: 'clock', action: 'write', scope: 'sample' },
});

export const AreaLine = z.object({
  code: AreaCode,
  level: AreaLevel,
  name: z.string(),
  pinyin: z.string(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  estimated: z.boolean(),
});
export type AreaLine = z.infer<typeof AreaLine>;

/** Areas directly within one, or the city's districts. */
export const listAreas = endpoint({
  name: 'offices.listAreas',
  method: 'GET',
  path: '/api/areas',
  query: z.object({ within: AreaCode }),
  reply: z.object({ areas: z.array(AreaLine) }),
  callers: ['anyone'],
  access: { resource: 'area', action: 'list', scope: 'open' },
});

/** Counties and cities whose name holds a text: for destinations. */
export const findPlaces = endpoint({
  name: 'offices.findPlaces',
  method: 'GET',
  path: '/api/places',
  query: z.object({ text: z.string().min(1).max(40) }),
  reply: z.object({ places: z.array(z.object({ code: PlaceCode, name: z.string(), pinyin: z.string() })) }),
  callers: ['signedIn'],
  access: { resource: 'place', action: 'list', scope: 'open' },
});

export const listSeasons = endpoint({
  name: 'offices.listSeasons',
  method: 'GET',
  path: '/api/seasons',
  reply: z.object({
    seasons: z.array(
      z.object({
        id: SeasonId,
        festival: DayText,
        fromDay: DayText,
        toDay: DayText,
        settings: SeasonSettings,
      }),
    ),
  }),
  callers: ['anyone'],
  access: { resource: 'season', action: 'list', scope: 'open' },
});

/**
 * First steps of an installation with nobody in it: a season, the first administrator of a district, signed in at once.
 * Refused as soon as any staff exists.
 */
export const setUp = endpoint({
  name: 'offices.setUp',
  method: 'POST',
  path: '/api/set-up',
  body: z.object({
    district: AreaCode,
    festival: DayText,
    login: z.string().min(3).max(60),
    name: z.string().min(1).max(40),
    password: z.string().min(1).max(200),
    key: Key,
  }),
  reply: z.object({ season: SeasonId }),
  callers: ['anyone'],
  access: { resource: 'installation', action: 'write', scope: 'open' },
});
