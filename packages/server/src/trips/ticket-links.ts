import { type Language, speaker } from '@fangang/domain/basics/say.ts';
import { ticketConsentWords } from '@fangang/domain/trips/words-ticket-consent.ts';
import { type Html, html } from '../platform/html.ts';

/** How a traveller's page is shown. */
export interface TicketOptions {
  readonly language: Language;
  /** Large type and fewer words. */
  readonly elder: boolean;
  /** Nonce of this reply's Content-Security-Policy (`style-src 'nonce-…'`). */
  readonly nonce: string;
}

/** Address of a ticket's page that keeps language and size: `/t/7KQ2M9?lang=zh&elder=1`. */
export function ticketHref(
  path: string,
  { language, elder }: Pick<TicketOptions, 'language' | 'elder'>,
): string {
  return `${path}?lang=${language}${elder ? '&elder=1' : ''}`;
}

/** The link to who sees one's details, at the foot of a ticket's pages. */
export function consentLink(path: string, options: Pick<TicketOptions, 'language' | 'elder'>): Html {
  return html`<a href="${ticketHref(`${path}/consents`, options)}">${speaker(ticketConsentWords, options.language)('open')}</a>`;
}
