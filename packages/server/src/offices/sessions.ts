import { randomBytes } from 'node:crypto';
import { pendingStep, type SignInMethod } from '@fangang/domain/offices/rules-sign-in.ts';
import { type PendingStep, PLAIN_SIGN_IN, SignInSettings } from '@fangang/domain/offices/schema.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '../platform/http.ts';
import { type Services, within } from '../platform/services.ts';
import { askerFor, askerOf, scopeOf } from './scope.ts';
import { findStaff, type StaffRow } from './store.ts';
import type { DelegationFacts } from './store-delegation.ts';
import { noteOwn, revokeOwnDeviceById } from './store-own.ts';
import {
  closeSession,
  type DeviceOwner,
  findDevice,
  findSession,
  openSession,
  rotateSession,
  type SessionRow,
} from './store-sessions.ts';

const HOURS_12 = 12 * 3600;
/** A phone of the field keeps its token for two seasons; it ends when it is revoked. */
const DAYS_400 = 400 * 86_400;

export interface Http {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A session of this request: who, and what is left to do before it opens anything. */
export interface SessionHere {
  readonly id: string;
  readonly hash: Buffer;
  readonly staff: StaffRow;
  readonly method: SignInMethod;
  readonly pending: PendingStep | null;
  readonly hasSecondFactor: boolean;
  /** Somebody on leave whose role this session has taken; not `live` once that has ended. */
  readonly acting: DelegationFacts | null;
  readonly row: SessionRow;
  readonly settings: SignInSettings;
}

/** Settings as stored, or the plain ones. */
export function settingsOf(stored: unknown): SignInSettings {
  return SignInSettings.safeParse(stored).data ?? PLAIN_SIGN_IN;
}

function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}

/** Over HTTPS only the `__Host-` cookie counts: a neighbour's page cannot plant one. */
function cookieName(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name;
}

export function tokenOf(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[cookieName(request, name)];
}

/** Keeps a token in a cookie that no script reads; `maxAge` in seconds. */
export function setToken({ request, reply }: Http, name: string, token: string, maxAge: number): void {
  reply.setCookie(cookieName(request, name), token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecure(request),
    maxAge,
  });
}

export function clearToken({ request, reply }: Http, name: string): void {
  reply.clearCookie(cookieName(request, name), { path: '/', secure: isSecure(request) });
}

export const SESSION_COOKIE = 'fangang';
const DEVICE_COOKIE = 'fangang-device';

/** The browser's own name for itself, for the list of sessions. */
export function agentOf(request: FastifyRequest): string {
  return String(request.headers['user-agent'] ?? '');
}

const asked = new WeakMap<FastifyRequest, Promise<SessionHere | undefined>>();

/** The session of the cookie, looked up once for each request; undefined without one or after it has ended. */
export function sessionOfRequest(
  services: Services,
  request: FastifyRequest,
): Promise<SessionHere | undefined> {
  const known = asked.get(request) ?? lookUp(services, request);
  asked.set(request, known);
  return known;
}

async function lookUp(services: Services, request: FastifyRequest): Promise<SessionHere | undefined> {
  const token = tokenOf(request, SESSION_COOKIE);
  if (!token) return undefined;
  const hash = services.secrets.sessionHash(token);
  const row = await within(services, { kind: 'open' }, (tx) => findSession(tx, hash));
  return row && sessionHere(hash, row);
}

function sessionHere(hash: Buffer, row: SessionRow): SessionHere {
  const settings = settingsOf(row.settings);
  const hasSecondFactor = row.has_totp || row.passkeys > 0;
  const facts = {
    method: row.method,
    shownSecondFactor: row.second_factor,
    hasSecondFactor,
    mustChange: row.must_change,
    passwordDays: row.password_days,
    role: row.role,
  };
  return {
    id: row.session_id,
    hash,
    staff: row,
    method: row.method,
    pending: pendingStep(facts, settings),
    hasSecondFactor,
    acting: row.acting,
    row,
    settings,
  };
}

/** `GET /api/trips/:tripId` → roles whose phone opens it. */
export type FieldRights = ReadonlyMap<string, readonly string[]>;

/** The phone of the field behind this request, and its owner; undefined once either has ended. */
export async function deviceOfRequest(
  services: Services,
  request: FastifyRequest,
): Promise<{ device: DeviceOwner; staff: StaffRow } | undefined> {
  const token = tokenOf(request, DEVICE_COOKIE);
  if (!token) return undefined;
  const hash = services.secrets.sessionHash(`device|${token}`);
  return within(services, { kind: 'open' }, async (tx) => {
    const device = await findDevice(tx, hash);
    const staff = device && (await findStaff(tx, device.owner));
    return device && staff ? { device, staff } : undefined;
  });
}

