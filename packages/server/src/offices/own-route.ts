import type { Endpoint } from '@fangang/domain/basics/api.ts';
import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { PendingStep } from '@fangang/domain/offices/schema.ts';
import type { z } from 'zod';
import { readClock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { type Route, sessionRoute } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { once } from '../platform/request.ts';
import { type Services, within } from '../platform/services.ts';
import { scopeOf } from './scope.ts';
import { type Http, type SessionHere, sessionOfRequest } from './sessions.ts';

/* Routes that carry a password or answer with a secret. An ordinary write keeps a hash of its body and the reply under the key, and both
   would lie in the database: a fast hash of a password is the password. Here a hash under a key of the installation is kept, and no reply. */

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

export interface OwnInput<E extends AnyEndpoint> {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: z.output<E['body']>;
}

/** Before the transaction: who asks, and room for work that takes long (a password's hash must not hold a connection). */
export interface Asking {
  readonly services: Services;
  readonly session: SessionHere;
  readonly http: Http;
  readonly key: string;
}

/** One transaction with the eyes of the account that asks. */
export interface Own extends Asking {
  readonly tx: Tx;
  /** The installation's clock, ISO 8601 +08:00. */
  readonly now: string;
}

export interface OwnSteps<E extends AnyEndpoint, Prepared> {
  /** Steps a session may still have left; it may never be without an account. */
  readonly during?: readonly PendingStep[];
  readonly prepare?: (asking: Asking, input: OwnInput<E>) => Promise<Result<Prepared>>;
  readonly run: (own: Own, input: OwnInput<E>, prepared: Prepared) => Promise<Result<z.input<E['reply']>>>;
  /** After the transaction: what only a browser keeps (a new token). */
  readonly after?: (asking: Asking, reply: z.input<E['reply']>) => Promise<z.input<E['reply']>>;
  /** What the same key is answered a second time; without it, that it was done. */
  readonly again?: (asking: Asking, input: OwnInput<E>) => Promise<Result<z.input<E['reply']>>>;
}

const NOT_SIGNED_IN: Refusal = { code: 'basics.not_signed_in' };

/** A read of the own account. */
export function ownRead<E extends AnyEndpoint>(
  endpoint: E,
  run: (own: Own, input: OwnInput<E>) => Promise<Result<z.input<E['reply']>>>,
  during: readonly PendingStep[] = [],
): Route {
  return sessionRoute(endpoint, async (services, input, http) => {
    const session = await allowed(services, http, during);
    if (!session) return refuse(NOT_SIGNED_IN);
    const asking = { services, session, http, key: newId() };
    return within(services, scopeOf(session.staff), async (tx) => {
      const { now } = await readClock(tx);
      return run({ ...asking, tx, now }, input as OwnInput<E>);
    });
  });
}

async function allowed(
  services: Services,
  http: Http,
  during: readonly PendingStep[],
): Promise<SessionHere | undefined> {
  const session = await sessionOfRequest(services, http.request);
  return session && (session.pending === null || during.includes(session.pending)) ? session : undefined;
}

/** A write whose body or reply is a secret: the same key has one effect, and nothing of the secret is stored. */
export function ownRoute<E extends AnyEndpoint, Prepared = undefined>(
  endpoint: E,
  steps: OwnSteps<E, Prepared>,
): Route {
  return sessionRoute(endpoint, async (services, raw, http) => {
    const input = raw as OwnInput<E>;
    const session = await allowed(services, http, steps.during ?? []);
    if (!session) return refuse(NOT_SIGNED_IN);
    const key = (input.body as { key?: string }).key ?? newId();
    const asking: Asking = { services, session, http, key };
    const prepared: Result<Prepared> = steps.prepare
      ? await steps.prepare(asking, input)
      : accept(undefined as Prepared);
    return commit(endpoint, steps, asking, input, prepared);
  });
}

async function commit<E extends AnyEndpoint, Prepared>(
  endpoint: E,
  steps: OwnSteps<E, Prepared>,
  asking: Asking,
  input: OwnInput<E>,
  prepared: Result<Prepared>,
): Promise<Result<z.input<E['reply']>>> {
  const { services, session, key } = asking;
  const actor = session.staff.id;
  let fresh: Result<z.input<E['reply']>> | undefined;
  const stored = await within(services, scopeOf(session.staff), async (tx) => {
    const { now } = await readClock(tx);
    const name = `${endpoint.method} ${endpoint.path}`;
    return once(
      tx,
      services.secrets,
      { key, actor, route: name, body: [input.params, input.body] },
      async () => {
        fresh = prepared.ok ? await steps.run({ ...asking, tx, now }, input, prepared.value) : prepared;
        return fresh.ok ? { status: 200, reply: {} } : { status: 409, reply: fresh.refusal };
      },
    );
  });
  if (fresh?.ok) return accept(steps.after ? await steps.after(asking, fresh.value) : fresh.value);
  if (fresh) return fresh;
  if (stored.status === 422) return refuse({ code: 'basics.key_reused' });
  if (stored.status === 410) return refuse({ code: 'basics.reply_cleared' });
  if (stored.status >= 400) return refuse(JSON.parse(stored.body) as Refusal);
  return steps.again ? steps.again(asking, input) : accept({} as z.input<E['reply']>);
}
