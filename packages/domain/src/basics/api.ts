import { z } from 'zod';

/** Roles of staff; `anyone` = no sign-in (ticket links, health), `signedIn` = every role. */
export type Caller =
  | 'cityOfficer'
  | 'districtOfficer'
  | 'townOfficer'
  | 'dispatcher'
  | 'escort'
  | 'laborBroker'
  | 'agency'
  | 'employer'
  | 'leader'
  | 'systemAdministrator'
  | 'securityAdministrator'
  | 'auditAdministrator'
  | 'anyone'
  | 'signedIn';

/**
 * One endpoint of the public interface: the server mounts it, the page calls it, the outbox stores it by name.
 * There is no second description.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  /** `room.verb`, unique. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Path with `:name` parameters, under `/api/`. */
  readonly path: string;
  readonly params: Params;
  readonly query: Query;
  /** Write endpoints carry `key` (uuid made by the client) in the body: the same key has one effect. */
  readonly body: Body;
  readonly reply: Reply;
  /** Takes a file (multipart form; the other parts are the body's fields) or gives one. */
  readonly file?: 'up' | 'down';
  /** Who may call. A route without it cannot be written. */
  readonly callers: readonly Caller[];
}

const nothing = z.object({});
type Nothing = typeof nothing;

/** Describes an endpoint; params, query and body are empty objects where not given. */
export function endpoint<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(it: {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  params?: Params;
  query?: Query;
  body?: Body;
  reply: Reply;
  file?: 'up' | 'down';
  callers: readonly Caller[];
}): Endpoint<Params, Query, Body, Reply> {
  return {
    ...it,
    params: it.params ?? (nothing as unknown as Params),
    query: it.query ?? (nothing as unknown as Query),
    body: it.body ?? (nothing as unknown as Body),
  };
}