/** Who acts for somebody asks with that role, area and office under the own name; once it has ended, with nothing at all. */
function askerOfSession({ staff, acting }: SessionHere): Asker {
  if (!acting) return askerOf(staff);
  return acting.live ? askerFor(staff, acting) : { ...askerOf(staff), ...STOPPED };
}

const STOPPED: Pick<Asker, 'scope' | 'stopped'> = {
  scope: { kind: 'open' },
  stopped: { code: 'basics.acting_ended' },
};

/**
 * Who asks: the account of the session, or, at the routes of the field, the owner of the phone. Null without either, and while a session
 * has a step left to do.
 *
 * @param field what a phone's token opens; nothing unless told
 */
export async function askerOfRequest(
  services: Services,
  request: FastifyRequest,
  field: FieldRights = new Map(),
): Promise<Asker | null> {
  const session = await sessionOfRequest(services, request);
  if (session) return session.pending === null ? askerOfSession(session) : null;
  const roles = field.get(`${request.method} ${request.routeOptions.url}`);
  const phone = roles && (await deviceOfRequest(services, request));
  return phone && roles.includes(phone.staff.role) ? askerOf(phone.staff) : null;
}

export interface Beginning {
  readonly staffId: string;
  readonly method: SignInMethod;
  readonly secondFactor?: boolean;
}

/**
 * Begins a session: an opaque token in a cookie no script can read, only its hash in the database. The session this browser had ends.
 *
 * Over HTTPS the cookie is `__Host-` and Secure; an intranet without certificates gets a plain one. Returns what is left to do.
 */
export async function beginSession(
  services: Services,
  { staffId, method, secondFactor = false }: Beginning,
  http: Http,
): Promise<PendingStep | null> {
  await leaveSession(services, http);
  const token = randomBytes(32).toString('base64url');
  const hash = services.secrets.sessionHash(token);
  const { request } = http;
  const row = await within(services, { kind: 'open' }, async (tx) => {
    await openSession(tx, {
      hash,
      staffId,
      method,
      secondFactor,
      agent: agentOf(request),
      address: request.ip ?? '',
    });
    return findSession(tx, hash);
  });
  setToken(http, SESSION_COOKIE, token, HOURS_12);
  return row ? sessionHere(hash, row).pending : null;
}

/** Gives a session that has stepped up a new token and says what is left; the old token opens nothing any more. */
export async function stepUp(
  services: Services,
  session: SessionHere,
  http: Http,
  shownSecondFactor: boolean,
): Promise<PendingStep | null> {
  const token = randomBytes(32).toString('base64url');
  const hash = services.secrets.sessionHash(token);
  const row = await within(services, { kind: 'open' }, async (tx) => {
    const done = await rotateSession(tx, session.hash, hash, shownSecondFactor);
    return done ? findSession(tx, hash) : undefined;
  });
  if (!row) return session.pending;
  setToken(http, SESSION_COOKIE, token, HOURS_12);
  return sessionHere(hash, row).pending;
}

/** Ends the session of this browser, if there is one. */
export async function leaveSession(services: Services, http: Http): Promise<void> {
  const token = tokenOf(http.request, SESSION_COOKIE);
  if (!token) return;
  await within(services, { kind: 'open' }, (tx) => closeSession(tx, services.secrets.sessionHash(token)));
  clearToken(http, SESSION_COOKIE);
}

/** Revokes the phone of the field that this browser is, if it is one. */
export async function leavePhone(services: Services, http: Http): Promise<void> {
  const phone = await deviceOfRequest(services, http.request);
  if (!phone) return;
  const { device_id: id } = phone.device;
  await within(services, scopeOf(phone.staff), async (tx) => {
    if (await revokeOwnDeviceById(tx, id)) await noteOwn(tx, 'offices.phone_revoked', id);
  });
  clearToken(http, DEVICE_COOKIE);
}

/** A new token for a phone, and what the database keeps of it. */
export function newDeviceToken(services: Services): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: services.secrets.sessionHash(`device|${token}`) };
}

export function keepDeviceToken(http: Http, token: string): void {
  setToken(http, DEVICE_COOKIE, token, DAYS_400);
}
