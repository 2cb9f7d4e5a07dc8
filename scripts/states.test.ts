import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WISH_NEXT } from '../packages/domain/src/people/rules.ts';
import { DIFFICULTY_NEXT } from '../packages/domain/src/people/rules-difficulty.ts';
import { NEED_NEXT } from '../packages/domain/src/people/rules-need.ts';
import { TRANSFER_NEXT } from '../packages/domain/src/people/rules-transfer.ts';
import { ITINERARY_NEXT, LEG_NEXT, TRIP_NEXT } from '../packages/domain/src/trips/rules.ts';
import { PROPOSAL_NEXT } from '../packages/domain/src/trips/rules-planning.ts';
import { SHARE_NEXT } from '../packages/domain/src/trips/rules-share.ts';

const page = readFileSync(new URL('../docs/states.md', import.meta.url), 'utf8');

/** The table under a heading, as the page draws it. */
function drawn(heading: string): Record<string, string[]> {
  const section = page.split(/^## /m).find((it) => it.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((it) => it.startsWith('| ') && !it.startsWith('| from'));
  return Object.fromEntries(
    rows.map((row) => {
      const [, from = '', to = ''] = row.split('|').map((it) => it.trim());
      return [from, to === '·' ? [] : to.split(', ')];
    }),
  );
}

describe('the page of state machines', () => {
  it.each([
    ['Wish', WISH_NEXT],
    ['Trip', TRIP_NEXT],
    ['Itinerary', ITINERARY_NEXT],
    ['Seat', LEG_NEXT],
    ['Draft plan', PROPOSAL_NEXT],
    ['Transfer', TRANSFER_NEXT],
    ['Share', SHARE_NEXT],
    ['Need', NEED_NEXT],
    ['Difficulty', DIFFICULTY_NEXT],
  ] as const)('draws the %s as the code has it', (heading, table) => {
    expect(drawn(heading)).toEqual(table);
  });

  it('draws every machine of the code and no other', () => {
    expect(page.match(/^## /gm)).toHaveLength(9);
  });
});
