import * as fc from 'fast-check';
import type { Operation, Schema } from './openapi.ts';
import { type Actor, phoneOpens } from './oracle.ts';
import { Draw, type Pools } from './pools.ts';

export interface Ask {
  readonly actor: Actor;
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/** Draws of one request; fast-check makes them, so that a failing one can be shrunk and a seed gives the same again. */
const drawn = fc.tuple(fc.nat(), fc.nat(), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }));

/** Requests of a seed: every role, mostly for what it may call, with own, foreign and random ids. */
export function makeRequests(
  operations: readonly Operation[],
  actors: readonly Actor[],
  pools: Pools,
  ask: { readonly count: number; readonly seed: number },
): Ask[] {
  const samples = fc.sample(drawn, { numRuns: ask.count, seed: ask.seed });
  const staff = actors.filter((it) => it.eyes !== 'link' && it.phone === null);
  const phones = actors.filter((it) => it.phone !== null);
  const tickets = actors.filter((it) => it.eyes === 'link');
  const ticketOps = operations.filter((it) => it.path.startsWith('/t/'));
  const others = operations.filter((it) => !ticketOps.includes(it));
  return samples.map(([who, what, choices], n) => {
    const draw = new Draw(choices);
    // Whatever the dice say, every operation and every actor comes round.
    if (n % 12 === 11)
      return requestOf(draw.of(ticketOps), tickets[who % tickets.length] as Actor, pools, draw);
    const isPhones = n % 12 === 5;
    const actor = (isPhones ? phones[who % phones.length] : staff[n % staff.length]) as Actor;
    const open = others.filter((it) => mayCall(actor, it));
    const isOdd = draw.chance(12) || open.length === 0;
    const operation = isOdd
      ? others[what % others.length]
      : open[(Math.floor(n / staff.length) + (n % staff.length)) % open.length];
    return requestOf(operation as Operation, actor, pools, draw);
  });
}

/** Requests of those who may call one operation, as many as said: for a read in which nobody has seen own rows yet. */
export function makeMore(
  operation: Operation,
  actors: readonly Actor[],
  pools: Pools,
  ask: { readonly count: number; readonly seed: number },
): Ask[] {
  const callers = actors.filter((it) => it.eyes !== 'link' && it.phone === null && mayCall(it, operation));
  if (callers.length === 0) return [];
  return fc
    .sample(drawn, { numRuns: ask.count, seed: ask.seed + 1 })
    .map(([, , choices], n) =>
      requestOf(operation, callers[n % callers.length] as Actor, pools, new Draw(choices)),
    );
}

/** What `{id}` in a path is the id of: the word before it. */
function idOf(path: string, name: string): string {
  const [, word = ''] = /\/([a-z]+)\/\{id\}/.exec(path) ?? [];
  return name === 'id'
    ? ({ staff: 'staffId', sessions: 'sessionId', devices: 'deviceId', passkeys: 'passkeyId' }[word] ?? name)
    : name;
}

export function mayCall(actor: Actor, operation: Operation): boolean {
  const { callers } = operation;
  // Mostly what phones open, also of one that opens nothing any more.
  if (actor.phone) return phoneOpens({ ...actor, phone: 'live' }, operation) === true;
  if (callers.includes('anyone')) return true;
  return actor.cookie !== '' && (callers.includes('signedIn') || callers.includes(actor.role));
}

export function requestOf(operation: Operation, actor: Actor, pools: Pools, draw: Draw): Ask {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place === 'path')
      path = path.replace(
        `{${name}}`,
        encodeURIComponent(String(pools.named(idOf(path, name), actor, draw) ?? 'x')),
      );
    else if (required || draw.chance(45))
      query.set(name, String(valueFor(name, schema, actor, pools, draw) ?? ''));
  }
  const language = draw.of(['zh', 'en', 'zh-CN,zh;q=0.9', 'en-GB']);
  const headers: Record<string, string> = { 'accept-language': language };
  if (actor.cookie) headers.cookie = actor.cookie;
  if (draw.chance(10)) headers.range = `bytes=0-${draw.below(400)}`;
  if (draw.chance(10)) headers['if-none-match'] = draw.of(['*', '"1"', 'W/"5-x"']);
  if (draw.chance(10)) headers['if-modified-since'] = 'Wed, 01 Jan 2020 00:00:00 GMT';
  if (draw.chance(10)) headers.accept = draw.of(['text/csv', 'application/xml', '*/*', 'application/pdf']);
  const url = `${path}${query.size > 0 ? `?${query}` : ''}`;
  const payload =
    operation.method === 'GET' || !operation.body ? undefined : bodyOf(operation, actor, pools, draw);
  return { actor, operation, url, headers, payload };
}

