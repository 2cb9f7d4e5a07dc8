import { z } from 'zod';
import { CareGroup, WishKind, WishMode } from './schema.ts';

/** What of a numbered identity a report may show, from the whole number to nothing. 证件号码脱敏 */
export const IdMask = z.enum([
  'whole',
  'firstSixLastFour',
  'lastFour',
  'birthAndGender',
  'installationHash',
  'none',
]);
export type IdMask = z.infer<typeof IdMask>;

/** What a column of a list is filled with: a fact of the person, of the wish of the season, or of the last spell of work. */
export const ReportField = z.enum([
  'rowNumber',
  'name',
  'idNumber',
  'phone',
  'phone2',
  'gender',
  'nation',
  'birth',
  'age',
  'education',
  'householdNo',
  'relation',
  'county',
  'town',
  'village',
  'address',
  'registeredPlace',
  'laborAbility',
  'careGroup',
  'wishKind',
  'willing',
  'destination',
  'destinationProvince',
  'destinationCity',
  'destinationCounty',
  'departDate',
  'departFrom',
  'departTo',
  'mode',
  'pointToPoint',
  'access',
  'gate',
  'remark',
  'workplace',
  'workplaceProvince',
  'workplaceCity',
  'workplaceCounty',
  'employer',
  'jobType',
  'monthlyPay',
]);
export type ReportField = z.infer<typeof ReportField>;

const AGES = ['age16to24', 'age25to34', 'age35to44', 'age45to54', 'age55up'] as const;

/** How many of the people that were asked for. 统计口径 */
export const ReportCount = z.enum([
  'people',
  'male',
  'female',
  'goes',
  'withoutWish',
  ...WishKind.options.map((it) => `kind.${it}` as const),
  ...WishMode.options.map((it) => `mode.${it}` as const),
  'to.withinCounty',
  'to.withinProvince',
  'to.otherProvince',
  'care.any',
  ...CareGroup.options.map((it) => `care.${it}` as const),
  ...AGES,
]);
export type ReportCount = z.infer<typeof ReportCount>;

/** What a single cell is filled with. */
export const CellValue = z.enum(['today', 'areaName', ...ReportCount.options]);
export type CellValue = z.infer<typeof CellValue>;

/** A column of the list, by its number (1-based). */
export const LayoutColumn = z.object({
  column: z.int().min(1).max(200),
  header: z.string().max(200),
  /** Null: stays empty. */
  field: ReportField.nullable(),
  /** Words, or the codes of GB/T 2261.1, 3304, 4658 and of administrative divisions. */
  as: z.enum(['words', 'code']),
  /** Fen for one unit of a column of pay. */
  fenPerUnit: z.int().min(1).max(1_000_000),
  /** Nobody has said yet what it means. */
  asked: z.boolean(),
});
export type LayoutColumn = z.infer<typeof LayoutColumn>;

const Ref = z.string().regex(/^[A-Z]{1,3}[1-9]\d{0,6}$/);

export const LayoutCell = z.object({
  ref: Ref,
  label: z.string().max(200),
  value: CellValue.nullable(),
  asked: z.boolean(),
});
export type LayoutCell = z.infer<typeof LayoutCell>;

/** What the cells of a superior's blank mean; rows and columns count from 1. */
export const LayoutMap = z.object({
  sheet: z.string().max(60),
  list: z
    .object({
      headerRow: z.int().min(1),
      firstRow: z.int().min(1),
      lastRow: z.int().min(0),
      columns: z.array(LayoutColumn).max(200),
    })
    .nullable(),
  cells: z.array(LayoutCell).max(500),
});
export type LayoutMap = z.infer<typeof LayoutMap>;

/** Why whole numbers or care groups leave the house: noted with the issue. */
export const ReportPurpose = z.enum(['superiorReport', 'otherDepartment', 'inspection', 'ownUse']);
export type ReportPurpose = z.infer<typeof ReportPurpose>;

/** How the numbers of an issue are shown, and whether the difference to the last one is a sheet of it. */
export const IssueSettings = z.object({
  idMask: IdMask,
  phones: z.enum(['whole', 'lastFour', 'none']),
  difference: z.boolean(),
  purpose: ReportPurpose.nullable(),
});
export type IssueSettings = z.infer<typeof IssueSettings>;

/** What stands in one row against the issue before. */
export const RowChange = z.enum(['new', 'changed', 'same', 'gone']);
export type RowChange = z.infer<typeof RowChange>;
