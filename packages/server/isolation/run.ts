import { type House, openCopy, openHouse, type Stage, setStage, withoutForeign } from './house.ts';
import { comparable, foreignMarks, judge, send, twinOf } from './look.ts';
import { killPolicies } from './mutations.ts';
import { isReading, type Operation, operationsOf } from './openapi.ts';
import { type Actor, phoneFault, phoneOpens, type RowFacts, rangeOf } from './oracle.ts';
import { Pools } from './pools.ts';
import { probeEverybody } from './probes.ts';
import type { Report } from './report.ts';
import { type Ask, makeMore, makeRequests } from './requests.ts';
import { watchWrites } from './writes.ts';

export interface RunAsk {
  readonly requests: number;
  readonly seed: number;
  /** Asks only operations whose name fits this expression; all of them unless told. */
  readonly only?: string;
}

/** Operations that are not asked, each with its reason; a name that the server does not have is a fault of the run. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'house.openapi': 'describes the endpoints: the same for everybody',
  'house.docs': 'shows that description',
  'house.health': 'says that the house runs, to everybody',
  'house.districtMap': 'a file of the build: the same for everybody',
  'house.icon': 'a file of the build: the same for everybody',
  'house.assets': 'files of the build: the same for everybody',
  'offices.signOut': 'ends the session of the asker, who has others to ask; offices/routes.test.ts',
  'offices.changeSignInSettings':
    'may ask everybody for a second factor from the next request on; offices/security.test.ts asks from a district, too',
};

/** Reads that differ between two worlds though they tell nothing of people. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  'offices.listAreas': 'the world without foreign rows has fewer areas',
  'offices.listSeasons': 'seasons are everybody’s',
  'offices.listSessions': 'in the order in which they were last seen',
  'offices.readInstallation': 'of one database and data folder',
};

/** How often a read is asked in which nobody has seen own rows yet. */
const MORE_ASKS = 120;

/** Reads that show figures and no name: a count above nothing is the own data there. */
const FIGURES =
  /^(figures\.|trips\.readPlanningGround|people\.countNeedClasses|offices\.read(Installation|Keys))/;
/** Reads that show rules: any answer is the own one. */
const RULES = /^(offices\.readSignInSettings|people\.readConsents)$/;

/** Builds the world, asks, and judges. Deterministic by its seed but for the time it takes. */
export async function runIsolation(ask: RunAsk): Promise<Report> {
  const from = performance.now();
  const since = () => Math.round((performance.now() - from) / 1000);
  const stage = await setStage(ask.seed);
  try {
    const operations = (await readOperations(stage)).filter((it) => ticketOrNamed(it, ask.only));
    const pools = await poolsOf(stage);
    const asks = makeRequests(operations, stage.actors, pools, {
      count: ask.requests,
      seed: ask.seed,
    });
    const probes = await probeEverybody(stage);
    const kills = await killPolicies(stage, asks);
    const tally = new Tally(stage, operations);
    tally.leaks.push(...probes);
    await compareWorlds(stage, tally, asks);
    await askAll(stage, tally, asks, (operation) =>
      makeMore(operation, stage.actors, pools, { count: MORE_ASKS, seed: ask.seed }),
    );
    return tally.report(ask, kills, since());
  } finally {
    await stage.fresh.close();
  }
}

/** Tickets are always asked: they are askers of their own. */
const ticketOrNamed = ({ name, path }: Operation, only = ''): boolean =>
  path.startsWith('/t/') || new RegExp(only).test(name);

async function readOperations(stage: Stage): Promise<Operation[]> {
  const house = await openHouse(stage.fresh, stage.fresh.adminUrl, stage.faults);
  try {
    const answer = await house.app.inject({ method: 'GET', url: '/openapi.json' });
    const all = operationsOf(answer.json());
    const gone = Object.keys(LEFT_OUT).filter((name) => !all.some((it) => it.name === name));
    if (gone.length > 0) throw new Error(`left out and not there: ${gone.join(', ')}`);
    return all.filter((it) => !(it.name in LEFT_OUT));
  } finally {
    await house.close();
  }
}

async function poolsOf(stage: Stage): Promise<Pools> {
  const { districts, world } = stage;
  const areas = districts.flatMap((it) => [
    it.code,
    ...it.towns.flatMap((town) => [town.code, ...town.villages]),
  ]);
  return new Pools(world, [...areas, '500000000000', '510000000000'], {
    plans: world.canaries.idsOf('trips_proposal'),
    uploads: world.canaries.idsOf('people_upload'),
    transfers: world.canaries.idsOf('people_transfer'),
    shares: world.canaries.idsOf('trips_share'),
  });
}

