import type { FastifyInstance } from 'fastify';
import { makeApp } from '../src/app.ts';
import { seasonOf } from '../src/offices/season.ts';
import { beginSession } from '../src/offices/sessions.ts';
import { addSeason } from '../src/offices/store.ts';
import { loadPlaces } from '../src/offices/store-places.ts';
import { openDatabase, withLogin } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { asOwner } from '../src/platform/owner.ts';
import type { Services } from '../src/platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../src/platform/testing.ts';
import { planSeason } from '../src/trips/planning.ts';
import { formOf } from './form.ts';
import { type Actor, eyesOf, rangeOf } from './oracle.ts';
import { makeStaff, type StaffSpec } from './staff.ts';
import {
  areaTables,
  cloneDatabase,
  dropDatabase,
  pickDistricts,
  removeRows,
  type Without,
  writeWorld,
} from './store-world.ts';
import { makeWorld, type World } from './world.ts';
import { type DistrictAreas, SEASON } from './world-maker.ts';

/** A running house on a database of its own. */
export interface House {
  readonly services: Services;
  readonly app: FastifyInstance;
  readonly adminUrl: string;
  close(): Promise<void>;
}

/** The full world in a house, and who asks in it. */
export interface Stage {
  readonly fresh: FreshDatabase;
  readonly districts: readonly DistrictAreas[];
  readonly world: World;
  readonly actors: readonly Actor[];
  /** Faults that the house logged, told nobody and must not have. */
  readonly faults: string[];
}

function quiet(faults: string[]): Services['log'] {
  const error = (facts: object, text: string) => {
    const { err } = facts as { err?: Error };
    faults.push(`${text}: ${err?.stack ?? JSON.stringify(facts)}`);
  };
  return { info: () => undefined, warn: () => undefined, error };
}

export async function openHouse(fresh: FreshDatabase, adminUrl: string, faults: string[]): Promise<House> {
  const { city, secrets } = fresh;
  const db = openDatabase(withLogin(adminUrl, 'fangang_app', secrets.appPassword), { max: 8 });
  const services: Services = {
    db,
    city,
    secrets,
    dataDir: `/tmp/fangang-test-${newId()}`,
    log: quiet(faults),
  };
  // Without rates: whoever asks three thousand times in a minute would only learn that.
  const app = await makeApp(services, { defence: null });
  await app.ready();
  const close = async () => {
    await app.close();
    await db.close();
  };
  return { services, app, adminUrl, close };
}

/** A copy of the stage's database with rows left out; the stage's own house must be closed meanwhile. */
export async function openCopy(stage: Stage, without: Without): Promise<House> {
  const { fresh } = stage;
  const adminUrl = await cloneDatabase(fresh.adminUrl, `copy_${newId().replaceAll('-', '')}`);
  await removeRows(adminUrl, `city_${fresh.city}`, without);
  const house = await openHouse(fresh, adminUrl, stage.faults);
  const close = async () => {
    await house.close();
    await dropDatabase(adminUrl);
  };
  return { ...house, close };
}

/** Builds the world: places, season, staff, rows, a draft plan of each district, a session for everybody, uploads. */
export async function setStage(seed: number): Promise<Stage> {
  const fresh = await freshDatabase();
  const faults: string[] = [];
  const { districts, staff, world } = await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    await loadPlaces(tx, fresh.city);
    await addSeason(tx, seasonOf('2022-02-01'));
    const districts = await pickDistricts(tx);
    const employers = districts.map((_, i) => `017ee5e0-0000-7000-8000-00000000000${i}`);
    const staff = makeStaff(districts, employers, seed);
    const world = makeWorld(districts, fresh.secrets, { seed, employers, staff });
    await writeWorld(tx, world.rows);
    return { districts, staff, world };
  });
  await fresh.db.close();
  const house = await openHouse(fresh, fresh.adminUrl, faults);
  try {
    const actors = await enterAll(house, staff, world);
    const stage = { fresh, districts, world, actors, faults };
    await addPlans(house, stage);
    await addUploads(house, stage);
    return stage;
  } finally {
    await house.close();
  }
}

async function enterAll(house: House, staff: readonly StaffSpec[], world: World): Promise<Actor[]> {
  const actors: Actor[] = [];
  for (const it of staff.filter((one) => !one.spare)) {
    let cookie = '';
    const reply = {
      setCookie: (name: string, value: string) => {
        cookie = `${name}=${value}`;
      },
    };
    await beginSession(house.services, { staffId: it.id, method: 'door' }, {
      request: { cookies: {}, headers: {}, protocol: 'http' },
      reply,
    } as never);
    actors.push({
      ...{ name: `${it.role} ${it.area}`, role: it.role, eyes: eyesOf(it.role), id: it.id, area: it.area },
      ...{ office: it.office, employer: it.employer, way: null, cookie, phone: null },
    });
  }
  actors.push(...phonesOf(actors, world));
  const nobody = { id: '', area: '000000000000', office: '', employer: null, cookie: '', phone: null };
  actors.push({ ...nobody, name: 'nobody', role: 'anyone', eyes: 'open', way: null });
  for (const it of world.people.filter((person) => person.way).slice(0, 6)) {
    actors.push({
      ...nobody,
      name: `ticket ${it.code}`,
      role: 'anyone',
      eyes: 'link',
      id: it.way ?? '',
      way: it.way,
    });
  }
  return actors;
}

