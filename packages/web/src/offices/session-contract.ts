import { endpoint } from '@fangang/domain/basics/api.ts';
import { z } from 'zod';

export const readSession = endpoint({
  name: 'offices.readSession',
  method: 'GET',
  path: '/api/session',
  reply: z.object({
    staff: z
      .object({
        id: z.string(),
        name: z.string(),
        role: z.string(),
        areaCode: z.string(),
        areaName: z.string(),
        areaPinyin: z.string(),
        officeName: z.string(),
      })
      .nullable(),
    sample: z.boolean(),
    clock: z.object({ now: z.string(), lunar: z.string(), sample: z.boolean(), speed: z.number() }),
    season: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  callers: ['anyone'],
});

export const signIn = endpoint({
  name: 'offices.signIn',
  method: 'POST',
  path: '/api/session',
  body: z.object({ login: z.string(), password: z.string() }),
  reply: z.object({}),
  callers: ['anyone'],
});

export const signOut = endpoint({
  name: 'offices.signOut',
  method: 'POST',
  path: '/api/session/end',
  reply: z.object({}),
  callers: ['anyone'],
});

export const moveClock = endpoint({
  name: 'offices.moveClock',
  method: 'POST',
  path: '/api/clock',
  body: z.object({ to: z.enum(['nextMorning', 'february8', 'play', 'stop']) }),
  reply: z.object({}),
  callers: ['anyone'],
});
