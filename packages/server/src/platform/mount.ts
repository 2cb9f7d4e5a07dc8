import { isReading } from '@fangang/domain/basics/api.ts';
import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readClock } from './clock.ts';
import { BUSY, type Defence, type Send } from './defence.ts';
import { type AnyEndpoint, type Asker, type Ctx, type FileReply, languageOf, type Route } from './http.ts';
import { inputOf } from './input.ts';
import { laneOf } from './lanes.ts';
import { problemOf, refuseWith, sendJson, statusOf } from './problem.ts';
import { makeRecentAnswers, type RecentAnswers } from './recent-answers.ts';
import { bodyHash, once } from './request.ts';
import { checkRoutes } from './route-check.ts';
import { type Services, within } from './services.ts';
import { takeUpload, type Upload } from './upload.ts';

type AskerOf = (request: FastifyRequest) => Promise<Asker | null>;
type Input = Extract<ReturnType<typeof inputOf>, { ok: true }>;

/** What stands behind every route of one mounting. */
interface Behind {
  readonly services: Services;
  readonly askerOf: AskerOf;
  readonly defence: Defence | undefined;
  readonly recent: RecentAnswers;
}

/** One request on its way through. */
interface At {
  readonly asker: Asker | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly upload: Upload | null;
}

function mayCall(endpoint: AnyEndpoint, asker: Asker | null): Refusal | null {
  if (endpoint.callers.includes('anyone')) return null;
  if (!asker) return { code: 'basics.not_signed_in' };
  if (asker.stopped && endpoint.access.scope !== 'self') return asker.stopped;
  if (endpoint.callers.includes('signedIn') || endpoint.callers.includes(asker.role)) return null;
  return { code: 'basics.not_allowed' };
}

