import type { Caller, Endpoint } from '@fangang/domain/basics/api.ts';
import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { readClock } from './clock.ts';
import type { Scope, Tables } from './database.ts';
import { newId } from './ids.ts';
import { once } from './request.ts';
import { type Services, within } from './services.ts';
import { takeUpload, type Upload } from './upload.ts';

/** Who asks, as far as the doors of the house must know: role, eyes, place. */
export interface Asker {
  readonly id: string;
  readonly role: Caller;
  readonly scope: Scope;
  readonly areaCode: string;
  readonly officeId: string;
  readonly employerId: string | null;
}

/** What a route works with: one transaction in the asker's scope. */
export interface Ctx {
  readonly tx: Transaction<Tables>;
  readonly services: Services;
  readonly asker: Asker | null;
  /** Name of the asker in the journal: the staff's id, or `anyone`. */
  readonly actor: string;
  /** The installation's clock, ISO 8601 +08:00. */
  readonly now: string;
  readonly language: Language;
  /** Idempotency key of a write. */
  readonly key: string;
  readonly upload: Upload | null;
}

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
interface Input<E extends AnyEndpoint> {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: z.output<E['body']>;
}

/** A file as an answer, of an endpoint with `file: 'down'`. */
export interface FileReply {
  readonly name: string;
  readonly type: string;
  readonly body: Buffer | string;
}
type Answer<E extends AnyEndpoint> = z.input<E['reply']> | FileReply;

export interface Route {
  readonly endpoint: AnyEndpoint;
  readonly run: (ctx: Ctx, input: Input<AnyEndpoint>) => Promise<Result<unknown>>;
  /** Runs outside a transaction, with the raw answer (cookies); never stored for replay. */
  readonly session?: (
    services: Services,
    input: Input<AnyEndpoint>,
    http: { request: FastifyRequest; reply: FastifyReply },
  ) => Promise<Result<unknown>>;
}

/** One endpoint and what answers it: a read, or a command whose reply is kept under its key. */
export function route<E extends AnyEndpoint>(
  endpoint: E,
  run: (ctx: Ctx, input: Input<E>) => Promise<Result<Answer<E>>>,
): Route {
  return { endpoint, run: run as Route['run'] };
}

/** A route that makes or ends a session: sets cookies, is never stored. */
export function sessionRoute<E extends AnyEndpoint>(
  endpoint: E,
  session: (
    services: Services,
    input: Input<E>,
    http: { request: FastifyRequest; reply: FastifyReply },
  ) => Promise<Result<z.input<E['reply']>>>,
): Route {
  const run: Route['run'] = () => Promise.reject(new Error('a session route has no transaction'));
  return { endpoint, run, session: session as NonNullable<Route['session']> };
}

const STATUS: Readonly<Record<string, number>> = {
  'basics.bad_input': 400,
  'basics.not_signed_in': 401,
  'basics.not_allowed': 403,
  'basics.not_found': 404,
  'basics.key_reused': 422,
  'basics.too_many': 429,
};

function statusOf(code: string): number {
  return STATUS[code] ?? (code.includes('.no_such') || code.endsWith('not_found') ? 404 : 409);
}

/** RFC 9457 problem details of a refusal. */
function problemOf(refusal: Refusal): { status: number; code: string; facts: Refusal['facts'] } {
  return { status: statusOf(refusal.code), code: refusal.code, facts: refusal.facts ?? {} };
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return reply.code(status).header('content-type', `${type}; charset=utf-8`).send(body);
}

function refuseWith(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return send(reply, statusOf(refusal.code), JSON.stringify(problemOf(refusal)));
}

/** Parses the parts of a request strictly: an unknown field of a body is refused, not ignored. */
function inputOf(
  endpoint: AnyEndpoint,
  request: FastifyRequest,
  fields: Record<string, string> | null,
): { ok: true; value: Input<AnyEndpoint>; key: string } | { ok: false; refusal: Refusal } {
  const rawBody = { ...((fields ?? request.body ?? {}) as Record<string, unknown>) };
  const key = typeof rawBody.key === 'string' ? rawBody.key : null;
  const knowsKey = endpoint.body instanceof z.ZodObject && 'key' in endpoint.body.shape;
  if (!knowsKey) delete rawBody.key;
  const strict = endpoint.body instanceof z.ZodObject ? endpoint.body.strict() : endpoint.body;
  const params = endpoint.params.safeParse(request.params ?? {});
  const query = endpoint.query.safeParse(request.query ?? {});
  const body = strict.safeParse(rawBody);
  const bad = [params, query, body].find((it) => !it.success);
  const badKey = key !== null && !z.uuid().safeParse(key).success;
  if (bad || badKey) {
    const field = bad?.error?.issues[0]?.path.join('.') ?? 'key';
    return { ok: false, refusal: { code: 'basics.bad_input', facts: { field } } };
  }
  const value = { params: params.data, query: query.data, body: body.data } as Input<AnyEndpoint>;
  return { ok: true, value, key: key ?? newId() };
}

