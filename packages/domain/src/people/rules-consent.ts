import { accept, type Result, refuse } from '../basics/result.ts';

/** What the data of a person is used for. */
export const PURPOSES = [
  'arrangeTravel',
  'keepBooks',
  'careService',
  'doorCheck',
  'showToEmployer',
  'shareWithPartner',
  'publishPortrait',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Classes of a person's data, as PIPL tells them apart; the last four are sensitive (art. 28). */
export const FIELD_CLASSES = [
  'name',
  'home',
  'phone',
  'wish',
  'seat',
  'idNumber',
  'careStatus',
  'health',
  'portrait',
] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

/**
 * Why a use is lawful. *Statutory duty*: PIPL art. 13(1)(3), public employment services under Employment Promotion Law art. 35 and 52.
 * *Emergency*: art. 13(1)(4). *Separate consent*: art. 23 (given on to another handler), 25 (made public), 29 (sensitive).
 */
export type Basis = 'statutoryDuty' | 'emergency' | 'separateConsent';

interface Use {
  readonly fields: readonly FieldClass[];
  readonly basis: Basis;
  /** Article of the Personal Information Protection Law of 2021. */
  readonly article: string;
  /** A consent said on the registration form holds until it is withdrawn; false: nothing without an explicit yes. */
  readonly onForm: boolean;
}

/** Each purpose, the data it needs and no more (art. 6), and its basis. The table of the page and of the person's file. */
export const USES: Readonly<Record<Purpose, Use>> = {
  arrangeTravel: {
    fields: ['name', 'home', 'phone', 'wish', 'seat', 'idNumber'],
    basis: 'statutoryDuty',
    article: '13(1)(3)',
    onForm: false,
  },
  keepBooks: {
    fields: ['name', 'home', 'phone', 'wish', 'idNumber'],
    basis: 'statutoryDuty',
    article: '13(1)(3)',
    onForm: false,
  },
  careService: { fields: ['careStatus'], basis: 'statutoryDuty', article: '13(1)(3), 29', onForm: false },
  doorCheck: { fields: ['health'], basis: 'emergency', article: '13(1)(4), 29', onForm: false },
  showToEmployer: { fields: ['name', 'seat'], basis: 'separateConsent', article: '23', onForm: true },
  shareWithPartner: {
    fields: ['name', 'wish', 'seat'],
    basis: 'separateConsent',
    article: '23',
    onForm: true,
  },
  publishPortrait: {
    fields: ['name', 'portrait'],
    basis: 'separateConsent',
    article: '25, 29',
    onForm: false,
  },
};

export type ConsentState = 'given' | 'withdrawn';
/** What has been said of each purpose; a purpose without a word is absent. */
export type Consents = Readonly<Partial<Record<Purpose, ConsentState>>>;

export type ConsentEvent =
  | { readonly type: 'people.consent_given'; readonly data: { purpose: Purpose; how: ConsentWay } }
  | { readonly type: 'people.consent_withdrawn'; readonly data: { purpose: Purpose; how: ConsentWay } };

/** How a person said it: at the counter, by telephone, on paper, behind the ticket's link. */
export const CONSENT_WAYS = ['counter', 'phone', 'paper', 'link'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

export type ConsentRefusal =
  | { readonly code: 'people.no_consent_needed'; readonly facts: { purpose: Purpose } }
  | { readonly code: 'people.consent_same'; readonly facts: { purpose: Purpose } };

/** Whether the data may be used for a purpose now. */
export function mayUse(purpose: Purpose, consents: Consents): boolean {
  const { basis, onForm } = USES[purpose];
  if (basis !== 'separateConsent') return true;
  const said = consents[purpose];
  return said === undefined ? onForm : said === 'given';
}

/**
 * What a person says of a purpose: given, or withdrawn (art. 15: as easily as it was given).
 *
 * Refuses a purpose that rests on a duty of the office, for which there is nothing to give or take back, and what is so already.
 */
export function sayConsent(
  consents: Consents,
  said: { readonly purpose: Purpose; readonly state: ConsentState; readonly how: ConsentWay },
): Result<ConsentEvent, ConsentRefusal> {
  const { purpose, state, how } = said;
  if (USES[purpose].basis !== 'separateConsent')
    return refuse({ code: 'people.no_consent_needed', facts: { purpose } });
  const stands = mayUse(purpose, consents) ? 'given' : 'withdrawn';
  if (consents[purpose] !== undefined && stands === state) {
    return refuse({ code: 'people.consent_same', facts: { purpose } });
  }
  const data = { purpose, how };
  return accept(
    state === 'given' ? { type: 'people.consent_given', data } : { type: 'people.consent_withdrawn', data },
  );
}

/** The consents after an event. */
export function consentsAfter(consents: Consents, event: ConsentEvent): Consents {
  const state: ConsentState = event.type === 'people.consent_given' ? 'given' : 'withdrawn';
  return { ...consents, [event.data.purpose]: state };
}
