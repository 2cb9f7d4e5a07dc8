import { randomBytes } from 'node:crypto';
import type { Language } from '@fangang/domain/basics/say.ts';
import { itineraryCancelled, itinerarySeated } from '@fangang/domain/trips/journal.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readClock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { InTurn, Send } from '../platform/defence.ts';
import { languageOf } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import type { PlainRoute } from '../platform/route-check.ts';
import { type Services, within } from '../platform/services.ts';
import { ticketDeclinedPage, ticketGonePage } from './pages.ts';
import { declineTicket, findTicket, itineraryOfTicket, listSeats, undoDecline } from './store.ts';
import { ticketIndex } from './ticket-code.ts';
import { consentPage, consentTo } from './ticket-consent.ts';
import { HOTLINE, type TicketHere, ticketFacts } from './ticket-facts.ts';
import { type TicketOptions, ticketHref } from './ticket-links.ts';
import { ticketPage } from './ticket-page.ts';

const CODE = /^[A-Za-z0-9]{4,20}$/;
export const GONE = { name: null, phone: HOTLINE };

export interface TicketRequest {
  Params: { code: string; purpose?: string };
  Querystring: { lang?: string; elder?: string };
}

export function optionsOf<It extends TicketRequest>(request: FastifyRequest<It>): TicketOptions {
  const { lang, elder } = request.query as TicketRequest['Querystring'];
  const language: Language =
    lang === 'zh' || lang === 'en' ? lang : languageOf(request as unknown as FastifyRequest);
  return { language, elder: elder === '1', nonce: randomBytes(16).toString('base64') };
}

