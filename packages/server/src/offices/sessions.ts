import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '../platform/http.ts';
import { type Services, within } from '../platform/services.ts';
import { askerOf } from './scope.ts';
import { endSession, findStaffOfSession, type StaffRow, startSession } from './store.ts';

const PLAIN = 'fangang';
const HOST_ONLY = '__Host-fangang';
const HOURS_12 = 12 * 3600;

function tokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[HOST_ONLY] ?? request.cookies[PLAIN];
}

/** Who asks, by the session of the cookie; null without one or after it has ended. */
export async function askerOfRequest(services: Services, request: FastifyRequest): Promise<Asker | null> {
  const staff = await staffOfRequest(services, request);
  return staff ? askerOf(staff) : null;
}

export async function staffOfRequest(
  services: Services,
  request: FastifyRequest,
): Promise<StaffRow | undefined> {
  const token = tokenOf(request);
  if (!token) return undefined;
  const hash = services.secrets.sessionHash(token);
  return within(services, { kind: 'open' }, (tx) => findStaffOfSession(tx, hash));
}

/**
 * Begins a session: an opaque token in a cookie no script can read, only its hash in the database.
 *
 * Over HTTPS the cookie is `__Host-` and Secure; an intranet without certificates gets a plain one.
 */
export async function beginSession(
  services: Services,
  staffId: string,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  await leaveSession(services, { request, reply });
  const token = randomBytes(32).toString('base64url');
  await within(services, { kind: 'open' }, (tx) =>
    startSession(tx, services.secrets.sessionHash(token), staffId),
  );
  const secure = request.protocol === 'https';
  reply.setCookie(secure ? HOST_ONLY : PLAIN, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: HOURS_12,
  });
}

/** Ends the session of this browser, if there is one. */
export async function leaveSession(
  services: Services,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const token = tokenOf(request);
  if (!token) return;
  await within(services, { kind: 'open' }, (tx) => endSession(tx, services.secrets.sessionHash(token)));
  reply.clearCookie(PLAIN, { path: '/' });
  reply.clearCookie(HOST_ONLY, { path: '/', secure: true });
}
