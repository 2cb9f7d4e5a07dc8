import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import {
  AreaCode,
  BOOK_KEEPERS,
  DayText,
  LEDGER_ROLES,
  MomentText,
  PlaceCode,
  SeasonId,
} from '../offices/schema.ts';
import { MappedColumn, RosterFix } from './roster.ts';
import { RosterField } from './roster-fields.ts';
import { CareGroup, Channel, PersonLine, WishKind, WishMode, WishStatus, WithdrawReason } from './schema.ts';

/** Who reads people: offices those of their area, labor brokers and agencies those of their own ledger. */
export const PERSON_READERS = [...BOOK_KEEPERS, ...LEDGER_ROLES] as const;

/** A person in a list, with the place of the home in words. */
export const PersonHit = PersonLine.extend({ areaName: z.string(), areaPinyin: z.string() });
export type PersonHit = z.infer<typeof PersonHit>;

/** A wish as lists show it. */
export const WishLine = z.object({
  kind: WishKind,
  mode: WishMode,
  status: WishStatus,
  destination: PlaceCode.nullable(),
  /** The place's own name, or what the roster says. */
  destinationName: z.string().nullable(),
  destinationPinyin: z.string().nullable(),
  earliest: DayText.nullable(),
  latest: DayText.nullable(),
  wheelchair: z.boolean(),
  /** The last plan found no way; code of the reason. */
  unplacedReason: z.string().nullable(),
});
export type WishLine = z.infer<typeof WishLine>;

/** Which people a list shows, by their wish in the season; the list itself is the trips room's, which knows how far they have come. */
export const PeopleStatus = z.enum(['wants', 'unplaced', 'ownWay', 'stays', 'withdrawn', 'noWish']);
export type PeopleStatus = z.infer<typeof PeopleStatus>;

export const PAGE_ROWS = 100;

/** The find box: up to twenty people, while one types. Asked in a body: a name or a number stands in no address. */
export const findPeople = endpoint({
  name: 'people.findPeople',
  method: 'POST',
  path: '/api/people/find',
  body: z.object({ text: z.string().min(1).max(40) }),
  reply: z.object({ people: z.array(PersonHit) }),
  callers: [...PERSON_READERS],
  access: { resource: 'person', action: 'list', scope: ['area', 'ledger'] },
});

/** Everything on the books of one person but whole numbers. Reading care groups leaves a row in the audit. */
export const readPerson = endpoint({
  name: 'people.readPerson',
  method: 'GET',
  path: '/api/people/:personId',
  params: z.object({ personId: z.uuid() }),
  query: z.object({ season: SeasonId }),
  reply: z.object({
    person: PersonHit.extend({
      birth: DayText.nullable(),
      hasId: z.boolean(),
      hasPhone: z.boolean(),
      hasSecondPhone: z.boolean(),
      nation: z.string().nullable(),
      education: z.string().nullable(),
      jobType: z.string().nullable(),
      workplace: z.string().nullable(),
      channel: Channel,
      registeredAt: MomentText,
      careGroups: z.array(CareGroup),
      household: z.array(PersonLine),
    }),
    wish: WishLine.extend({
      id: z.uuid(),
      destinationText: z.string().nullable(),
      gateText: z.string().nullable(),
      mayPart: z.boolean(),
      remark: z.string().nullable(),
      recordedAt: MomentText,
      /** The others of the party. */
      companions: z.array(PersonLine),
    }).nullable(),
  }),
  callers: [...PERSON_READERS],
  access: { resource: 'person', action: 'read', scope: ['area', 'ledger'] },
});

export const NumberKind = z.enum(['idNumber', 'phone', 'phone2']);
export type NumberKind = z.infer<typeof NumberKind>;

/** What a whole number is read for; kept with the reader's name. */
export const RevealPurpose = z.enum([
  'callTraveller',
  'buyTicket',
  'checkPapers',
  'correctBooks',
  'emergency',
]);
export type RevealPurpose = z.infer<typeof RevealPurpose>;

/**
 * A whole number in the clear. The audit row is written in the same transaction before it is opened. A GET, because
 * replies of writes are kept for a second asking, and a number in the clear must not be.
 */
