import type { Caller, Endpoint } from '@fangang/domain/basics/api.ts';
import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { Scope, Tables } from './database.ts';
import type { Services } from './services.ts';
import type { Upload } from './upload.ts';

/** Who asks, as far as the doors of the house must know: role, eyes, place. */
export interface Asker {
  readonly id: string;
  readonly role: Caller;
  readonly scope: Scope;
  readonly areaCode: string;
  readonly officeId: string;
  readonly employerId: string | null;
  /** Why nothing but the own account opens: what this session stood on has ended. */
  readonly stopped?: Refusal;
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

export type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
/** What a request says, after the endpoint's schemas. */
export interface Input<E extends AnyEndpoint> {
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
  /** Runs outside a transaction, with the raw answer (cookies); an answer that sets one is never kept. */
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

/** A route that makes or ends a session: sets cookies, and such an answer is never kept. */
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

/** The language of an answer: the page's choice, else the browser's. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = request.headers['x-language'] ?? request.headers['accept-language'] ?? '';
  return String(chosen).trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
}
