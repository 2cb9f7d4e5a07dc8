import type { FastifyInstance } from 'fastify';
import type { Canaries } from './canaries.ts';
import { formOf } from './form.ts';
import { strangeNumber } from './id-numbers.ts';
import { type Actor, mayBeShown, mayFind, type RowFacts } from './oracle.ts';
import type { Ask } from './requests.ts';
import { pdfText, textsOf, zipParts } from './unpack.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export async function send(
  app: FastifyInstance,
  ask: Pick<Ask, 'operation' | 'url' | 'headers' | 'payload'>,
): Promise<Answer> {
  const { operation, url, headers } = ask;
  const { type, body } = bodyOf(ask);
  const answer = await app.inject({
    method: operation.method,
    url,
    headers: type === null ? { ...headers } : { ...headers, 'content-type': type },
    ...(body === undefined ? {} : { payload: body }),
  });
  const said = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode, headers: Object.fromEntries(said), bytes: answer.rawPayload };
}

function bodyOf({ operation, payload }: Pick<Ask, 'operation' | 'payload'>): {
  type: string | null;
  body: string | undefined;
} {
  if (payload === undefined) return { type: null, body: undefined };
  if (operation.file !== 'up') return { type: 'application/json', body: JSON.stringify(payload) };
  const { file, ...fields } = payload as Record<string, unknown>;
  return formOf(fields, { name: 'roster.csv', text: String(file) });
}

/** Everything a request says itself: an answer may say it again. */
function saidIn({ url, payload }: Pick<Ask, 'url' | 'payload'>): string {
  return `${decodeURIComponent(url.replaceAll('+', ' '))} ${JSON.stringify(payload ?? '')}`;
}

export interface Found {
  /** Marks of rows that the asker may not see. */
  readonly leaks: readonly string[];
  /** Marks of rows that are the asker's to see. */
  readonly own: number;
}

/** Marks of the world in the raw bytes, headers and unpacked parts of an answer, judged by the policy table. */
export function judge(canaries: Canaries, actor: Actor, ask: Ask, answer: Answer): Found {
  const echoed = canaries.marksIn(saidIn(ask));
  const texts = [...textsOf(answer.bytes), JSON.stringify(answer.headers)];
  const leaks: string[] = [];
  let own = 0;
  for (const mark of new Set(texts.flatMap((it) => [...canaries.marksIn(it)]))) {
    const owners = canaries.ownersOf(mark) ?? [];
    if (owners.some((it) => mayBeShown(actor, mark, it))) own += isPublic(owners) ? 0 : 1;
    else if (!echoed.has(mark))
      leaks.push(`${mark} of ${owners.map((it) => `${it.of} in ${it.area}`).join(', ')}`);
  }
  return { leaks, own };
}

function isPublic(owners: readonly RowFacts[]): boolean {
  return owners.every((it) => it.of === 'jobs_employer');
}

const DROPPED = [
  'x-request-id',
  'date',
  'content-length',
  'keep-alive',
  'connection',
  'set-cookie',
  'server-timing',
];

/** An answer as text that two runs can share: without the request's number, nonces and what files carry of their making. */
export function comparable(
  answer: Answer,
  replaced: readonly (readonly [from: string, to: string])[] = [],
): string {
  const headers = Object.entries(answer.headers).filter(
    ([name]) => !DROPPED.includes(name) && !name.startsWith('x-ratelimit'),
  );
  const { bytes } = answer;
  let body = bytes.toString('utf8');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    body = zipParts(bytes)
      .filter((it) => !it.name.startsWith('docProps'))
      .map((it) => it.text)
      .join('\n');
  } else if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') body = pdfText(bytes);
  let text = `${answer.status} ${JSON.stringify(headers.sort())} ${body}`;
  for (const [from, to] of replaced) text = text.replaceAll(new RegExp(from, 'gi'), to);
  // The wall's clock has fractions of a second, the made world's has none. A session is seen at each request.
  text = text.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+\.\d+(Z|\+08:00)/g, 'now');
  text = text.replaceAll(/"seenAt":"[^"]*"/g, '"seenAt":""');
  return text.replaceAll(/nonce[-=]["']?[A-Za-z0-9+/=_-]{16,}["']?/g, 'nonce');
}

/** Ids and numbers in a request that belong to rows the asker may neither see nor look for. */
export function foreignMarks(canaries: Canaries, actor: Actor, ask: Ask): string[] {
  return [...canaries.marksIn(saidIn(ask))].filter(
    (mark) => !canaries.ownersOf(mark)?.some((it) => mayFind(actor, it) || mayBeShown(actor, mark, it)),
  );
}

/** The same request with marks that never existed in place of foreign ones; both have the same shape. */
export function twinOf(
  ask: Ask,
  marks: readonly string[],
): { twin: Ask; replaced: readonly (readonly [string, string])[] } {
  const pairs = marks.map((mark) => [mark, strangeMark(mark)] as const);
  const swap = (text: string) => {
    let said = text;
    for (const [from, to] of pairs) said = said.replaceAll(new RegExp(from, 'gi'), to);
    return said;
  };
  const payload = ask.payload === undefined ? undefined : JSON.parse(swap(JSON.stringify(ask.payload)));
  const { key: _key, ...rest } = (payload ?? {}) as { key?: string };
  const own =
    ask.payload === undefined
      ? undefined
      : { ...rest, ...(typeof payload.key === 'string' ? { key: newKey(payload.key) } : {}) };
  const both = pairs.flatMap(
    ([from, to]) =>
      [
        [from, 'MARK'],
        [to, 'MARK'],
      ] as const,
  );
  return { twin: { ...ask, url: swap(ask.url), payload: own }, replaced: both };
}

/** The twin is a request of its own, with a key of its own. */
function newKey(key: string): string {
  return `${key.slice(0, -2)}${((Number.parseInt(key.slice(-2), 16) + 1) % 256).toString(16).padStart(2, '0')}`;
}

let strange = 0;

/** A mark of the same kind that stands nowhere in the world, another one each time. */
function strangeMark(mark: string): string {
  strange += 1;
  if (mark.startsWith('kq')) return `Kq${(60_000_000 - strange).toString(36).slice(-5)}x`;
  if (mark.includes('-')) return `017ee5ee-ffff-7fff-8fff-${strange.toString(16).padStart(12, '0')}`;
  return mark.length === 11 ? `199${String(10_000_000 + strange)}` : strangeNumber(strange);
}