export const revealNumber = endpoint({
  name: 'people.revealNumber',
  method: 'GET',
  path: '/api/people/:personId/number',
  params: z.object({ personId: z.uuid() }),
  query: z.object({ what: NumberKind, purpose: RevealPurpose }),
  reply: z.object({ number: z.string().nullable() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'reveal', scope: 'area' },
});

/** What an office writes down of a wish. */
export const WishSaid = z.object({
  kind: WishKind,
  mode: WishMode,
  destination: PlaceCode.nullable(),
  gateText: z.string().max(100).nullable(),
  earliest: DayText.nullable(),
  latest: DayText.nullable(),
  wheelchair: z.boolean(),
  mayPart: z.boolean(),
  remark: z.string().max(200).nullable(),
});
export type WishSaid = z.infer<typeof WishSaid>;

/** Records a person's wish in a season, or changes it. */
export const recordWish = endpoint({
  name: 'people.recordWish',
  method: 'POST',
  path: '/api/people/:personId/wish',
  params: z.object({ personId: z.uuid() }),
  body: z.object({ season: SeasonId, wish: WishSaid, key: Key }),
  reply: z.object({ wishId: z.uuid(), changed: z.boolean() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'wish', action: 'write', scope: 'area' },
});

export const withdrawWish = endpoint({
  name: 'people.withdrawWish',
  method: 'POST',
  path: '/api/people/:personId/wish/withdraw',
  params: z.object({ personId: z.uuid() }),
  body: z.object({ season: SeasonId, why: WithdrawReason, key: Key }),
  reply: z.object({}),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'wish', action: 'write', scope: 'area' },
});

/** Puts a person on the books by hand. */
export const addPerson = endpoint({
  name: 'people.addPerson',
  method: 'POST',
  path: '/api/people',
  body: z.object({
    season: SeasonId,
    name: z.string().min(1).max(60),
    /** Empty = without papers. */
    idNumber: z.string().max(40),
    phone: z.string().max(60),
    area: AreaCode,
    key: Key,
  }),
  reply: z.object({ personId: z.uuid() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'person', action: 'write', scope: 'area' },
});

/** One bad or doubtful cell. */
export const Finding = z.object({
  row: z.int(),
  column: z.string(),
  field: RosterField,
  code: z.string(),
  message: z.string(),
  candidates: z
    .array(z.object({ code: z.string(), name: z.string() }))
    .readonly()
    .optional(),
});
export type Finding = z.infer<typeof Finding>;

/** One row of the grid: only rows with a bad cell, or left out, are shown. Sound numbers show their tail only. */
export const BadRow = z.object({
  row: z.int(),
  skipped: z.boolean(),
  cells: z.partialRecord(RosterField, z.string()),
});
export type BadRow = z.infer<typeof BadRow>;

const Counts = z.object({ created: z.int(), updated: z.int(), unchanged: z.int() });

/** How often a roster changes one field of people on the books: fills what was empty, or says otherwise. */
export const FieldChanges = z.object({ field: z.string(), fills: z.int(), differs: z.int() });
export type FieldChanges = z.infer<typeof FieldChanges>;

/** A roster taken out of its file, as the page shows it. */
export const UploadView = z.object({
  uploadId: z.uuid(),
  season: SeasonId,
  area: AreaCode,
  file: z.string(),
  sheet: z.string(),
  sheets: z.array(z.string()).readonly(),
  headerRows: z.array(z.int()).readonly(),
  encoding: z.string().nullable(),
  columns: z.array(MappedColumn).readonly(),
  /** The columns were said before, for a roster with these headers. */
  remembered: z.boolean(),
  rows: z.int(),
  /** Empty, total and footer rows below the roster. */
  dropped: z.int(),
  merged: z.int(),
  skipped: z.int(),
  /** Rows that can be written. */
  good: z.int(),
  /** Rows that cannot. */
  bad: z.int(),
  /** What writing the good rows would do. */
  would: Counts,
  /** What it would change of people on the books and their wishes, field by field. */
  wouldChange: z.array(FieldChanges),
  /** Why nothing can be checked yet: a column is missing. */
  problem: z
    .object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** Cells that stop their row, the first thousand. */
  rejected: z.array(Finding),
  /** Cells that are doubtful, the first thousand. */
  warnings: z.array(Finding),
  badRows: z.array(BadRow),
  fixes: z.array(RosterFix),
});
export type UploadView = z.infer<typeof UploadView>;

/** Takes a roster out of its file and keeps it sealed for a day. `sheet` chooses one of several. */
export const uploadRoster = endpoint({
  name: 'people.uploadRoster',
  method: 'POST',
  path: '/api/people/uploads',
  body: z.object({ season: SeasonId, area: AreaCode, sheet: z.string().max(100).optional(), key: Key }),
  reply: z.object({ uploadId: z.uuid() }),
  file: 'up',
  takes: 'spreadsheet',
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'write', scope: 'area' },
});

export const readUpload = endpoint({
  name: 'people.readUpload',
  method: 'GET',
  path: '/api/people/uploads/:uploadId',
  params: z.object({ uploadId: z.uuid() }),
  reply: UploadView,
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'read', scope: 'self' },
});

/** The roster with the fixes laid over it, as a workbook: bad cells red, doubtful ones yellow, the reason beside the row. */
export const exportUpload = endpoint({
  name: 'people.exportUpload',
  method: 'GET',
  path: '/api/people/uploads/:uploadId/marked.xlsx',
  params: z.object({ uploadId: z.uuid() }),
  query: z.object({ lang: z.enum(['zh', 'en']).optional() }),
  reply: z.unknown(),
  file: 'down',
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'export', scope: 'self' },
});

/** Lays fixes and column choices over a roster; both replace what was said before. */
export const fixUpload = endpoint({
  name: 'people.fixUpload',
  method: 'POST',
  path: '/api/people/uploads/:uploadId/fix',
  params: z.object({ uploadId: z.uuid() }),
  body: z.object({
    fixes: z.array(RosterFix).max(20_000),
    /** Letter of the column → field; null = of no use. */
    mapping: z.record(z.string().regex(/^[A-Z]{1,3}$/), RosterField.nullable()).optional(),
    key: Key,
  }),
  reply: z.object({}),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'write', scope: 'self' },
});

/** Writes the good rows; refuses where bad ones are left and are not to be skipped. */
export const commitUpload = endpoint({
  name: 'people.commitUpload',
  method: 'POST',
  path: '/api/people/uploads/:uploadId/commit',
  params: z.object({ uploadId: z.uuid() }),
  body: z.object({ skipBad: z.boolean(), key: Key }),
  reply: Counts.extend({
    file: z.string(),
    rows: z.int(),
    left: z.array(z.object({ row: z.int(), column: z.string(), field: RosterField, code: z.string() })),
  }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'write', scope: 'self' },
});

export const discardUpload = endpoint({
  name: 'people.discardUpload',
  method: 'POST',
  path: '/api/people/uploads/:uploadId/discard',
  params: z.object({ uploadId: z.uuid() }),
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'write', scope: 'self' },
});
