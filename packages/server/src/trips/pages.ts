import { speaker } from '@fangang/domain/basics/say.ts';
import { ticketWords } from '@fangang/domain/trips/paper-words.ts';
import type { TicketFacts } from '@fangang/domain/trips/ticket.ts';
import { type Html, html, htmlDocument, trusted } from '../platform/html.ts';
import { TICKET_CSS } from './ticket-css.ts';
import { consentLink, type TicketOptions, ticketHref } from './ticket-links.ts';
import { callButton, saidContact } from './ticket-page.ts';

/** Why a link opens no ticket. A link that never was says the same as one of another city: `notFound`. */
export type TicketGone = 'notFound' | 'expired' | 'cancelled';

/** Whom to call from a page without a ticket; without a name it is the hotline. */
export interface PageContact {
  readonly name: string | null;
  readonly phone: string;
}

/** The mark of the product, ●━◐┄○. */
const MARK = trusted(
  '<svg viewBox="0 0 132 24" aria-hidden="true"><path d="M20 12h36" stroke="#0b6e69" stroke-width="4"/><path d="M80 12h30" stroke="#5c6b68" stroke-width="4" stroke-linecap="round" stroke-dasharray="0 8"/><circle cx="12" cy="12" r="10" fill="#0b6e69"/><circle cx="66" cy="12" r="9" fill="#fff" stroke="#0b6e69" stroke-width="3"/><path d="M66 3a9 9 0 0 0 0 18z" fill="#0b6e69"/><circle cx="120" cy="12" r="9" fill="#fff" stroke="#5c6b68" stroke-width="3"/></svg>',
);

/** A page that says one thing and offers a way on. */
function plainPage(
  options: TicketOptions,
  title: string,
  text: string,
  { foot, path }: { readonly foot: Html; readonly path: string | undefined },
): string {
  const { language, elder, nonce } = options;
  const body = html`<main class="page${elder && ' elder'}"><div class="plain">${MARK}<h1>${title}</h1><p>${text}</p></div><footer class="foot">${foot}</footer>${path !== undefined && html`<nav class="more">${consentLink(path, options)}</nav>`}</main>`;
  return htmlDocument({
    language,
    title: speaker(ticketWords, language)('pageTitle'),
    nonce,
    css: TICKET_CSS,
    body,
  });
}

const GONE_WORDS = { notFound: 'goneNotFound', expired: 'goneExpired', cancelled: 'goneCancelled' } as const;

/**
 * The page behind a link that opens no ticket: says why in plain words and whom to call; names no person of the ticket. A journey that is over
 * or was given back (`path`) still leads to who sees one's details.
 */
export function ticketGonePage(
  kind: TicketGone,
  options: TicketOptions & { readonly contact: PageContact | null; readonly path?: string },
): string {
  const say = speaker(ticketWords, options.language);
  const { contact } = options;
  const call =
    contact &&
    callButton(
      say('call', { name: saidContact(contact.name ?? say('helpline'), options.language) }),
      contact.phone,
      contact.phone,
    );
  return plainPage(options, say('goneTitle'), say(GONE_WORDS[kind]), {
    foot: html`${call}`,
    path: options.path,
  });
}

/** The page after a seat was given up; while the list stands, `POST <path>/undo-decline` says the person can go after all. */
export function ticketDeclinedPage(
  facts: Pick<TicketFacts, 'contact' | 'path'>,
  options: TicketOptions & { readonly canUndo: boolean },
): string {
  const say = speaker(ticketWords, options.language);
  const { phone } = facts.contact;
  const name = saidContact(facts.contact.name, options.language);
  const undo = html`<form method="post" action="${ticketHref(`${facts.path}/undo-decline`, options)}"><button class="btn" type="submit">${say('undo')}</button></form>`;
  const call = callButton(say('call', { name }), phone, phone);
  return plainPage(options, say('declinedTitle'), say('declinedNext', { name }), {
    foot: html`${call}${options.canUndo && undo}`,
    path: facts.path,
  });
}