export function show(
  reply: FastifyReply,
  status: number,
  options: TicketOptions,
  page: string,
): FastifyReply {
  const policy = `default-src 'none'; style-src 'nonce-${options.nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    .send(page);
}

export async function itineraryOf(services: Services, code: string): Promise<string | undefined> {
  if (!CODE.test(code)) return undefined;
  return await within(services, { kind: 'open' }, (tx) => itineraryOfTicket(tx, ticketIndex(code)));
}

function pageOf(here: TicketHere, options: TicketOptions): { status: number; page: string } {
  const { row, facts, legs } = here;
  if (row.status === 'cancelled' && row.reason === 'declined') {
    const canUndo = legs.every(
      (it) => !it.departed && ['committed', 'published', 'boarding'].includes(it.tripStatus),
    );
    return { status: 200, page: ticketDeclinedPage(facts, { ...options, canUndo }) };
  }
  const { contact, path } = facts;
  if (row.status === 'cancelled' || (row.status === 'broken' && row.reason === 'trip_cancelled')) {
    return { status: 410, page: ticketGonePage('cancelled', { ...options, contact, path }) };
  }
  if (row.status === 'signedFor')
    return { status: 410, page: ticketGonePage('expired', { ...options, contact, path }) };
  return { status: 200, page: ticketPage(facts, options) };
}

/** What the link's own person does with the ticket; written in the journal under the ticket's own name. */
type Act = (tx: Tx, itinerary: string) => Promise<void>;

const decline: Act = async (tx, itinerary) => {
  if ((await declineTicket(tx)) !== 'declined') return;
  const row = await findTicket(tx, itinerary);
  if (row) await note(tx, row.season, itineraryCancelled(row, 'declined'), itinerary);
};

const goAfterAll: Act = async (tx, itinerary) => {
  if ((await undoDecline(tx)) !== 'seated') return;
  const row = await findTicket(tx, itinerary);
  if (!row) return;
  const legs = await listSeats(tx, itinerary);
  await note(tx, row.season, itinerarySeated({ ...row, legs }), itinerary);
};

async function note(
  tx: Tx,
  season: string,
  record: ReturnType<typeof itineraryCancelled>,
  actor: string,
): Promise<void> {
  const { now } = await readClock(tx);
  await append(tx, [{ ...record, at: now, actor, key: newId(), ordinal: 0, season }], now);
}

async function act(
  services: Services,
  request: FastifyRequest<TicketRequest>,
  reply: FastifyReply,
  what: Act,
  back = '',
): Promise<Send> {
  const options = optionsOf(request);
  const { code } = request.params;
  const itineraryId = await itineraryOf(services, code);
  if (!itineraryId)
    return () => show(reply, 404, options, ticketGonePage('notFound', { ...options, contact: GONE }));
  await within(services, { kind: 'link', itineraryId }, (tx) => what(tx, itineraryId));
  return () =>
    reply
      .code(303)
      .header('location', ticketHref(`/t/${code}${back}`, options))
      .send();
}

async function read(
  services: Services,
  request: FastifyRequest<TicketRequest>,
  reply: FastifyReply,
): Promise<Send> {
  const options = optionsOf(request);
  const { code } = request.params;
  const itineraryId = await itineraryOf(services, code);
  const here =
    itineraryId &&
    (await within(services, { kind: 'link', itineraryId }, (tx) =>
      ticketFacts(tx, services.secrets, itineraryId, code),
    ));
  if (!here)
    return () => show(reply, 404, options, ticketGonePage('notFound', { ...options, contact: GONE }));
  const { status, page } = pageOf(here, options);
  return () => show(reply, status, options, page);
}

/** Who sees the own details: read with the eyes of the link, also once the journey is over. */
async function readConsents(
  services: Services,
  request: FastifyRequest<TicketRequest>,
  reply: FastifyReply,
): Promise<Send> {
  const options = optionsOf(request);
  const { code } = request.params;
  const itineraryId = await itineraryOf(services, code);
  const page =
    itineraryId &&
    (await within(services, { kind: 'link', itineraryId }, (tx) =>
      consentPage(tx, itineraryId, `/t/${code}`, options),
    ));
  if (!page)
    return () => show(reply, 404, options, ticketGonePage('notFound', { ...options, contact: GONE }));
  return () => show(reply, 200, options, page);
}

export const onTicket = (name: string, method: 'GET' | 'POST', path: string): PlainRoute => ({
  name: `trips.${name}`,
  method,
  path,
  callers: ['anyone'],
  access: { resource: 'ticket', action: method === 'GET' ? 'read' : 'write', scope: 'link' },
  gives: 'text/html',
});
export const TICKET_PAGES: readonly PlainRoute[] = [
  onTicket('ticketPage', 'GET', '/t/:code'),
  onTicket('declineTicket', 'POST', '/t/:code/decline'),
  onTicket('undoDeclineTicket', 'POST', '/t/:code/undo-decline'),
  onTicket('ticketConsents', 'GET', '/t/:code/consents'),
  onTicket('withdrawConsent', 'POST', '/t/:code/consents/:purpose/withdraw'),
  onTicket('giveConsent', 'POST', '/t/:code/consents/:purpose/give'),
];

/**
 * The traveller's pages: the ticket, "cannot go" and "can go after all", and who sees the own details. The link is the key; there is no
 * account. All answers are idempotent by state, so a form sent twice does once.
 */
export function ticketRoutes(app: FastifyInstance, services: Services, inTurn: InTurn): void {
  // A scope of its own: the parser of forms is for these pages only.
  void app.register(async (pages) => {
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1024 },
      (_request, _body, done) => done(null, {}),
    );
    pages.get<TicketRequest>('/t/:code', (request, reply) =>
      inTurn('read', reply, () => read(services, request, reply)),
    );
    pages.post<TicketRequest>('/t/:code/decline', (request, reply) =>
      inTurn('write', reply, () => act(services, request, reply, decline)),
    );
    pages.post<TicketRequest>('/t/:code/undo-decline', (request, reply) =>
      inTurn('write', reply, () => act(services, request, reply, goAfterAll)),
    );
    pages.get<TicketRequest>('/t/:code/consents', (request, reply) =>
      inTurn('read', reply, () => readConsents(services, request, reply)),
    );
    for (const [path, state] of [
      ['withdraw', 'withdrawn'],
      ['give', 'given'],
    ] as const) {
      pages.post<TicketRequest>(`/t/:code/consents/:purpose/${path}`, (request, reply) =>
        inTurn('write', reply, () =>
          act(services, request, reply, consentTo(request.params.purpose ?? '', state), '/consents'),
        ),
      );
    }
  });
}
