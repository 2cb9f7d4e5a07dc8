import { z } from 'zod';
import { type Caller, endpoint } from '../basics/api.ts';
import { AreaCode, MomentText, SeasonId } from '../offices/schema.ts';

const READERS: readonly Caller[] = ['cityOfficer', 'districtOfficer', 'dispatcher', 'leader'];

/** A count of another district; null = too small to be shown, or hidden beside one that is. */
const Shown = z.int().min(0).nullable();

/** What is compared; each is a count of persons. */
export const COMPARED = ['wants', 'unmet', 'persons', 'signedFor'] as const;
export type Compared = (typeof COMPARED)[number];

const ShownCounts = z.object({ wants: Shown, unmet: Shown, persons: Shown, signedFor: Shown });

export const ComparisonRow = ShownCounts.extend({
  area: AreaCode,
  name: z.string(),
  pinyin: z.string(),
  own: z.boolean(),
  /** Runs are vehicles, not people: shown as they are. */
  runs: z.int().min(0),
});
export type ComparisonRow = z.infer<typeof ComparisonRow>;

/** What the city has told a district of all districts, as of a moment. */
export const Comparison = z.object({
  asOf: MomentText,
  rows: z.array(ComparisonRow),
  total: ShownCounts.extend({ runs: z.int().min(0) }),
});
export type Comparison = z.infer<typeof Comparison>;

/** The districts beside one another, as the city has last published them; null = not yet in this season. */
export const readComparison = endpoint({
  name: 'figures.readComparison',
  method: 'GET',
  path: '/api/figures/comparison',
  query: z.object({ season: SeasonId }),
  reply: z.object({ comparison: Comparison.nullable() }),
  callers: READERS,
  access: { resource: 'figure', action: 'read', scope: 'area' },
});

/** The city tells each of its districts how all of them stand now; small counts of others are hidden from each. */
export const publishComparison = endpoint({
  name: 'figures.publishComparison',
  method: 'POST',
  path: '/api/figures/comparison',
  body: z.object({ season: SeasonId, key: z.uuid().optional() }),
  reply: z.object({ districts: z.int() }),
  callers: ['cityOfficer', 'leader'],
  access: { resource: 'figure', action: 'write', scope: 'area' },
});