/** A write from another site's page is refused: the cookie alone is not consent. Old browsers say only where the page is from. */
function isForeign(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  return typeof origin === 'string' && origin.replace(/^https?:\/\//, '') !== host;
}

/** A form is taken where a file is asked for, and nowhere else. */
function isWrongType(endpoint: AnyEndpoint, request: FastifyRequest): boolean {
  return request.isMultipart() !== (endpoint.file === 'up');
}

/** A paper to look at opens in the browser, whose viewer a strict policy would shut; anything else is saved. */
function sendFile(reply: FastifyReply, file: FileReply): FastifyReply {
  const isPaper = file.type === 'application/pdf';
  if (isPaper) reply.header('content-security-policy', "base-uri 'none'; frame-ancestors 'none'");
  return reply
    .headers({
      'content-type': file.type,
      'content-disposition': `${isPaper ? 'inline' : 'attachment'}; filename*=UTF-8''${rfc5987(file.name)}`,
    })
    .send(file.body);
}

/** A file's name for a header: nothing in it can end the value. Source: RFC 5987, section 3.2.1. */
function rfc5987(name: string): string {
  // Half a character has no UTF-8.
  const whole = Buffer.from(name, 'utf8').toString('utf8');
  return encodeURIComponent(whole).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Refuses before any rule was asked, and tells the log: whoever tries doors shows there. */
function turnAway(
  { services }: Behind,
  it: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  asker: Asker | null = null,
): FastifyReply {
  const facts = {
    request: request.id,
    method: request.method,
    route: it.endpoint.path,
    code: refusal.code,
    ...(asker && { account: asker.id }),
  };
  services.log.warn(facts, 'a request was turned away');
  return refuseWith(reply, refusal);
}

/**
 * The reply as its schema says it: a field that is not listed stays behind. One that does not fit is a fault of ours; the fault
 * names the place and no value.
 */
function fitted(endpoint: AnyEndpoint, value: unknown): unknown {
  const fits = endpoint.reply.safeParse(value);
  if (fits.success) return fits.data;
  const places = fits.error.issues.map((it) =>
    it.path.map((at) => (typeof at === 'number' ? '#' : at)).join('.'),
  );
  throw new RangeError(`the reply of ${endpoint.name} does not fit at ${[...new Set(places)].join(' and ')}`);
}

/**
 * Mounts routes, all of which say what they do to which rows; each runs in one transaction with the scope of who asks.
 *
 * In this order: other sites, rate, who asks, whether the role may, form or JSON, file, schema, turn, rule, schema of the reply.
 */
export function mount(
  app: FastifyInstance,
  services: Services,
  routes: readonly Route[],
  askerOf: AskerOf,
  defence?: Defence,
): void {
  checkRoutes(routes.map((it) => it.endpoint));
  for (const { endpoint, session } of routes) {
    if (!isReading(endpoint) && endpoint.callers.includes('anyone') && !session) {
      throw new Error(
        `${endpoint.name}: a write by anyone keeps no reply under its key; make it a session route`,
      );
    }
  }
  const behind: Behind = { services, askerOf, defence, recent: makeRecentAnswers() };
  for (const it of routes) {
    app.route({
      method: it.endpoint.method,
      url: it.endpoint.path,
      handler: (request, reply) => handle(behind, it, request, reply),
    });
  }
}

async function handle(
  behind: Behind,
  it: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { endpoint } = it;
  const { defence, services } = behind;
  const lane = laneOf(endpoint);
  const away = (refusal: Refusal, who: Asker | null = null) =>
    turnAway(behind, it, request, reply, refusal, who);
  if (isForeign(request)) return away({ code: 'basics.not_allowed' });
  const flood = defence?.ofAddress(lane, request.ip);
  if (flood) return away(flood);
  const asked = await inTurn(behind, it, async () => ({ asker: await behind.askerOf(request) }));
  if (!asked) return refuseWith(reply, BUSY);
  const { asker } = asked;
  const tooMany = asker && defence?.ofAccount(lane, asker.id);
  const forbidden = tooMany || mayCall(endpoint, asker);
  if (forbidden) return away(forbidden, asker);
  if (isWrongType(endpoint, request)) return away({ code: 'basics.wrong_type' }, asker);
  const taken = endpoint.takes ? await takeUpload(request, services.dataDir, endpoint.takes) : null;
  if (taken && !taken.ok) return away(taken.refusal, asker);
  const upload = taken?.value ?? null;
  try {
    const input = inputOf(endpoint, request, upload?.fields ?? null);
    if (!input.ok) return away(input.refusal, asker);
    const at = { asker, request, reply, upload };
    const send = await inTurn(behind, it, () =>
      it.session ? inSession(behind, it, at, input) : inTransaction(behind, it, at, input),
    );
    return send ? send() : refuseWith(reply, BUSY);
  } finally {
    await upload?.remove();
  }
}

function inTurn<Value>(
  { defence }: Behind,
  { endpoint }: Route,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  return defence ? defence.turns.take(laneOf(endpoint), work) : work();
}

/** Makes or ends a session. The same key again: the same answer, or where it set a cookie the step again, which is harmless. */
async function inSession(behind: Behind, it: Route, at: At, input: Input): Promise<Send> {
  const { services, recent } = behind;
  const { reply, request, asker } = at;
  const name = `${input.key}|${asker?.id ?? 'anyone'}|${it.endpoint.name}`;
  const hash = bodyHash(services.secrets, input.value.body).toString('base64');
  const known = recent.look(name, hash);
  if (known === 'otherBody') return () => refuseWith(reply, { code: 'basics.key_reused' });
  if (known !== 'new') return () => sendJson(reply, known.status, known.body);
  const answer = (await it.session?.(services, input.value, { request, reply })) as Result<unknown>;
  const status = answer.ok ? 200 : statusOf(answer.refusal.code);
  const body = JSON.stringify(answer.ok ? fitted(it.endpoint, answer.value) : problemOf(answer.refusal));
  if (!isReading(it.endpoint)) {
    recent.keep(name, hash, reply.hasHeader('set-cookie') ? null : { status, body });
  }
  return () => sendJson(reply, status, body);
}

async function inTransaction(behind: Behind, it: Route, at: At, input: Input): Promise<Send> {
  const { services } = behind;
  const { asker, request, reply, upload } = at;
  const { endpoint } = it;
  const actor = asker?.id ?? 'anyone';
  const done = await within(services, asker?.scope ?? { kind: 'open' }, async (tx) => {
    const { now } = await readClock(tx);
    const language = languageOf(request);
    const ctx: Ctx = { tx, services, asker, actor, now, language, key: input.key, upload };
    const answer = async () => {
      const said = await it.run(ctx, input.value);
      return said.ok && endpoint.file !== 'down'
        ? { ok: true as const, value: fitted(endpoint, said.value) }
        : said;
    };
    if (isReading(endpoint)) return { said: await answer() };
    const name = `${endpoint.method} ${endpoint.path}`;
    const body = {
      params: input.value.params,
      body: input.value.body,
      ...(upload && { file: upload.sha256 }),
    };
    const stored = await once(
      tx,
      services.secrets,
      { key: input.key, actor, route: name, body },
      async () => {
        const said = await answer();
        return said.ok
          ? { status: 200, reply: said.value }
          : { status: statusOf(said.refusal.code), reply: problemOf(said.refusal) };
      },
    );
    return { stored };
  });
  const { stored } = done;
  if (stored) return () => sendJson(reply, stored.status, stored.body);
  const { said } = done as { said: Result<unknown> };
  if (!said.ok) return () => refuseWith(reply, said.refusal);
  if (endpoint.file === 'down') return () => sendFile(reply, said.value as FileReply);
  const body = JSON.stringify(said.value);
  return () => sendJson(reply, 200, body);
}