const showsRows = (it: Operation): boolean =>
  it.method === 'GET' && !it.scope.every((limit) => limit === 'open' || limit === 'sample');

class Tally {
  readonly leaks: string[] = [];
  readonly #stage: Stage;
  readonly #operations: readonly Operation[];
  readonly #ownSeen = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #roles = new Set<string>();
  twins = 0;
  /** Requests with the token of a phone to what not everybody may ask. */
  phones = 0;
  compared = 0;

  constructor(stage: Stage, operations: readonly Operation[]) {
    this.#stage = stage;
    this.#operations = operations;
  }

  note(ask: Ask, own: number): void {
    this.#asked.add(ask.operation.name);
    const { eyes, role, phone } = ask.actor;
    this.#roles.add(eyes === 'link' ? 'link' : phone ? `${phone} phone of ${role}` : role);
    if (own > 0) this.#ownSeen.add(ask.operation.name);
  }

  /** Reads in which nobody has seen own rows yet. */
  unseen(): Operation[] {
    return this.#operations.filter((it) => showsRows(it) && !this.hasSeen(it));
  }

  hasSeen({ name }: Operation): boolean {
    return this.#ownSeen.has(name);
  }

  leak(ask: Ask, what: string): void {
    this.leaks.push(
      `${ask.actor.name} ${ask.operation.name} ${ask.url} ${JSON.stringify(ask.payload ?? '')}: ${what}`,
    );
  }

