/**
 * Who may see which rows, as a table of data: written from the promises (docs/adr/0013-isolation.md), not from the product's code or its
 * policies. The oracle reads nothing else.
 */

/** Through whose eyes a row is looked at. */
export type Eyes = 'office' | 'broker' | 'employer' | 'link' | 'system' | 'security' | 'audit' | 'open';

/**
 * `area`: the row's area lies in the own one · `district`: in the district of the own one · `ledger`: on the own ledger · `gates`: on the way
 * to the own gates · `line`: in the own district, or over the own area · `way`: of the own itinerary · `own`: written under the own name · `all`: everybody's · `none`: nobody's.
 */
export type Rule = 'area' | 'district' | 'ledger' | 'gates' | 'line' | 'way' | 'own' | 'all' | 'none';

/** Roles of staff and the eyes each looks through; whoever is not named sees with no eyes at all. */
export const EYES_OF_ROLE: Readonly<Record<string, Eyes>> = {
  cityOfficer: 'office',
  leader: 'office',
  districtOfficer: 'office',
  dispatcher: 'office',
  townOfficer: 'office',
  escort: 'office',
  laborBroker: 'broker',
  agency: 'broker',
  employer: 'employer',
  systemAdministrator: 'system',
  securityAdministrator: 'security',
  auditAdministrator: 'audit',
};

const DOORS_AND_GATES = [
  ...['openDoor', 'board', 'hold', 'undoBoarding', 'countHeads', 'depart', 'arrive', 'sign'].map(
    (it) => `trips.${it}`,
  ),
  ...['trips.findAtDoor', 'trips.listTrips', 'trips.readTrip', 'trips.readGate', 'trips.listArrivals'],
];
const LEDGER = ['trips.listPeople', 'trips.searchPeople', 'people.findPeople', 'people.readPerson'];

/** What the token of a field phone opens by itself, by the role of its owner (docs/security.md, Ways in); to all else it is nobody's. */
export const PHONE_OPENS: Readonly<Record<string, readonly string[]>> = {
  escort: DOORS_AND_GATES,
  dispatcher: DOORS_AND_GATES,
  townOfficer: DOORS_AND_GATES,
  districtOfficer: DOORS_AND_GATES,
  employer: DOORS_AND_GATES,
  laborBroker: LEDGER,
};

type Row = Partial<Record<Eyes, Rule>>;
const PUBLIC: Row = {
  office: 'all',
  broker: 'all',
  employer: 'all',
  link: 'all',
  system: 'all',
  security: 'all',
  audit: 'all',
  open: 'all',
};
const OFFICE_ONLY: Row = { office: 'area' };
const OF_DISTRICT: Row = { office: 'district' };
// A ticket names whom to call.
const ACCOUNTS: Row = { office: 'district', link: 'way', system: 'area', security: 'area', audit: 'area' };

/** Table → eyes → rule; what is not said is `none`. A table of the database without a line here is a fault of the run. */
export const SEES: Readonly<Record<string, Row>> = {
  offices_area: PUBLIC,
  offices_place: PUBLIC,
  offices_station: PUBLIC,
  offices_season: PUBLIC,
  offices_clock: PUBLIC,
  offices_installation: PUBLIC,
  offices_office: ACCOUNTS,
  offices_staff: ACCOUNTS,
  // What is open: its owner's, and the security administrators' of the area.
  offices_session: { security: 'area' },
  offices_device: { security: 'area' },
  offices_passkey: {},
  offices_totp: {},
  offices_recovery_code: {},
  offices_password_history: {},
  offices_challenge: {},
  offices_identity: {},
  offices_login_failure: {},
  offices_delegation: {},
  offices_audit: { audit: 'area' },
  // The chain over everybody's rows is the sealer's; an auditor learns when it was last sealed.
  offices_audit_link: {},
  offices_audit_checkpoint: { audit: 'all' },
  index_key: {},
  journal: OFFICE_ONLY,
  request: {
    office: 'own',
    broker: 'own',
    employer: 'own',
    link: 'own',
    system: 'own',
    security: 'own',
    audit: 'own',
  },
  people_identity: {},
  people_household: OFFICE_ONLY,
  people_person: { office: 'area', broker: 'ledger', employer: 'gates', link: 'way' },
  people_care: OFFICE_ONLY,
  people_history: OFFICE_ONLY,
  people_spell: OFFICE_ONLY,
  people_skill: OFFICE_ONLY,
  people_certificate: OFFICE_ONLY,
  people_wish: { office: 'area', broker: 'ledger' },
  people_need: OFFICE_ONLY,
  // A ticket sees how its own person's stand.
  people_difficulty: { office: 'area', link: 'way' },
  people_import: OFFICE_ONLY,
  people_upload: OFFICE_ONLY,
  people_mapping: OFFICE_ONLY,
  people_report: OFFICE_ONLY,
  people_report_issue: OFFICE_ONLY,
  people_report_line: OFFICE_ONLY,
  people_name_token: OFFICE_ONLY,
  people_count: OFFICE_ONLY,
  // What the traveller has said, and says, on the page of the own ticket.
  people_consent: { office: 'area', link: 'way' },
  people_retention_run: OFFICE_ONLY,
  // An asking is the asker's; whoever holds the person learns of it through a function that reads its own books.
  people_transfer: OFFICE_ONLY,
  // Under the city's own code, which no range of a district or town holds.
  people_collision: OFFICE_ONLY,
  people_pair: OFFICE_ONLY,
  people_pair_run: OFFICE_ONLY,
  people_merge: OFFICE_ONLY,
  // A ledger learns that its claim stands.
  people_merge_claim: { office: 'area', broker: 'ledger' },
  people_transfer_answer: OFFICE_ONLY,
  jobs_employer: { office: 'all', broker: 'all', employer: 'all', link: 'all', open: 'all' },
  jobs_gate: { office: 'all', link: 'way' },
  // What each district was told of all of them.
  figures_comparison: OFFICE_ONLY,
  trips_carrier: OF_DISTRICT,
  trips_vehicle: OF_DISTRICT,
  trips_driver: OF_DISTRICT,
  trips_fleet: OF_DISTRICT,
  trips_allotment: OF_DISTRICT,
  trips_proposal: OFFICE_ONLY,
  trips_trip: { office: 'district', broker: 'ledger', employer: 'gates', link: 'way' },
  trips_stop: { office: 'district', broker: 'ledger', employer: 'gates', link: 'way' },
  trips_itinerary: { office: 'area', broker: 'ledger', employer: 'gates', link: 'way' },
  trips_leg: { office: 'area', broker: 'ledger', employer: 'gates', link: 'way' },
  trips_pack_issue: OFFICE_ONLY,
  trips_guest: OFFICE_ONLY,
  // The giver's; a partner reads the people of a shared run through a function that looks at the edge.
  trips_share: OFFICE_ONLY,
  trips_share_look: OFFICE_ONLY,
  trips_handover: { office: 'area', employer: 'gates' },
};