/** A roster of one person, who may well be on somebody else's books. */
function rosterOf(actor: Actor, pools: Pools, draw: Draw): string {
  return `姓名,身份证号,电话,备注\n王建国,${pools.named('idNumber', actor, draw) ?? ''},没有,样例\n`;
}

function bodyOf(operation: Operation, actor: Actor, pools: Pools, draw: Draw): unknown {
  const schema = operation.body as Schema;
  const drawn = valueFor('body', schema, actor, pools, draw);
  const body = operation.file === 'up' ? { ...(drawn as object), file: rosterOf(actor, pools, draw) } : drawn;
  if (!draw.chance(5) || typeof body !== 'object' || body === null) return body;
  // A field nobody knows, as somebody would try to widen the scope.
  return {
    ...body,
    [draw.of(['area', 'areaFrom', 'officeId', 'scope', 'role'])]: draw.of(['500000000000', 'cityOfficer']),
  };
}

/** A value that fits a JSON schema, by the name of its field where the pools know the name. */
function valueFor(name: string, schema: Schema, actor: Actor, pools: Pools, draw: Draw): unknown {
  const known = schema.type === 'object' ? undefined : pools.named(name, actor, draw);
  const either = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (known !== undefined && !schema.enum && !either?.some((it) => it.type === 'object' || it.const))
    return known;
  if (either) return valueFor(name, draw.of(either), actor, pools, draw);
  if (schema.allOf) return valueFor(name, (schema.allOf as Schema[])[0] ?? {}, actor, pools, draw);
  if ('const' in schema) return schema.const;
  if (schema.enum) return draw.of(schema.enum as unknown[]);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, actor, pools, draw);
    case 'array':
      return Array.from({ length: draw.below(3) }, () =>
        valueFor(name, (schema.items ?? {}) as Schema, actor, pools, draw),
      );
    case 'integer':
    case 'number':
      return numberOf(schema, draw);
    case 'boolean':
      return draw.chance(50);
    case 'null':
      return null;
    default:
      return textOf(schema, pools, draw);
  }
}

function objectOf(schema: Schema, actor: Actor, pools: Pools, draw: Draw): Record<string, unknown> {
  const required = (schema.required ?? []) as readonly string[];
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const chosen = fields.filter(([name]) => required.includes(name) || draw.chance(60));
  return Object.fromEntries(chosen.map(([name, it]) => [name, valueFor(name, it, actor, pools, draw)]));
}

function numberOf(schema: Schema, draw: Draw): number {
  const from = Math.max(Number(schema.minimum ?? 0), -5);
  const to = Math.min(Number(schema.maximum ?? 5), from + 5);
  const n = from + draw.below(Math.max(1, Math.floor(to - from) + 1));
  return schema.type === 'integer' ? Math.ceil(n) : n;
}

function textOf(schema: Schema, pools: Pools, draw: Draw): string {
  if (schema.format === 'uuid') return pools.freshId(draw);
  if (schema.format === 'date-time') return '2022-02-12T12:00:00+08:00';
  const pattern = String(schema.pattern ?? '');
  if (pattern.includes('{4}-')) return draw.of(['2022-02-12', '2022-02-14']);
  if (pattern.startsWith('^\\d{12}')) return '500000000000';
  if (pattern.startsWith('^\\d{6}')) return draw.of(['440310', '310115', '500101']);
  if (pattern.startsWith('^[MLml')) return 'M1,1L2,2';
  return draw.of(['样例', 'x', '王建国', 'note of a test']);
}
