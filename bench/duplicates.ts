/**
 * How well and how fast the product finds people who are on the books of a district twice.
 *
 *     npm run bench:duplicates -- --json [--people 600000] [--seed 1] [--twice 0.04] [--misses]
 *
 * A labelled synthetic set is loaded into a PostgreSQL of its own and gone through by the product's own comparison, district after district.
 * `precision` and `recall` are of the pairs offered as one person, over all true pairs; `queue` of everything that is offered or asked about.
 * `seconds` is the comparison alone. Last line: one JSON object.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { seasonOf } from '../packages/server/src/offices/season.ts';
import { addSeason } from '../packages/server/src/offices/store.ts';
import { loadPlaces } from '../packages/server/src/offices/store-places.ts';
import { compareAll } from '../packages/server/src/people/likeness.ts';
import { NO_ID, NO_PHONE, sealedId, sealedPhone } from '../packages/server/src/people/sealed-numbers.ts';
import { areaRange, openDatabase, type Scope, type Tx } from '../packages/server/src/platform/database.ts';
import { copyRows } from '../packages/server/src/platform/journal.ts';
import { inOwnerTransaction } from '../packages/server/src/platform/owner.ts';
import { initials, pinyinName } from '../packages/server/src/platform/pinyin.ts';
import { type FreshDatabase, freshDatabase } from '../packages/server/src/platform/testing.ts';
import { setup, teardown } from '../packages/server/src/platform/vitest-global.ts';
import { type MadeRecord, Maker } from './duplicates-set.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '600000' },
    seed: { type: 'string', default: '1' },
    twice: { type: 'string', default: '0.04' },
    // Says what is missed, and what other thresholds would give.
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
});
const people = Number(values.people);
/** The share of people who lie on the books twice. */
const TWICE = Number(values.twice);
const AT = '2022-02-11T17:00:00+08:00';
const PART = 5_000;
const COLUMNS = [
  ...[
    'id',
    'identity',
    'area',
    'name',
    'pinyin',
    'initials',
    'gender',
    'birth',
    'id_kind',
    'id_sealed',
    'id_index',
    'id_tail',
  ],
  ...[
    'phone_sealed',
    'phone_index',
    'phone_tail',
    'household_id',
    'channel',
    'registered_at',
    'registered_by',
  ],
];

const say = (text: string) => values.json || process.stderr.write(`${text}\n`);
const mb = () => Math.round(process.memoryUsage().rss / 1_048_576);
const readings = new Map<string, [string, string]>();
function reading(name: string): [string, string] {
  const known = readings.get(name);
  if (known) return known;
  const made: [string, string] = [pinyinName(name), initials(name)];
  readings.set(name, made);
  return made;
}

interface Labels {
  /** `first second` in the order of their ids → what went wrong. */
  readonly pairs: Map<string, readonly string[]>;
  readonly districts: string[];
}

const keyOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Villages of the city, districts side by side, so many that each holds some fifty people. */
async function villagesOf(client: pg.Client, count: number): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>(
    "select code from city_500000.offices_area where level = 'village' order by code",
  );
  // Fewer people fill fewer districts, each of the usual size.
  return rows.slice(0, Math.ceil(count / 55)).map((it) => it.code);
}

function* recordsOf(maker: Maker, villages: readonly string[]): Generator<MadeRecord> {
  let made = 0;
  for (let round = 0; made < people; round++) {
    for (const [i, village] of villages.entries()) {
      if (made >= people) return;
      const clan = round === 0 || maker.dice() < 0.3 ? maker.clan() : (clans[i] ?? maker.clan());
      clans[i] ??= clan;
      const near = villages
        .slice(Math.max(0, i - 12), i + 12)
        .filter((it) => it.startsWith(village.slice(0, 6)));
      for (let n = 0; n < 4 && made < people; n++) {
        const kin = maker.family(village, clans[i] ?? clan);
        for (const person of kin) {
          const first = maker.first(person);
          yield first;
          made += 1;
          for (let more = 0; more < 2 && maker.dice() < TWICE; more++) {
            yield maker.second(person, first, kin, near);
            made += 1;
          }
        }
      }
    }
  }
}
const clans: string[] = [];

