import { dayOf } from '@fangang/domain/basics/moment.ts';
import { DIFFICULTY_CHARS } from '@fangang/domain/people/api-difficulty.ts';
import {
  DIFFICULTY_KINDS,
  type DifficultyEvent,
  type DifficultyKind,
  dueOf,
} from '@fangang/domain/people/rules-difficulty.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openWords, sealWords } from '../people/difficulty-words.ts';
import { confirmByLink, listByLink, tellByLink } from '../people/store-difficulty.ts';
import { readClock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { InTurn, Send } from '../platform/defence.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import type { PlainRoute } from '../platform/route-check.ts';
import { type Services, within } from '../platform/services.ts';
import { insideOnly } from '../platform/witness.ts';
import { type DifficultyPage, difficultyPage } from './difficulty-page.ts';
import { ticketGonePage } from './pages.ts';
import { GONE, itineraryOf, onTicket, optionsOf, show, type TicketRequest } from './routes-ticket.ts';
import { HOTLINE } from './ticket-facts.ts';
import { type TicketOptions, ticketHref } from './ticket-links.ts';

/** 300 characters of Chinese as a browser's form writes them, and the rest of the form. */
const FORM_BYTES = 4096;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface FormRequest extends TicketRequest {
  Params: { code: string; difficultyId?: string };
  Body: Readonly<Record<string, string>> | undefined;
}

type Problem = DifficultyPage['problem'];

async function pageOf(
  services: Services,
  tx: Tx,
  code: string,
  options: TicketOptions,
  problem: Problem,
): Promise<string> {
  const rows = await listByLink(tx);
  const told = rows.map(({ id, kind, status, answer }) => ({
    ...{ id, kind, status },
    answer: openWords(services.secrets, id, 'answer_sealed', answer, insideOnly('ownTicket')),
  }));
  return difficultyPage({ path: `/t/${code}`, phone: HOTLINE, told, formId: newId(), problem }, options);
}

/** What a form says; undefined where something is missing or none of the choices. */
function readForm(body: FormRequest['Body']): { id: string; kind: DifficultyKind; text: string } | undefined {
  const kind = DIFFICULTY_KINDS.find((it) => it === body?.kind);
  const text = (body?.text ?? '').trim();
  const id = body?.form ?? '';
  if (!kind || text === '' || text.length > DIFFICULTY_CHARS || !ID.test(id)) return undefined;
  return { id, kind, text };
}

type At = { readonly services: Services; readonly tx: Tx; readonly itinerary: string };

async function note(
  { tx, itinerary }: At,
  at: { subject: string; area: string; season: string; now: string },
  event: DifficultyEvent,
): Promise<void> {
  const { now, ...where } = at;
  await append(tx, [{ at: now, actor: itinerary, key: newId(), ordinal: 0, ...where, ...event }], now);
}

/** Tells what the form says, once; answers what was wrong with it. */
async function tell(at: At, body: FormRequest['Body']): Promise<Problem> {
  const { services, tx } = at;
  const form = readForm(body);
  if (!form) return 'nothingSaid';
  const { now } = await readClock(tx);
  const { id, kind, text } = form;
  const told = sealWords(services.secrets, id, 'told_sealed', text);
  const done = await tellByLink(tx, { id, kind, told, at: now, due: dueOf(kind, dayOf(now)) });
  if (done?.how === 'tooMany') return 'tooMany';
  if (done?.how === 'told') {
    const { area, season } = done;
    const event = { type: 'people.difficulty_told', data: { kind, channel: 'ticket' } } as const;
    await note(at, { subject: id, area, season, now }, event);
  }
  return null;
}

async function confirm(at: At, id: string, body: FormRequest['Body']): Promise<void> {
  if (!ID.test(id) || (body?.solved !== 'yes' && body?.solved !== 'no')) return;
  const { now } = await readClock(at.tx);
  const solved = body.solved === 'yes';
  const done = await confirmByLink(at.tx, { id, solved, at: now });
  if (!done) return;
  const type = solved ? 'people.difficulty_solved' : 'people.difficulty_not_solved';
  await note(at, { subject: id, ...done, now }, { type, data: { by: 'person' } });
}

type Act = (at: At, request: FastifyRequest<FormRequest>) => Promise<Problem>;

/** Does what the form asks with the eyes of the link; a form that lacks something is shown again, else the page is read anew. */
async function answer(
  services: Services,
  request: FastifyRequest<FormRequest>,
  reply: FastifyReply,
  act: Act | null,
): Promise<Send> {
  const options = optionsOf(request);
  const { code } = request.params;
  const itinerary = await itineraryOf(services, code);
  if (!itinerary) {
    const gone = ticketGonePage('notFound', { ...options, contact: GONE });
    return () => show(reply, 404, options, gone);
  }
  const scope = { kind: 'link', itineraryId: itinerary } as const;
  const page = await within(services, scope, async (tx) => {
    const problem = act ? await act({ services, tx, itinerary }, request) : null;
    return act && problem === null
      ? null
      : { problem, html: await pageOf(services, tx, code, options, problem) };
  });
  if (page) return () => show(reply, page.problem ? 422 : 200, options, page.html);
  const to = ticketHref(`/t/${code}/difficulty`, options);
  return () => reply.code(303).header('location', to).send();
}

export const DIFFICULTY_PAGES: readonly PlainRoute[] = [
  onTicket('difficultyPage', 'GET', '/t/:code/difficulty'),
  onTicket('tellDifficulty', 'POST', '/t/:code/difficulty'),
  onTicket('confirmDifficulty', 'POST', '/t/:code/difficulty/:difficultyId/confirm'),
];

/** The traveller's page of difficulties: told, answered, solved or not. Before, on and after the way; the link is the key. */
export function ticketDifficultyRoutes(app: FastifyInstance, services: Services, inTurn: InTurn): void {
  void app.register(async (pages) => {
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    pages.get<FormRequest>('/t/:code/difficulty', (request, reply) =>
      inTurn('read', reply, () => answer(services, request, reply, null)),
    );
    pages.post<FormRequest>('/t/:code/difficulty', (request, reply) =>
      inTurn('write', reply, () => answer(services, request, reply, (at, it) => tell(at, it.body))),
    );
    pages.post<FormRequest>('/t/:code/difficulty/:difficultyId/confirm', (request, reply) =>
      inTurn('write', reply, () =>
        answer(services, request, reply, async (at, it) => {
          await confirm(at, it.params.difficultyId ?? '', it.body);
          return null;
        }),
      ),
    );
  });
}
