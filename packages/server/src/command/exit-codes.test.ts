import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { asOwner } from '../platform/owner.ts';
import { addBulletin } from './bulletin.ts';
import { addFigures } from './figures.ts';
import { addPlan } from './plan.ts';
import { addProgramme } from './programme.ts';
import { addSeason } from './season.ts';
import { runCommand } from './testing.ts';

/** Every way a command ends at which a script looks: by the number, and by a sentence for the person. */
const COMMANDS = {
  season: addSeason,
  plan: addPlan,
  figures: addFigures,
  bulletin: addBulletin,
  programme: addProgramme,
};

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([]);
  await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
});
afterAll(() => house.close());

function run(line: string): ReturnType<typeof runCommand> {
  const args = line.split(' ');
  return runCommand(house, COMMANDS[args[0] as keyof typeof COMMANDS], args);
}

describe('a command ends with', () => {
  it.each([
    ['2 for a day that no calendar has', 2, 'plan --season 2022-spring --date 2022-02-40'],
    ['2 for a fleet that is none', 2, 'plan --season 2022-spring --fleet many'],
    ['2 for a moment that is none', 2, 'figures --season 2022-spring --as-of yesterday'],
    ['2 for an area that is no code', 2, 'figures --season 2022-spring --area Wulong'],
    ['2 for a language it does not speak', 2, 'bulletin --season 2022-spring --lang fr'],
    ['2 for a season id of other letters', 2, 'season add Spring! --festival 2023-01-22'],
    ['2 for a city of another installation', 2, 'season add x-spring --city 510100 --festival 2023-01-22'],
    ['3 for days that are over', 3, 'plan --season 2022-spring --date 2021-01-01'],
    ['4 for a season that is not there', 4, 'figures --season 1999-spring'],
    ['4 for a season that is not there', 4, 'bulletin --season 1999-spring'],
    ['4 for a season that is not there', 4, 'programme --season 1999-spring'],
    ['4 for a season that is not there', 4, 'plan --season 1999-spring'],
    ['4 for an area of another city', 4, 'figures --season 2022-spring --area 510100'],
    ['4 for an area that was never given out', 4, 'figures --season 2022-spring --area 500999'],
    ['4 for an area that was never given out', 4, 'plan --season 2022-spring --area 500999000000'],
    ['5 for a season that is there already', 5, 'season add 2022-spring --festival 2022-02-01'],
    ['6 where nobody can be placed', 6, 'plan --season 2022-spring'],
  ])('%s', async (_name, exit, line) => {
    const { out, error } = await run(line);
    expect(error).toMatchObject({ exit, message: expect.stringMatching(/^[^\n]{10,}$/) });
    expect(out).toBe('');
  });

  it('0 and JSON on standard output when it is done', async () => {
    const added = await run('season add 2023-spring --festival 2023-01-22 --json');
    expect(added.error).toBeUndefined();
    expect(JSON.parse(added.out)).toMatchObject({ id: '2023-spring', festival: '2023-01-22' });
    const figures = await run('figures --season 2023-spring --as-of 2022-02-08T17:00 --json');
    expect(JSON.parse(figures.out)).toMatchObject({
      asOf: '2022-02-08T17:00:00+08:00',
      total: { runs: 0, persons: 0 },
    });
  });
});