const owner = { count: 0 };
async function load(
  client: pg.Client,
  asOwner: <Value>(work: (tx: Tx) => Promise<Value>) => Promise<Value>,
  secrets: Parameters<typeof sealedId>[0]['secrets'],
): Promise<Labels> {
  const keys = { secrets, indexNo: 1, nextNo: null };
  const villages = await villagesOf(client, people);
  const pairs = new Map<string, readonly string[]>();
  const households = new Map<number, string>();
  const taken = new Set<string>();
  let whose = -1;
  let same: { id: string; noise: readonly string[] }[] = [];
  let rows: object[] = [];
  const flush = async () => {
    await asOwner((tx) => copyRows(tx, 'people_person', COLUMNS, rows as Record<string, unknown>[]));
    owner.count += rows.length;
    rows = [];
  };
  for (const it of recordsOf(new Maker(Number(values.seed)), villages)) {
    const id = randomUUID();
    const number = it.idNumber !== null && !taken.has(it.idNumber) ? it.idNumber : null;
    if (number !== null) taken.add(number);
    if (it.household !== null && !households.has(it.household)) households.set(it.household, randomUUID());
    const [pinyin, letters] = reading(it.name);
    rows.push({
      ...{
        id,
        identity: randomUUID(),
        area: it.area,
        name: it.name,
        pinyin,
        initials: letters,
        gender: it.gender,
        birth: it.birth,
      },
      ...{
        id_kind: number === null ? 'none' : 'eighteen',
        household_id: it.household === null ? null : households.get(it.household),
      },
      ...(number === null ? NO_ID : sealedId(keys, id, it.area, number)),
      ...(it.phone === null ? NO_PHONE : sealedPhone(keys, id, it.area, it.phone)),
      ...{ channel: 'import', registered_at: AT, registered_by: 'bench' },
    });
    if (it.whose !== whose) [whose, same] = [it.whose, []];
    for (const other of same) pairs.set(keyOf(id, other.id), [...it.noise, ...other.noise]);
    same.push({ id, noise: it.noise });
    if (rows.length === PART) await flush();
    if (owner.count % 50_000 === 0 && rows.length === 0) say(`${owner.count} records`);
  }
  await flush();
  return { pairs, districts: [...new Set(villages.map((it) => `${it.slice(0, 6)}000000`))] };
}

const share = (part: number, of: number) => Math.round((part / Math.max(1, of)) * 10_000) / 10_000;

function judge(
  labels: Labels,
  found: readonly { key: string; band: string; reasons: string[]; score: number }[],
) {
  const truly = found.filter((it) => labels.pairs.has(it.key));
  const same = found.filter((it) => it.band === 'same');
  const right = same.filter((it) => labels.pairs.has(it.key));
  const byKey = new Map(found.map((it) => [it.key, it.band]));
  const kinds = new Map<string, { n: number; same: number; queue: number }>();
  for (const [key, noise] of labels.pairs) {
    for (const kind of noise.length === 0 ? ['clean'] : noise) {
      const line = kinds.get(kind) ?? { n: 0, same: 0, queue: 0 };
      kinds.set(kind, {
        n: line.n + 1,
        same: line.same + Number(byKey.get(key) === 'same'),
        queue: line.queue + Number(byKey.has(key)),
      });
    }
  }
  return {
    pairs: labels.pairs.size,
    precision: share(right.length, same.length),
    recall: share(right.length, labels.pairs.size),
    queue: {
      precision: share(truly.length, found.length),
      recall: share(truly.length, labels.pairs.size),
      pairs: found.length,
    },
    recall_by_noise: Object.fromEntries(
      [...kinds]
        .sort()
        .map(([kind, it]) => [
          kind,
          { pairs: it.n, same: share(it.same, it.n), queue: share(it.queue, it.n) },
        ]),
    ),
  };
}

