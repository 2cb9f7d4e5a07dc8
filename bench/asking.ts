/**
 * Does the time of an asking tell whether any district holds the person? Askings by number, half of them for somebody on another
 * district's books, in a shuffled order through the whole server.
 *
 *     npm run bench:asking -- --json [--rounds 300] [--people 100000]
 *
 * `auc` is how well the time tells the two apart: 0.5 = not at all, 1 = always. `of_us_ms` is a holder's look at all open askings,
 * `collisions_ms` the city's look for people on two books. Medians in ms; the last line is one JSON object.
 */
import { parseArgs } from 'node:util';
import { checkDigitOf } from '@fangang/domain/people/id-number.ts';
import { fillPeople } from '../packages/server/isolation/store-fill.ts';
import { testHouse } from '../packages/server/src/offices/testing.ts';
import { routes } from '../packages/server/src/people/routes.ts';
import { asOwner } from '../packages/server/src/platform/owner.ts';
import { setup, teardown } from '../packages/server/src/platform/vitest-global.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    people: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const people = Number(values.people);
const SEASON = '2022-spring';
const PART = 50_000;

const at = (all: readonly number[], share: number): number => {
  const sorted = [...all].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
};

/** Synthetic number of somebody: day and sequence from one count. */
function numberOf(n: number): string {
  const day = String((n % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(n / 28) % 12) + 1).padStart(2, '0');
  const first = `5002381980${month}${day}${String(Math.floor(n / 336)).padStart(3, '0')}`;
  return `${first}${checkDigitOf(first)}`;
}

/** Share of pairs in which a held one took longer. */
function aucOf(held: readonly number[], free: readonly number[]): number {
  let wins = 0;
  for (const a of held) for (const b of free) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return Math.round((wins / (held.length * free.length)) * 1000) / 1000;
}

await setup();
try {
  const house = await testHouse(routes);
  const say = (text: string) => values.json || process.stderr.write(`${text}\n`);
  for (let from = 0; from < people; from += PART) {
    await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      fillPeople(tx, { from, to: Math.min(people, from + PART), season: SEASON }),
    );
    say(`${Math.min(people, from + PART)} people`);
  }
  const holder = await house.signIn('districtOfficer', '500238000000');
  const asker = await house.signIn('districtOfficer', '500229000000');
  const city = await house.signIn('cityOfficer', '500000000000');
  const timed = async (who: { cookie: string }, url: string, payload?: object): Promise<number> => {
    const from = performance.now();
    const method = payload ? 'POST' : 'GET';
    const answer = await house.app.inject({
      method,
      url,
      headers: { cookie: who.cookie },
      ...(payload && { payload }),
    });
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
    return performance.now() - from;
  };
  const register = (n: number) =>
    timed(holder, '/api/people', {
      ...{ season: SEASON, area: '500238103000', name: '样例人', idNumber: numberOf(n), phone: '' },
    });
  for (let n = 0; n < rounds * 2; n += 2) await register(n);
  say('asking');
  const [held, free]: [number[], number[]] = [[], []];
  for (let n = 0; n < rounds * 2; n += 1) {
    // A prime step: each number once, the two kinds mixed.
    const which = (n * 7919) % (rounds * 2);
    const ask = { idNumber: numberOf(which), area: '500229001000', why: 'livesHere' };
    (which % 2 === 0 ? held : free).push(await timed(asker, '/api/transfers', ask));
  }
  const ofUs: number[] = [];
  const collisions: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    ofUs.push(await timed(holder, '/api/transfers'));
    collisions.push(await timed(city, '/api/collisions'));
  }
  await house.close();
  const report = {
    ...{ people, askings: rounds * 2, held_ms: at(held, 0.5), free_ms: at(free, 0.5) },
    ...{ held_p95: at(held, 0.95), free_p95: at(free, 0.95), auc: aucOf(held, free) },
    ...{ of_us_ms: at(ofUs, 0.5), collisions_ms: at(collisions, 0.5) },
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await teardown();
}
