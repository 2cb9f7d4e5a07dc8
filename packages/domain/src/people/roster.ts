import { z } from 'zod';
import type { IdRefusal } from './id-number.ts';
import type { PhoneRefusal } from './phone.ts';
import type { NameFault } from './roster-cells.ts';
import type { DateRefusal, LunarToSolar } from './roster-dates.ts';
import { RosterField } from './roster-fields.ts';

/** One cell as the spreadsheet holds it. Dates come as ISO text. */
export interface Cell {
  /** Without `="…"`, leading `'` and outer spaces. */
  readonly text: string;
  /** The file holds a number here, so digits beyond the 15th and leading zeros are lost. */
  readonly isNumber: boolean;
}

/** One line of a roster, with what an office has typed over it. */
export interface RosterLine {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  readonly cells: readonly Cell[];
  /** Values typed in place, by field; they win over the cells. */
  readonly fixed?: Readonly<Partial<Record<RosterField, string>>>;
  readonly skipped?: boolean;
}

/** What one column means, and how far that can be trusted; a column to `ask` about is not read until chosen. */
export const MappedColumn = z.object({
  /** 0-based. */
  index: z.int().min(0),
  /** `A`, `B`, … `AA`. */
  letter: z.string(),
  header: z.string(),
  field: RosterField.nullable(),
  confidence: z.enum(['sure', 'likely', 'ask']),
  basis: z.enum(['header', 'content', 'chosen', 'none']),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

export const RosterMapping = z.object({
  columns: z.array(MappedColumn).readonly(),
  /** The roster has no destination of its own: last year's workplace stands for it (同厂返岗). */
  destinationIsWorkplace: z.boolean(),
  /** The only telephone column is the household's: many rows share one number. */
  phoneIsHousehold: z.boolean(),
});
export type RosterMapping = z.infer<typeof RosterMapping>;

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Text = z.string().min(1);

/** A clean row: a person and the wish to return. Absent = the roster does not say. */
export const RosterRow = z.object({
  row: z.int().min(1),
  name: Text,
  /** 18 characters with a correct checksum; null = the office has marked the person as without papers. */
  idNumber: z
    .string()
    .regex(/^\d{17}[\dX]$/)
    .nullable(),
  idKind: z.enum(['eighteen', 'fifteen', 'disabilityCertificate', 'none']),
  birthDate: Day.optional(),
  gender: z.enum(['male', 'female']).optional(),
  /** Mobile of 11 digits, or `023-72222222`. */
  phone: Text.optional(),
  phone2: Text.optional(),
  nation: Text.optional(),
  education: Text.optional(),
  householdNo: Text.optional(),
  relation: Text.optional(),
  county: Text.optional(),
  town: Text.optional(),
  village: Text.optional(),
  /** Home area as resolved from town and village. */
  areaCode: Text.optional(),
  address: Text.optional(),
  workplace: Text.optional(),
  employer: Text.optional(),
  gate: Text.optional(),
  jobType: Text.optional(),
  incomeFen: z.int().min(0).optional(),
  incomePer: z.enum(['month', 'year']).optional(),
  laborAbility: Text.optional(),
  careGroups: z
    .array(
      z.enum([
        'liftedOutOfPoverty',
        'povertyRelapseMonitored',
        'personWithDisability',
        'retiredFisher',
        'hardToEmploy',
      ]),
    )
    .readonly(),
  willing: z.boolean().optional(),
  /** As written. */
  destination: Text.optional(),
  destinationCode: Text.optional(),
  destinationFrom: z.enum(['destination', 'workplace']).optional(),
  departFrom: Day.optional(),
  departTo: Day.optional(),
  mode: z.enum(['ours', 'ownCar', 'ownTicket']).optional(),
  transport: z.enum(['bus', 'rail', 'air']).optional(),
  wheelchair: z.boolean(),
  accessNote: Text.optional(),
  companions: Text.optional(),
  remark: Text.optional(),
  pointToPoint: z.boolean().optional(),
});
export type RosterRow = z.infer<typeof RosterRow>;

/** A place offered where a text fits none or several. */
export interface PlaceCandidate {
  readonly code: string;
  readonly name: string;
}

/** A place found, or what it might be; undefined = nothing like it is known. */
export type PlaceAnswer =
  | { readonly code: string }
  | { readonly candidates: readonly PlaceCandidate[] }
  | undefined;

/** What the check of a roster depends on besides the file. */
export interface RosterContext {
  /** ISO date of the installation's clock. */
  readonly today: string;
  /** A departure before today: `reject` for a plan to come, `warn` for a record of what was. */
  readonly pastDepartures: 'reject' | 'warn';
  readonly lunarToSolar?: LunarToSolar;
  /** Finds a destination down to county, six digits or more. Without it destinations stay text. */
  readonly resolveDestination?: (text: string) => PlaceAnswer;
  /** Finds the home area; one of the two is not empty. Without it the home stays text. */
  readonly resolveArea?: (town: string, village: string) => PlaceAnswer;
  /** ID numbers ending in 000 pass for damaged even where the checksum fits: many of the column do. */
  readonly zerosAreDamage?: boolean;
}

export type RosterCode =
  | IdRefusal['code']
  | PhoneRefusal['code']
  | DateRefusal['code']
  | NameFault
  | 'people.id_none'
  | 'people.id_upgraded_from_15'
  | 'people.id_from_disability_certificate'
  | 'people.under_sixteen'
  | 'people.birth_differs_from_id'
  | 'people.gender_differs_from_id'
  | 'people.age_differs_from_id'
  | 'people.duplicate_merged'
  | 'people.duplicate_differs'
  | 'people.phone_shared'
  | 'people.town_unknown'
  | 'people.village_unknown'
  | 'people.village_ambiguous'
  | 'people.destination_unknown'
  | 'people.destination_ambiguous'
  | 'people.destination_above_county'
  | 'people.destination_missing'
  | 'people.date_past'
  | 'people.date_far'
  | 'people.date_open'
  | 'people.mode_unreadable'
  | 'people.yes_no_unreadable'
  | 'people.income_unreadable'
  | 'people.income_doubtful'
  | 'people.pay_doubtful'
  | 'people.unable_yet_working'
  | 'people.workplace_above_county'
  | 'people.goes_without_need'
  | 'people.phone_several_places';

/** One thing to say about one cell: a reason to reject its row, or a warning. */
export interface RosterNote {
  readonly row: number;
  /** Letter and header, `D 身份证号码`; empty where the roster has no such column. */
  readonly column: string;
  readonly field: RosterField;
  readonly code: RosterCode;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly candidates?: readonly PlaceCandidate[];
}

/** A change typed in place, or a row left out. */
export const RosterFix = z.union([
  z.object({ row: z.int().min(1), field: RosterField, value: z.string().max(500) }).strict(),
  z.object({ row: z.int().min(1), skip: z.boolean() }).strict(),
]);
export type RosterFix = z.infer<typeof RosterFix>;

/** The lines with an office's fixes laid over them; later fixes win. Fixes of rows that are not there change nothing. */
export function applyFixes(lines: readonly RosterLine[], fixes: readonly RosterFix[]): RosterLine[] {
  const byRow = new Map<number, { skipped?: boolean; fixed: Partial<Record<RosterField, string>> }>();
  for (const fix of fixes) {
    const laid = byRow.get(fix.row) ?? { fixed: {} };
    if ('skip' in fix) laid.skipped = fix.skip;
    else laid.fixed[fix.field] = fix.value;
    byRow.set(fix.row, laid);
  }
  return lines.map((line) => {
    const laid = byRow.get(line.row);
    if (!laid) return line;
    const skipped = laid.skipped ?? line.skipped;
    return {
      ...line,
      fixed: { ...line.fixed, ...laid.fixed },
      ...(skipped === undefined ? {} : { skipped }),
    };
  });
}
