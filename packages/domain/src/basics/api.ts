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

/** What is done with a thing: rows listed, one read, a whole number opened, a file taken out, a state changed, a session made or ended. */
export const ACTIONS = ['list', 'read', 'reveal', 'export', 'write', 'signIn', 'signOut'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * Whether an endpoint only reads. One that lists or reads by POST asks in a body, so that names and numbers somebody looks for stand in no
 * address; it takes no key, and its reply is kept nowhere.
 */
export function isReading({ method, access }: Pick<Endpoint, 'method' | 'access'>): boolean {
  return method === 'GET' || access.action === 'list' || access.action === 'read';
}

/**
 * How the rows of an answer are limited: to the asker's area, ledger, gates (`employer`) or own account (`self`), to the one thing
 * a link opens, to what everybody may know (`open`), or to what a sample shows without sign-in (`sample`; nothing elsewhere).
 */
export const LIMITS = ['area', 'ledger', 'employer', 'self', 'link', 'open', 'sample'] as const;
export type Limit = (typeof LIMITS)[number];

/** What an endpoint is allowed to touch. The server does not start with one that does not say it. */
export interface Access {
  /** A noun of the trade in the singular: `person`, `trip`. */
  readonly resource: string;
  readonly action: Action;
  /** One limit, or one for each kind of asker. */
  readonly scope: Limit | readonly Limit[];
}

/** Kinds of files the product takes. */
export type FileKind = 'spreadsheet';

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
  /** What the file that is taken may be; looked at before anything else is done with it. */
  readonly takes?: FileKind;
  /** Who may call. A route without it cannot be written. */
  readonly callers: readonly Caller[];
  /** What is done to what, and which rows are in reach. */
  readonly access: Access;
}

/** Part of the body of each write, made by the client: the same key has one effect. */
export const Key = z.uuid().optional();

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
  takes?: FileKind;
  callers: readonly Caller[];
  access: Access;
}): Endpoint<Params, Query, Body, Reply> {
  return {
    ...it,
    params: it.params ?? (nothing as unknown as Params),
    query: it.query ?? (nothing as unknown as Query),
    body: it.body ?? (nothing as unknown as Body),
  };
}
