import { z } from 'zod';
import { DayText, PlaceCode } from '../offices/schema.ts';
import { CareGroup } from './schema.ts';

/** How far somebody can work, as the national monitoring of poverty relief writes it. 劳动能力 */
export const LaborAbility = z.enum(['skilled', 'ordinary', 'partial', 'lost', 'none']);
export type LaborAbility = z.infer<typeof LaborAbility>;

/** Whose telephone it is. */
export const PhoneOwner = z.enum(['self', 'spouse', 'parent', 'child', 'neighbor', 'other']);
export type PhoneOwner = z.infer<typeof PhoneOwner>;

/** Where a statement comes from. */
export const RecordSource = z.enum(['declared', 'import', 'employer', 'certificate', 'register']);
export type RecordSource = z.infer<typeof RecordSource>;

const Words = z.string().trim().min(1).max(100);

/** A time of work at one place: down to the county, so that a plan or a figure can use it. 务工经历 */
export const WorkSpell = z.object({
  county: PlaceCode,
  employer: Words.nullable(),
  occupation: Words.nullable(),
  /** Net pay of a month, in fen. */
  monthlyPayFen: z.int().min(0).max(1_000_000_000).nullable(),
  fromDay: DayText,
  /** Null = still there. */
  toDay: DayText.nullable(),
  source: RecordSource,
});
export type WorkSpell = z.infer<typeof WorkSpell>;

export const Skill = z.object({
  name: Words,
  /** Years of practice, where said. */
  years: z.int().min(0).max(60).nullable(),
  source: RecordSource,
});
export type Skill = z.infer<typeof Skill>;

/** A certificate; its number lies sealed. */
export const Certificate = z.object({
  name: Words,
  level: Words.nullable(),
  number: z.string().trim().min(1).max(60).nullable(),
  issuedDay: DayText.nullable(),
  expiresDay: DayText.nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

/** A membership in a care group with its days and where it is known from. */
export const CareMembership = z.object({
  kind: CareGroup,
  since: DayText,
  /** Last day; null = still. */
  until: DayText.nullable(),
  source: Words,
});
export type CareMembership = z.infer<typeof CareMembership>;

/** A part of a record of which there may be several. */
export const RecordPart = z.discriminatedUnion('part', [
  z.object({ part: z.literal('spell'), value: WorkSpell }),
  z.object({ part: z.literal('skill'), value: Skill }),
  z.object({ part: z.literal('certificate'), value: Certificate }),
  z.object({ part: z.literal('care'), value: CareMembership }),
]);
export type RecordPart = z.infer<typeof RecordPart>;

export const PartName = z.enum(['spell', 'skill', 'certificate', 'care']);
export type PartName = z.infer<typeof PartName>;

/** What a change was of: the person's row itself, a part, the wish, coming onto the books with all that came along, or a merge of two records. */
export const ChangedPart = z.enum([...PartName.options, 'person', 'wish', 'registered', 'merged']);
export type ChangedPart = z.infer<typeof ChangedPart>;
