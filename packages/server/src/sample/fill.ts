import { tripCodes } from '@fangang/domain/trips/rules-planning.ts';
import { readAreas } from '../offices/place-files.ts';
import { sampleScope } from '../offices/scope.ts';
import { findSample, type SampleMark } from '../offices/store.ts';
import { loadPlaces } from '../offices/store-places.ts';
import { realNow } from '../platform/clock.ts';
import { openDatabase, type Tx } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { inOwnerTransaction } from '../platform/owner.ts';
import { pinyinPlace } from '../platform/pinyin.ts';
import { type Services, within } from '../platform/services.ts';
import { districtLetters } from '../trips/planning-names.ts';
import { type Filling, itemOf } from './filling.ts';
import { idsOf } from './ids.ts';
import { makeWorld } from './make-world.ts';
import { newReading } from './reading.ts';
import { CLOCK, SEASON } from './season.ts';
import {
  analyzeTables,
  countSample,
  emptySample,
  holdsData,
  markSample,
  type SampleFigures,
  standClock,
} from './store.ts';
import type { TripNames } from './trip-rows.ts';
import { writeDifficulties } from './write-difficulties.ts';
import { writeDuplicates } from './write-duplicates.ts';
import { writeNeeds } from './write-needs.ts';
import { writeOffices } from './write-offices.ts';
import { writePeople } from './write-people.ts';
import { writeTrips } from './write-trips.ts';

export interface FillOptions {
  readonly seed: number;
  /** 0.05…10; 1 is the size of the reference programme. */
  readonly scale: number;
  /** Told how much is done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

export interface SampleSummary extends SampleFigures {
  readonly seed: number;
  readonly scale: number;
  /** Vehicles and trains on the books, feeders and last miles among them. */
  readonly trips: number;
  /** Milliseconds it took. */
  readonly tookMs: number;
}

/**
 * Fills a migrated database with the sample season: the same rules as a live command, their events and rows set-wise (third write path).
 *
 * Offices come first, so that pages open, then people, then trips in the order of time. Several transactions; a start that finds
 * a sample half filled, or a `ready` one that is to be made anew, empties it and begins again. Throws `sample.data_there` where the
 * database holds anything that is no sample. About 20 s at scale 1 on one core (10 s of it here, the rest in the database).
 */
export async function fillSample(
  services: Pick<Services, 'city' | 'secrets'>,
  adminUrl: string,
  { seed, scale, onProgress = () => undefined }: FillOptions,
): Promise<SampleSummary> {
  const start = realNow().getTime();
  const areas = readAreas();
  const world = makeWorld({ seed, scale, areas });
  const db = openDatabase(adminUrl, { max: 1 });
  try {
    const transaction = (work: (tx: Tx) => Promise<void>) => inOwnerTransaction(db, services.city, work);
    const tell = async (share: number): Promise<void> => {
      onProgress(share);
      await transaction((tx) => markSample(tx, { seed, scale, state: 'filling', share }));
    };
    const it: Filling = {
      world,
      ids: idsOf(world),
      season: itemOf(
        world.seasons,
        world.seasons.findIndex(({ id }) => id === SEASON),
      ),
      areas,
      secrets: services.secrets,
      reading: newReading(),
      transaction,
      tell,
    };
    await transaction((tx) => begin(tx, services.city, { seed, scale, state: 'filling', share: 0 }));
    await transaction((tx) => writeOffices(tx, it));
    await tell(0.03);
    await writePeople(it, [0.03, 0.5]);
    await writeTrips(it, tripNamesOf(it), [0.5, 0.95]);
    await writeNeeds(it);
    await writeDifficulties(it);
    await writeDuplicates(it);
    await transaction((tx) => analyzeTables(tx));
    await transaction((tx) => markSample(tx, { seed, scale, state: 'ready', share: 1 }));
    onProgress(1);
    const figures = await inOwnerTransaction(db, services.city, (tx) => countSample(tx, SEASON));
    return { seed, scale, trips: world.trips.length, ...figures, tookMs: realNow().getTime() - start };
  } finally {
    await db.close();
  }
}

/** Leaves the places and the sample's clock, and nothing else. */
async function begin(tx: Tx, city: string, mark: SampleMark): Promise<void> {
  if (await findSample(tx)) await emptySample(tx);
  else if (await holdsData(tx)) {
    throw new CommandError(
      ExitCode.conflict,
      'sample.data_there',
      'this database holds data that is no sample: the sample season fills only an empty one',
    );
  }
  await loadPlaces(tx, city);
  await markSample(tx, mark);
  await standClock(tx, CLOCK);
}

/** Codes as the planner gives them, day by day, and who runs the trips of a district. */
function tripNamesOf({ world, ids, areas }: Filling): TripNames {
  const districts = areas
    .filter((area) => area.level === 'district')
    .map(({ code, name }) => ({ code, name, pinyin: pinyinPlace(name) }));
  const codes: string[] = [];
  for (const { code } of districts) {
    const own = world.trips.flatMap((trip, no) => (trip.area === code ? [{ no, ...trip }] : []));
    const given = tripCodes(
      districtLetters(districts, code),
      own.map(({ role, date }) => ({ role, day: date })),
      [],
    );
    own.forEach(({ no }, i) => {
      codes[no] = itemOf(given, i);
    });
  }
  const dispatchers = world.accounts.flatMap(({ role, area }, no) =>
    role === 'dispatcher' ? [[area, itemOf(ids.accounts, no)] as const] : [],
  );
  const towns = new Set(world.trips.flatMap((trip) => trip.stops.flatMap((stop) => stop.area ?? [])));
  const pinyin = areas.flatMap(({ code, name }) =>
    towns.has(code) ? [[code, pinyinPlace(name)] as const] : [],
  );
  return { codes, dispatchers: new Map(dispatchers), pinyin: new Map(pinyin) };
}

/** Two lines about the sample for who has just started the product: what it is, and the figures it reaches, counted from the journal. */
export async function sampleReport(services: Services): Promise<string> {
  const scope = await sampleScope(services);
  const mark = await within(services, { kind: 'open' }, findSample);
  if (!scope || !mark) return '';
  const { runs, persons, registered } = await within(services, scope, (tx) => countSample(tx, SEASON));
  return (
    `sample season Chongqing, spring 2022 (synthetic people; seed ${mark.seed}, scale ${mark.scale}), clock ${CLOCK.slice(0, 16)}\n` +
    `${runs} runs, ${persons} people travelled, ${registered} with a wish on the books`
  );
}