type Found = Parameters<typeof judge>[1][number];

/** What the thresholds would give elsewhere, what is offered wrongly and what is missed: for work on the weights. */
function sayMisses(labels: Labels, rows: readonly Found[]): void {
  const doubtOf = (it: Found) => it.reasons.find((reason) => reason.startsWith('doubt')) ?? '';
  for (const doubt of [...new Set(rows.map(doubtOf))].sort()) {
    for (let bits = -10; bits <= 90; bits += 10) {
      const over = rows.filter((it) => it.score >= bits && doubtOf(it) === doubt);
      const right = over.filter((it) => labels.pairs.has(it.key)).length;
      const found = `precision ${share(right, over.length)} recall ${share(right, labels.pairs.size)}`;
      say(`${doubt} from ${bits / 10} bits: ${over.length} pairs, ${found}`);
    }
  }
  const wrong = rows.filter((it) => it.band === 'same' && !labels.pairs.has(it.key));
  for (const it of wrong.slice(0, 40)) say(`wrong ${it.score} ${it.reasons.join(' ')}`);
  const found = new Map(rows.map((it) => [it.key, it]));
  const missed = [...labels.pairs].filter(([key]) => found.get(key)?.band !== 'same');
  for (const [key, noise] of missed.slice(0, 80)) {
    const it = found.get(key);
    say(`missed ${it?.score ?? '-'} ${it?.reasons.join(' ') ?? ''} | ${noise.join(', ')}`);
  }
}

/** The product's own run over each district; seconds, and megabytes of this process. */
async function compareDistricts(fresh: FreshDatabase, districts: readonly string[]) {
  const services = {
    ...{ db: fresh.db, city: fresh.city, secrets: fresh.secrets, dataDir: '' },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const memory = { before: mb(), peak: mb() };
  const watch = setInterval(() => {
    memory.peak = Math.max(memory.peak, mb());
  }, 100);
  const from = performance.now();
  for (const district of districts) {
    const { from: areaFrom, to: areaTo } = areaRange(district);
    const scope: Scope = { kind: 'office', staffId: randomUUID(), officeId: randomUUID(), areaFrom, areaTo };
    const done = await compareAll(services, scope, AT);
    say(`${district}: ${done.people} people, ${done.found} pairs`);
  }
  clearInterval(watch);
  return { seconds: Math.round((performance.now() - from) / 100) / 10, memory };
}

await setup();
try {
  const fresh = await freshDatabase();
  const admin = openDatabase(fresh.adminUrl, { max: 1 });
  const asOwner = <Value>(work: (tx: Tx) => Promise<Value>) => inOwnerTransaction(admin, fresh.city, work);
  await asOwner(async (tx) => {
    await loadPlaces(tx, fresh.city);
    await addSeason(tx, seasonOf('2022-02-01'));
  });
  const client = new pg.Client({ connectionString: fresh.adminUrl });
  await client.connect();
  const labels = await load(client, asOwner, fresh.secrets);
  readings.clear();
  await client.query('vacuum analyze');
  const { seconds, memory } = await compareDistricts(fresh, labels.districts);
  const { rows } = await client.query<Found>(
    "select first_person || ' ' || second_person as key, band, reasons, score from city_500000.people_pair",
  );
  if (values.misses) sayMisses(labels, rows);
  await client.end();
  await admin.close();
  await fresh.close();
  const { pairs, precision, recall, ...more } = judge(labels, rows);
  const measured = { people: owner.count, seconds, precision, recall, pairs, ...more, memory_mb: memory };
  process.stdout.write(`${JSON.stringify({ bench: 'duplicates', ...measured })}\n`);
} finally {
  await teardown();
}