function mayCall(endpoint: AnyEndpoint, asker: Asker | null): Refusal | null {
  if (endpoint.callers.includes('anyone')) return null;
  if (!asker) return { code: 'basics.not_signed_in' };
  if (endpoint.callers.includes('signedIn') || endpoint.callers.includes(asker.role)) return null;
  return { code: 'basics.not_allowed' };
}

/** A write from another site's page is refused: the cookie alone is not consent. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return request.method !== 'GET' && typeof site === 'string' && site !== 'same-origin' && site !== 'none';
}

export function languageOf(request: FastifyRequest): Language {
  const chosen = request.headers['x-language'] ?? request.headers['accept-language'] ?? '';
  return String(chosen).trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
}

function fileAnswer(reply: FastifyReply, file: FileReply): FastifyReply {
  return reply
    .header('content-type', file.type)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(file.body);
}

/** Mounts routes; each runs in one transaction with the scope of who asks. */
export function mount(
  app: FastifyInstance,
  services: Services,
  routes: readonly Route[],
  askerOf: (request: FastifyRequest) => Promise<Asker | null>,
): void {
  for (const it of routes) {
    app.route({
      method: it.endpoint.method,
      url: it.endpoint.path,
      handler: (request, reply) => handle(services, it, askerOf, request, reply),
    });
  }
}

async function handle(
  services: Services,
  it: Route,
  askerOf: (request: FastifyRequest) => Promise<Asker | null>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { endpoint } = it;
  if (isForeign(request)) return refuseWith(reply, { code: 'basics.not_allowed' });
  const asker = await askerOf(request);
  const forbidden = mayCall(endpoint, asker);
  if (forbidden) return refuseWith(reply, forbidden);
  const upload = endpoint.file === 'up' ? await takeUpload(request, services.dataDir) : null;
  try {
    const input = inputOf(endpoint, request, upload?.fields ?? null);
    if (!input.ok) return refuseWith(reply, input.refusal);
    if (it.session) {
      const answer = await it.session(services, input.value, { request, reply });
      return answer.ok ? send(reply, 200, JSON.stringify(answer.value)) : refuseWith(reply, answer.refusal);
    }
    return await inTransaction(services, it, { asker, request, reply, upload }, input);
  } finally {
    await upload?.remove();
  }
}

async function inTransaction(
  services: Services,
  it: Route,
  at: { asker: Asker | null; request: FastifyRequest; reply: FastifyReply; upload: Upload | null },
  input: { value: Input<AnyEndpoint>; key: string },
): Promise<FastifyReply> {
  const { asker, request, reply, upload } = at;
  const { endpoint } = it;
  const actor = asker?.id ?? 'anyone';
  const done = await within(services, asker?.scope ?? { kind: 'open' }, async (tx) => {
    const { now } = await readClock(tx);
    const ctx: Ctx = {
      tx,
      services,
      asker,
      actor,
      now,
      language: languageOf(request),
      key: input.key,
      upload,
    };
    if (endpoint.method === 'GET' || !asker || upload) {
      const answer = await it.run(ctx, input.value);
      return answer.ok ? { value: answer.value } : { refusal: answer.refusal };
    }
    const name = `${endpoint.method} ${endpoint.path}`;
    const body = { params: input.value.params, body: input.value.body };
    const stored = await once(tx, { key: input.key, actor, route: name, body }, async () => {
      const answer = await it.run(ctx, input.value);
      return answer.ok
        ? { status: 200, reply: answer.value }
        : { status: statusOf(answer.refusal.code), reply: problemOf(answer.refusal) };
    });
    return { stored };
  });
  if ('stored' in done && done.stored) return send(reply, done.stored.status, done.stored.body);
  if (done.refusal) return refuseWith(reply, done.refusal);
  if (endpoint.file === 'down') return fileAnswer(reply, done.value as FileReply);
  return send(reply, 200, JSON.stringify(done.value));
}