/** Everybody knows the own account, the name of the own office, and what opens or is open under the own name. */
export const OWN: readonly string[] = [
  'offices_staff',
  'offices_office',
  'offices_office.name',
  'offices_session',
  'offices_device',
  'offices_passkey',
];

/** Whose rows a write may touch: an office its own area's, an employer the own gates', a ticket its own way's; nobody else's. */
export const CHANGES: Readonly<Partial<Record<Eyes, Rule>>> = {
  office: 'area',
  employer: 'gates',
  link: 'way',
};

const BY_ADMINISTRATORS: Row = { system: 'area', security: 'area' };

/** Accounts are nobody's of the trade: the system and the security administrators keep them in their area, everybody the own factors. */
export const CHANGES_OF_ACCOUNTS: Readonly<Record<string, Row>> = {
  offices_office: { system: 'area' },
  offices_staff: BY_ADMINISTRATORS,
  offices_session: BY_ADMINISTRATORS,
  offices_device: BY_ADMINISTRATORS,
  offices_passkey: { system: 'area' },
  offices_totp: { system: 'area' },
  offices_recovery_code: { system: 'area' },
  offices_password_history: {},
  offices_identity: {},
};
/** Those of them in which everybody writes the own rows; who somebody is and may is not among them. */
export const OWN_WRITES = [
  'offices_session',
  'offices_device',
  'offices_passkey',
  'offices_totp',
  'offices_recovery_code',
  'offices_password_history',
];
/** Where an answer to another office's asking is written on both sides: the asking itself, and the books that go over. */
export const HANDED_OVER: Readonly<Record<string, readonly string[]>> = {
  // An erasure also takes the name that the office of an earlier run has kept of a traveler whose books went elsewhere.
  // Whoever is erased is no half of a pair any more, though the district holds it.
  'trips.erasePerson': ['trips_guest', 'people_pair'],
  'people.answerTransfer': [
    'people_transfer',
    'people_household',
    'people_person',
    'people_wish',
    'people_need',
    'people_difficulty',
    'people_care',
    'people_history',
    'people_spell',
    'people_skill',
    'people_certificate',
    'people_consent',
  ],
};

/** Tables to which anybody adds a row under the own name, and those that hold no rows of anybody's. */
export const NOTED = ['journal', 'request', 'offices_audit'];
export const UNOWNED = ['offices_login_failure', 'offices_challenge', 'people_identity'];

/** What may be looked for by whoever knows it, though it is not shown: a number of the own ledger finds its person there. */
export const FINDS: Readonly<Record<string, Row>> = {
  'people_person.number': { broker: 'ledger' },
  // An officer on leave hands over to an account of an office above, whose login is known.
  offices_staff: { office: 'line' },
};

/**
 * The audit names by its id what a reading was of and who read, offices above as well: an auditor learns ids of the own area and of those
 * over it, may look for them, and learns nothing of what they stand for.
 */
export const IDS_TOLD: Row = { audit: 'line' };

/** Columns that only some of those who see the row may be shown: whom to call at a gate, whole numbers. */
export const COLUMN_SEES: Readonly<Record<string, Row>> = {
  'jobs_gate.contact': { link: 'way' },
  // A person's own file says which office has read it: the city's as well.
  'offices_office.name': { ...ACCOUNTS, office: 'line' },
  'trips_trip.plate': { office: 'district', employer: 'gates', link: 'way' },
  'people_person.number': { office: 'area' },
  // What was told is read by offices; the person reads the answer.
  'people_difficulty.told': { office: 'area' },
};
