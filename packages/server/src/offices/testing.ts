import type { Role } from '@fangang/domain/offices/schema.ts';
import type { FastifyInstance } from 'fastify';
import { generateSync } from 'otplib';
import { vi } from 'vitest';
import { openEdge } from '../platform/edge.ts';
import type { Route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { mount } from '../platform/mount.ts';
import { asOwner } from '../platform/owner.ts';
import type { Services } from '../platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { hashPassword } from './passwords.ts';
import { seasonOf } from './season.ts';
import { askerOfRequest } from './sessions.ts';
import { addSeason, addStaff } from './store.ts';
import { loadPlaces } from './store-places.ts';

/** A house for tests: real database with places and the season 2022-spring, an app with the given routes. */
export interface TestHouse {
  readonly fresh: FreshDatabase;
  readonly services: Services;
  readonly app: FastifyInstance;
  /** Makes an account and gives its id and a cookie that is signed in. */
  signIn(role: Role, area: string, employerId?: string): Promise<{ id: string; cookie: string }>;
  close(): Promise<void>;
}

/** The phone's authenticator of a test: `turn` gives the code of the next thirty seconds and moves the wall's clock there, where it stands. */
export function testAuthenticator(secret: string): {
  readonly code: () => string;
  readonly turn: () => string;
} {
  vi.useFakeTimers({ toFake: ['Date'] });
  const code = () => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) });
  const turn = () => {
    vi.setSystemTime(Date.now() + 30_000);
    return code();
  };
  return { code, turn };
}

const PASSWORD = 'a password for tests';
const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts: object) => process.stderr.write(`${String((facts as { err?: Error }).err?.stack)}\n`),
};

export async function testHouse(routes: readonly Route[]): Promise<TestHouse> {
  const fresh = await freshDatabase();
  const services: Services = {
    db: fresh.db,
    city: fresh.city,
    secrets: fresh.secrets,
    dataDir: `/tmp/fangang-test-${newId()}`,
    log: silent,
  };
  await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    await loadPlaces(tx, fresh.city);
    await addSeason(tx, seasonOf('2022-02-01'));
  });
  const app = await openEdge(services);
  mount(app, services, routes, (request) => askerOfRequest(services, request));
  const passwordHash = await hashPassword(PASSWORD);
  let number = 0;
  return {
    fresh,
    services,
    app,
    signIn: async (role, area, employerId) => {
      const staff = {
        id: newId(),
        officeId: newId(),
        officeKind: 'bureau' as const,
        officeName: `office ${++number}`,
      };
      const login = `${role}${number}`;
      await asOwner(fresh.adminUrl, fresh.city, (tx) =>
        addStaff(tx, {
          ...staff,
          area,
          login,
          name: login,
          role,
          employerId: employerId ?? null,
          passwordHash,
        }),
      );
      const { beginSession } = await import('./sessions.ts');
      let kept = '';
      const reply = {
        setCookie: (name: string, value: string) => {
          kept = `${name}=${value}`;
        },
      };
      await beginSession(services, { staffId: staff.id, method: 'password' }, {
        request: { cookies: {}, headers: {}, protocol: 'http', ip: '' },
        reply,
      } as never);
      return { id: staff.id, cookie: kept };
    },
    close: async () => {
      await app.close();
      await fresh.close();
    },
  };
}

export { PASSWORD as TEST_PASSWORD };