/**
 * Somebody of each role that has field phones once more: with the good one's token alone, with the own eyes; with the revoked one's, as
 * nobody. One of a role is enough, since what a phone opens hangs on the role; the accounts behind it are asked with sessions.
 */
function phonesOf(actors: readonly Actor[], world: World): Actor[] {
  const first = actors.filter((it, n) => actors.findIndex((one) => one.role === it.role) === n);
  return first.flatMap((it) => {
    const phones = world.accounts.find((one) => one.id === it.id)?.phones;
    if (!phones) return [];
    const cookie = (token: string) => `fangang-device=${token}`;
    const live = { ...it, name: `phone of ${it.name}`, cookie: cookie(phones.live), phone: 'live' as const };
    const nobody = { id: '', eyes: 'open' as const, area: '000000000000', office: '', employer: null };
    const gone = { ...it, ...nobody, name: `revoked phone of ${it.name}`, cookie: cookie(phones.revoked) };
    return [live, { ...gone, phone: 'revoked' as const }];
  });
}

/** Draft plans by the product's own planning, so that their names and gaps are those it would show. */
async function addPlans(house: House, stage: Stage): Promise<void> {
  for (const { code } of stage.districts) {
    const dispatcher = stage.actors.find((it) => it.role === 'dispatcher' && it.area === code) as Actor;
    const [areaFrom, areaTo] = rangeOf(code);
    const scope = {
      kind: 'office',
      staffId: dispatcher.id,
      officeId: dispatcher.office,
      areaFrom,
      areaTo,
    } as const;
    const made = await planSeason(house.services, scope, {
      season: SEASON,
      seconds: 0.2,
      toDay: '2022-02-16',
    });
    if (!made.ok) throw new Error(`no plan for ${code}: ${made.refusal.code}`);
    for (const { id } of made.value)
      stage.world.canaries.note(id, { ...EMPTY, of: 'trips_proposal', area: code });
  }
}

const EMPTY = { area: null, ledger: null, employers: [], ways: [], actor: null };

/** One roster of each dispatcher and town, uploaded through the door and left lying. */
async function addUploads(house: House, stage: Stage): Promise<void> {
  const { canaries } = stage.world;
  const senders = stage.actors
    .filter((it) => it.role === 'dispatcher' || (it.area.endsWith('000') && it.role === 'townOfficer'))
    .slice(0, 5);
  for (const it of senders) {
    const facts = { ...EMPTY, of: 'people_upload', area: it.area };
    const text = () => canaries.text(facts);
    const roster = `姓名,身份证号,电话,备注\n赵${text()},没有,没有,${text()}\n钱${text()},,13800000000,${text()}\n`;
    const form = formOf({ season: SEASON, area: it.area }, { name: `${text()}.csv`, text: roster });
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/people/uploads',
      headers: { cookie: it.cookie, 'content-type': form.type },
      payload: form.body,
    });
    const { uploadId } = answer.json() as { uploadId?: string };
    if (!uploadId) throw new Error(`the upload of ${it.name} was refused: ${answer.body}`);
    canaries.note(uploadId, facts);
  }
}

/** The world as if nothing foreign to an eye were in it: what is kept in each table. */
export async function withoutForeign(
  stage: Stage,
  eye: 'district' | 'town' | 'ledger' | 'gates',
): Promise<Without> {
  const { fresh, districts, actors } = stage;
  const [district] = districts;
  const code = district?.code ?? '';
  // What another office asks is addressed to this one: it is no foreign row.
  const tables = (await asOwner(fresh.adminUrl, fresh.city, areaTables)).filter(
    (it) => it !== 'people_transfer',
  );
  const keep = (prefix: string) => `area not like '${prefix}%' and area <> '500000000000'`;
  const elsewhere = Object.fromEntries(tables.map((table) => [table, keep(code.slice(0, 6))]));
  if (eye === 'district') return elsewhere;
  if (eye === 'town') {
    const town = district?.towns[0]?.code.slice(0, 9) ?? '';
    const ofTown = tables.filter(
      (it) =>
        !/^(trips_(carrier|vehicle|driver|fleet|allotment|trip|stop|proposal|handover)|offices_)/.test(it),
    );
    return {
      ...elsewhere,
      ...Object.fromEntries(ofTown.map((table) => [table, `${keep(town)} and area <> '${code}'`])),
    };
  }
  if (eye === 'ledger') {
    const office = actors.find((it) => it.role === 'laborBroker' && it.area === code)?.office;
    const others = `ledger_office is distinct from '${office}'`;
    return { people_person: others, people_wish: others, trips_itinerary: others, trips_leg: others };
  }
  const employer = actors.find((it) => it.role === 'employer' && it.employer)?.employer;
  const others = `employer_id is distinct from '${employer}'`;
  const gone = `not exists (select from trips_leg l where l.person_id = people_person.id and l.employer_id = '${employer}')`;
  const handovers = { trips_handover: others };
  return { people_person: gone, trips_leg: others, ...handovers };
}
