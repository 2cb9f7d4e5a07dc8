import type { Endpoint } from '@fangang/domain/basics/api.ts';
import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import type { z } from 'zod';

/** Something broke that nobody could have done right: shown calmly, with the number the log knows. */
export class Fault extends Error {
  readonly status: number;
  readonly requestId: string | undefined;
  constructor(status: number, requestId?: string) {
    super(status === 0 ? 'unreachable' : `fault ${status}`);
    this.name = 'Fault';
    this.status = status;
    this.requestId = requestId;
  }
}

/** A refusal where only a value can go on (a page's reading); carries the code for the words. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
type Nothing = Record<never, never>;
type Part<Name extends string, T> = Nothing extends T ? { [K in Name]?: T } : { [K in Name]: T };
export type Ask<E extends AnyEndpoint> = Part<'params', z.input<E['params']>> &
  Part<'query', z.input<E['query']>> &
  Part<'body', z.input<E['body']>>;
export type AskOf<E extends AnyEndpoint> = Nothing extends Ask<E> ? [ask?: Ask<E>] : [ask: Ask<E>];
export type ReplyOf<E extends AnyEndpoint> = z.output<E['reply']>;

interface LooseAsk {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

let whenSignedOut: () => void = () => undefined;

/** The application says what happens when a session ends (it opens the sign-in page). */
export function onSignedOut(then: () => void): void {
  whenSignedOut = then;
}

/** A key for one step of a person: sent again with the same key, it has one effect. */
export function newKey(): string {
  // Plain http on an intranet address is no secure context and has no randomUUID.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Address of an endpoint with its parameters and query filled in (also for links to files). */
export function addressOf<E extends AnyEndpoint>(endpoint: E, ...[ask]: AskOf<E>): string {
  const { params = {}, query = {} } = (ask ?? {}) as LooseAsk;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(name, String(each));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Calls the office's server.
 *
 * A refusal comes back as a value (RFC 9457 problem details with our `code` and `facts`); a fault is thrown.
 * An ended session opens the sign-in page, except from pages that need none.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  ...ask: AskOf<E>
): Promise<Result<ReplyOf<E>>> {
  const { body } = (ask[0] ?? {}) as LooseAsk;
  const answer = await reach(addressOf(endpoint, ...ask), {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(endpoint.method === 'POST' && !isForm(body) && JSON_BODY) },
    body: endpoint.method === 'POST' ? (isForm(body) ? body : JSON.stringify(body ?? {})) : null,
  });
  if (answer.ok) {
    const value: unknown = answer.status === 204 ? {} : await answer.json();
    // The server has already held its reply to the contract; only a developer wants to see it checked twice.
    return { ok: true, value: (import.meta.env.DEV ? endpoint.reply.parse(value) : value) as ReplyOf<E> };
  }
  const refusal = await refusalOf(answer);
  if (answer.status === 401 && !endpoint.callers.includes('anyone')) whenSignedOut();
  return { ok: false, refusal };
}

/** Like `call`, for pages that can only go on with a value: a refusal is thrown as `Refused`. */
export async function read<E extends AnyEndpoint>(endpoint: E, ...ask: AskOf<E>): Promise<ReplyOf<E>> {
  const answer = await call(endpoint, ...ask);
  if (!answer.ok) throw new Refused(answer.refusal);
  return answer.value;
}

const JSON_BODY = { 'content-type': 'application/json' };

function isForm(body: unknown): body is FormData {
  return body instanceof FormData;
}

async function reach(address: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(address, how);
  } catch (cause) {
    const fault = new Fault(0);
    fault.cause = cause;
    throw fault;
  }
}

const CODE_OF_STATUS: Record<number, Refusal['code']> = {
  400: 'basics.bad_input',
  401: 'basics.not_signed_in',
  403: 'basics.not_allowed',
  404: 'basics.not_found',
  422: 'basics.key_reused',
  429: 'basics.too_many',
};

/** Reads problem details; an answer that is none (a proxy's page, a crash) is a fault. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const requestId = answer.headers.get('x-request-id') ?? undefined;
  if (answer.status >= 500) throw new Fault(answer.status, requestId);
  const problem = (await answer.json().catch(() => ({}))) as { code?: unknown; facts?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : CODE_OF_STATUS[answer.status];
  if (!code) throw new Fault(answer.status, requestId);
  return { code: code as Refusal['code'], facts: (problem.facts ?? {}) as NonNullable<Refusal['facts']> };
}