  report(ask: RunAsk, kills: Report['kills'], seconds: number): Report {
    const shows = (it: Operation) =>
      isReading(it) && !it.scope.every((limit) => limit === 'open' || limit === 'sample');
    const reads = this.#operations.filter(shows).map((it) => it.name);
    const unseen = reads.filter((name) => !this.#ownSeen.has(name));
    return {
      requests: ask.requests,
      routes: this.#asked.size,
      roles: this.#roles.size,
      leaks: this.leaks,
      faults: this.#stage.faults,
      kills,
      ownVisible: { seen: reads.length - unseen.length, of: reads.length, unseen },
      ...{ twins: this.twins, phones: this.phones, compared: this.compared, seconds },
    };
  }
}

/** The same reads in worlds with and without foreign rows: byte for byte the same answers, so counts and totals tell nothing. */
async function compareWorlds(stage: Stage, tally: Tally, asks: readonly Ask[]): Promise<void> {
  const reads = asks.filter((it) => isReading(it.operation) && !(it.operation.name in NOT_COMPARED));
  for (const eye of ['district', 'town', 'ledger', 'gates'] as const) {
    const mine = reads.filter((it) => isOf(stage, eye, it.actor));
    const copy = await openCopy(stage, await withoutForeign(stage, eye));
    const full = await openHouse(stage.fresh, stage.fresh.adminUrl, stage.faults);
    try {
      for (const it of mine) await compareOne(tally, it, full, copy);
    } finally {
      await full.close();
      await copy.close();
    }
  }
}

async function compareOne(tally: Tally, it: Ask, full: House, copy: House): Promise<void> {
  const [here, there] = [await send(full.app, it), await send(copy.app, it)];
  tally.compared += 1;
  const [said, saidWithout] = [comparable(here), comparable(there)];
  if (said !== saidWithout)
    tally.leak(it, `answers otherwise without foreign rows: ${difference(said, saidWithout)}`);
}

function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 60), at + 60)} ≠ ${b.slice(Math.max(0, at - 60), at + 60)}`;
}

function isOf(stage: Stage, eye: 'district' | 'town' | 'ledger' | 'gates', actor: Actor): boolean {
  const [district] = stage.districts;
  const first = stage.actors.find((it) => it.role === 'employer' && it.employer);
  if (eye === 'gates') return actor === first;
  if (eye === 'ledger')
    return actor.eyes === 'broker' && actor.role === 'laborBroker' && actor.area === district?.code;
  if (!['office', 'system', 'security'].includes(actor.eyes) || !district) return false;
  if (eye === 'town' && actor.eyes !== 'office') return false;
  return actor.area.startsWith(
    (eye === 'town' ? district.towns[0]?.code.slice(0, 9) : district.code.slice(0, 6)) ?? 'x',
  );
}

/** Everything asked once more, with reads first: answers scanned, foreign ids set against ids that never existed, rows hashed around writes. */
async function askAll(
  stage: Stage,
  tally: Tally,
  asks: readonly Ask[],
  more: (operation: Operation) => Ask[],
): Promise<void> {
  const house = await openHouse(stage.fresh, stage.fresh.adminUrl, stage.faults);
  try {
    for (const it of asks.filter((one) => isReading(one.operation))) await askOne(stage, tally, house, it);
    // Whose dice never fell on own rows is asked until they do: a read that shows nothing proves nothing.
    for (const read of tally.unseen())
      for (const it of more(read)) if (!tally.hasSeen(read)) await askOne(stage, tally, house, it);
    const { touchedBy, forgetTries } = await watchWrites(stage);
    for (const it of asks.filter((one) => !isReading(one.operation))) {
      await askOne(stage, tally, house, it, forgetTries);
      for (const touched of await touchedBy(it.actor, it.operation.name)) tally.leak(it, touched);
    }
  } finally {
    await house.close();
  }
}

async function askOne(
  stage: Stage,
  tally: Tally,
  house: House,
  it: Ask,
  before: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { canaries } = stage.world;
  const foreign = foreignMarks(canaries, it.actor, it);
  await before();
  const answer = await send(house.app, it);
  const { leaks, own } = judge(canaries, it.actor, it, answer);
  tally.note(it, answer.status === 200 ? own || countsOf(it, answer.bytes) : 0);
  for (const leak of leaks) tally.leak(it, `shows ${leak}`);
  if (phoneOpens(it.actor, it.operation) !== null) tally.phones += 1;
  const phone = phoneFault(it.actor, it.operation, answer.status);
  if (phone) tally.leak(it, phone);
  if (answer.status >= 500) tally.leak(it, `a fault, ${answer.status}`);
  if (foreign.length > 0 && !isTold(stage, it, foreign)) {
    const { twin, replaced } = twinOf(it, foreign);
    await before();
    const [said, twinSaid] = [answer, await send(house.app, twin)].map((one) =>
      withoutNew(stage, comparable(one, replaced)),
    );
    tally.twins += 1;
    if (said !== twinSaid)
      tally.leak(
        it,
        `a foreign mark answers otherwise than one that never existed: ${difference(said ?? '', twinSaid ?? '')}`,
      );
  }
  noteAdded(stage, it, answer.status);
}

function countsOf({ operation }: Ask, bytes: Buffer): number {
  if (RULES.test(operation.name)) return 1;
  if (!FIGURES.test(operation.name)) return 0;
  return /[1-9]/.test(bytes.toString('utf8').replaceAll(/\d{4}-\d\d-\d\dT[^"]*/g, '')) ? 1 : 0;
}

/** Ids made while asking differ between two runs. */
function withoutNew(stage: Stage, text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi, (id) =>
    stage.world.canaries.ownersOf(id) ? id : 'NEW',
  );
}

/**
 * Some names are told: within a district a number on the books, to who adds it again; in the installation a login, to the system
 * administrator who chooses it; a login of the line above, to who hands a role over to it for leave.
 */
function isTold(stage: Stage, { operation, actor }: Ask, marks: readonly string[]): boolean {
  if (operation.name === 'offices.addStaff') return marks.every((mark) => mark.startsWith('kq'));
  if (operation.name === 'offices.giveDelegation') {
    const above = (it: RowFacts): boolean => {
      const [from, to] = rangeOf(it.area ?? 'x');
      return it.of === 'offices_staff' && actor.area >= from && actor.area <= to;
    };
    return marks.every((mark) => stage.world.canaries.ownersOf(mark)?.some(above));
  }
  if (operation.name !== 'people.addPerson') return false;
  const [from, to] = rangeOf(`${actor.area.slice(0, 6)}000000`);
  const owners = marks.flatMap((mark) => stage.world.canaries.ownersOf(mark) ?? []);
  return owners.some((it: RowFacts) => it.area !== null && it.area >= from && it.area <= to);
}

/** Who was put on the books or into an office by a request is the asker's own from now on. */
function noteAdded(stage: Stage, it: Ask, status: number): void {
  if (status !== 200) return;
  const { canaries } = stage.world;
  const { idNumber, area, officeId } = (it.payload ?? {}) as {
    idNumber?: string;
    area?: string;
    officeId?: string;
  };
  const nobodys = { area: area ?? null, ledger: null, employers: [], ways: [], actor: null };
  if (it.operation.name === 'people.addPerson' && idNumber && area)
    canaries.note(idNumber, { ...nobodys, of: 'people_person.number' });
  if (it.operation.name !== 'offices.changeStaff') return;
  // Account, name and phone went along to the new area.
  const id = decodeURIComponent(it.url.split('/')[3] ?? '');
  const account = stage.world.accounts.find((one) => one.id === id);
  for (const mark of [id, account?.login, account?.session, account?.device].filter((one) => one != null))
    for (const row of canaries.ownersOf(mark) ?? []) canaries.note(mark, { ...row, area: area ?? row.area });
  if (officeId) canaries.note(officeId, { ...nobodys, of: 'offices_office' });
}
