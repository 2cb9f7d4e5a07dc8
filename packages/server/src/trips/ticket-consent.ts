import { speaker } from '@fangang/domain/basics/say.ts';
import {
  type ConsentState,
  type Consents,
  mayUse,
  PURPOSES,
  sayConsent,
  USES,
} from '@fangang/domain/people/rules-consent.ts';
import { ticketWords } from '@fangang/domain/trips/paper-words.ts';
import { ticketConsentWords } from '@fangang/domain/trips/words-ticket-consent.ts';
import { consentsOf, listConsents, writeConsent } from '../people/store-consent.ts';
import { readClock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { html, htmlDocument } from '../platform/html.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { findContact, findTraveller } from './store.ts';
import { TICKET_CSS } from './ticket-css.ts';
import { HOTLINE } from './ticket-facts.ts';
import { type TicketOptions, ticketHref } from './ticket-links.ts';
import { callButton, saidContact } from './ticket-page.ts';

/** Uses that rest on a consent of their own: what a traveller may give and take back. */
const OWN_CONSENTS = PURPOSES.filter((it) => USES[it].basis === 'separateConsent') as readonly (
  | 'showToEmployer'
  | 'shareWithPartner'
  | 'publishPortrait'
)[];

interface ConsentFacts {
  readonly path: string;
  readonly consents: Consents;
  readonly contact: { readonly name: string; readonly phone: string };
}

/**
 * What a traveller's data is used for with consent, each with its state and one button that changes it: a form, no script.
 * `POST <path>/consents/<purpose>/withdraw` and `…/give`.
 */
export function ticketConsentPage(facts: ConsentFacts, options: TicketOptions): string {
  const { language, elder, nonce } = options;
  const say = speaker(ticketConsentWords, language);
  const sayTicket = speaker(ticketWords, language);
  const { path, consents, contact } = facts;
  const uses = OWN_CONSENTS.map((purpose) => {
    const allowed = mayUse(purpose, consents);
    const use = say(`use.${purpose}`);
    const to = ticketHref(`${path}/consents/${purpose}/${allowed ? 'withdraw' : 'give'}`, options);
    return html`<section class="use"><h2>${use}</h2><p>${say(`what.${purpose}`)}</p><p>${say(`else.${purpose}`)}</p><p class="${allowed ? 'yes' : 'no'}"><span aria-hidden="true">${allowed ? '●' : '◆'}</span> ${say(allowed ? 'yes' : 'no')}</p><form method="post" action="${to}"><button class="btn${allowed && ' give'}" type="submit">${say(allowed ? 'withdraw' : 'give')}<span class="quiet">${say('about', { use })}</span></button></form></section>`;
  });
  const name = saidContact(contact.name, language);
  const body = html`<main class="page${elder && ' elder'}"><div class="plain uses"><h1>${say('title')}</h1><p>${say('intro')}</p>${uses}<p>${say('duty')}</p></div><footer class="foot"><a class="btn back" href="${ticketHref(path, options)}">${say('back')}</a>${callButton(sayTicket('call', { name }), contact.phone, contact.phone)}</footer>
<nav class="more"><a href="${ticketHref(`${path}/consents`, { language, elder: !elder })}">${sayTicket(elder ? 'smaller' : 'larger')}</a><a href="${ticketHref(`${path}/consents`, { language: language === 'zh' ? 'en' : 'zh', elder })}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${sayTicket('otherLanguage')}</a></nav></main>`;
  return htmlDocument({ language, title: say('title'), nonce, css: TICKET_CSS, body });
}

/** The page of a ticket's traveller; undefined where the ticket names nobody. */
export async function consentPage(
  tx: Tx,
  itinerary: string,
  path: string,
  options: TicketOptions,
): Promise<string | undefined> {
  const traveller = await findTraveller(tx, itinerary);
  if (!traveller) return undefined;
  const consents = consentsOf(await listConsents(tx, traveller.id));
  const contact = await findContact(tx, traveller.area);
  return ticketConsentPage(
    { path, consents, contact: { name: contact?.staff ?? HOTLINE, phone: HOTLINE } },
    options,
  );
}

/**
 * Says a consent under the ticket's own name, with its row of the journal. Nothing happens where it stands so already, or where the use
 * rests on no consent.
 */
export function consentTo(asked: string, state: ConsentState): (tx: Tx, itinerary: string) => Promise<void> {
  return async (tx, itinerary) => {
    const purpose = OWN_CONSENTS.find((it) => it === asked);
    const traveller = await findTraveller(tx, itinerary);
    if (!purpose || !traveller) return;
    const { id: personId, area } = traveller;
    const said = { purpose, state, how: 'link' } as const;
    const decided = sayConsent(consentsOf(await listConsents(tx, personId)), said);
    if (!decided.ok) return;
    const { now: at } = await readClock(tx);
    const actor = itinerary;
    // A twin at the same moment finds it written, and adds no row.
    if (!(await writeConsent(tx, { ...said, personId, area, actor, at }))) return;
    await append(
      tx,
      [{ ...decided.value, at, actor, key: newId(), ordinal: 0, subject: personId, area }],
      at,
    );
  };
}
