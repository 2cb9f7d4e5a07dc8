import type { SeatedFacts, TripFacts } from '@fangang/domain/trips/journal.ts';
import { tripCodes } from '@fangang/domain/trips/rules-planning.ts';
import { giveSeats } from '@fangang/domain/trips/rules-seats.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { districtLetters, namesOf, type StopName } from './planning-names.ts';
import type { PlannedStop, PlannedTrip, PlannedWay, StoredPlan } from './planning-plan.ts';
import {
  type NewLeg,
  type NewStop,
  type NewTrip,
  readCodes,
  readDistrictNames,
  type Sale,
  type SeatRoom,
} from './store-commit.ts';
import type { WishRow } from './store-planning.ts';

/** A way that is given: its people now, and the id of each one's itinerary. */
export interface Riders {
  readonly way: PlannedWay;
  readonly people: readonly WishRow[];
  readonly itineraries: readonly string[];
}

/** A run that stands and is joined (`room`; none = it is gone), or a train first used (`places` of our allotment). */
export interface Opened {
  readonly room?: SeatRoom | undefined;
  readonly places?: number;
}

interface Work {
  readonly proposal: {
    readonly id: string;
    readonly season: string;
    readonly area: string;
    readonly plan: StoredPlan;
  };
  readonly publish: boolean;
  readonly now: string;
  readonly opened: ReadonlyMap<number, Opened>;
  readonly ways: readonly Riders[];
}

/** A run that comes into being, as the journal tells of it. */
interface Made {
  readonly facts: TripFacts;
  readonly room: { readonly places: number; readonly cap: number; readonly day: string };
}

export interface CommitRows {
  readonly trips: readonly NewTrip[];
  readonly stops: readonly NewStop[];
  readonly legs: readonly NewLeg[];
  readonly sales: readonly Sale[];
  readonly made: readonly Made[];
  readonly seated: readonly SeatedFacts[];
}

/** One run people of the plan ride: its id and the seats each party gets. */
interface Ride {
  readonly no: number;
  readonly id: string;
  readonly trip: PlannedTrip;
  readonly isNew: boolean;
  readonly riders: readonly Riders[];
  readonly seats: ReadonlyMap<Riders, readonly number[]>;
}

/** The rows of a commit, made in memory: nothing here reads a seat of anybody else. */
export async function rowsOf(tx: Tx, work: Work): Promise<CommitRows> {
  const { plan, area, season } = work.proposal;
  const rides = plan.trips.flatMap((trip, no) => rideOf(work, trip, no));
  const fresh = rides.filter((it) => it.isNew);
  const letters = districtLetters(await readDistrictNames(tx), area);
  const codes = tripCodes(
    letters,
    fresh.map((it) => it.trip),
    await readCodes(tx, season, letters),
  );
  const used = rides.flatMap((it) => it.trip.stops);
  const nameOf = await namesOf(tx, used);
  const byNo = new Map(rides.map((it) => [it.no, it]));
  const ways = work.ways.map((riders) => ({ riders, legs: legsOf(season, riders, byNo, nameOf) }));
  return {
    trips: fresh.map((it, i) => tripRow(work, it, codes[i] as string)),
    stops: fresh.flatMap((it) =>
      it.trip.stops.map((stop, no) => stopRow(area, it.id, no, stop, nameOf(stop))),
    ),
    legs: ways.flatMap((it) => it.legs),
    sales: rides.map((it) => ({
      trip: it.id,
      seats: it.riders.reduce((sum, way) => sum + way.people.length, 0),
      bays: it.riders.reduce((sum, way) => sum + wheelchairsIn(way), 0),
    })),
    made: fresh.map((it) => ({
      facts: { id: it.id, area, role: it.trip.role, mode: it.trip.mode },
      room: { places: placesOf(work, it), cap: capOf(work, it), day: it.trip.day },
    })),
    seated: ways.flatMap(({ riders, legs }) => seatedOf(riders, legs, byNo)),
  };
}

function wheelchairsIn(riders: Riders): number {
  return riders.people.filter((it) => it.wheelchair).length;
}

/** Our allotment may be larger than what the plan found free on it: the train has all its places. */
function placesOf(work: Work, ride: Pick<Ride, 'no' | 'trip'>): number {
  return work.opened.get(ride.no)?.places ?? ride.trip.places;
}

function capOf(work: Work, ride: Pick<Ride, 'no' | 'trip'>): number {
  return work.opened.get(ride.no)?.places ?? ride.trip.cap;
}

function rideOf(work: Work, trip: PlannedTrip, no: number): Ride[] {
  const riders = work.ways.filter((it) => it.way.legs.some((leg) => leg.trip === no));
  if (riders.length === 0) return [];
  const room = work.opened.get(no)?.room;
  const ground = room
    ? { places: room.places, cap: room.cap, bays: room.bays, taken: new Set(room.taken) }
    : {
        places: placesOf(work, { no, trip }),
        cap: capOf(work, { no, trip }),
        bays: trip.bays,
        taken: new Set<number>(),
      };
  const given = giveSeats(
    ground,
    riders.map((it) => ({ size: it.people.length, wheelchairs: wheelchairsIn(it) })),
  );
  const seats = new Map<Riders, readonly number[]>();
  riders.forEach((it, i) => {
    const theirs = given[i];
    if (!theirs)
      throw new Error(`run ${no} of plan ${work.proposal.id} has no seats for a party it was planned for`);
    seats.set(it, theirs);
  });
  return [{ no, id: room?.id ?? newId(), trip, isNew: !room, riders, seats }];
}

function tripRow(work: Work, ride: Ride, code: string): NewTrip {
  const { trip, id } = ride;
  const { season, area } = work.proposal;
  return {
    id,
    season,
    area,
    code,
    role: trip.role,
    mode: trip.mode,
    status: work.publish ? 'published' : 'committed',
    day: trip.day,
    depart_at: trip.departAt,
    arrive_at: trip.arriveAt,
    drivers: trip.drivers,
    places: placesOf(work, ride),
    cap: capOf(work, ride),
    bays: trip.bays,
    allotment_id: trip.allotment,
    distance_m: trip.distanceM,
    cost_fen: trip.costFen,
    rests: trip.rests,
    proposal_id: work.proposal.id,
    published_at: work.publish ? work.now : null,
  };
}

function stopRow(area: string, trip: string, no: number, stop: PlannedStop, name: StopName): NewStop {
  return {
    trip_id: trip,
    no,
    area,
    kind: stop.kind,
    name: name.name,
    pinyin: name.pinyin,
    place_area: stop.area ?? null,
    gate_id: stop.gate ?? null,
    employer_id: name.employer,
    lon: stop.lon,
    lat: stop.lat,
    arrive_at: stop.arriveAt,
    depart_at: stop.departAt,
  };
}

function legsOf(
  season: string,
  riders: Riders,
  rides: ReadonlyMap<number, Ride>,
  nameOf: (stop: PlannedStop) => StopName,
): NewLeg[] {
  return riders.people.flatMap((person, i) =>
    riders.way.legs.map((leg, no): NewLeg => {
      const ride = rides.get(leg.trip) as Ride;
      const off = ride.trip.stops[leg.alight] as PlannedStop;
      return {
        id: newId(),
        season,
        itinerary_id: riders.itineraries[i] as string,
        no,
        trip_id: ride.id,
        person_id: person.person_id,
        identity: person.identity,
        area: person.area,
        ledger_office: person.ledger_office,
        // Only the leg that ends at an employer's gate is the employer's to see.
        employer_id: off.gate ? nameOf(off).employer : null,
        seat: ride.seats.get(riders)?.[i] as number,
        board: leg.board,
        alight: leg.alight,
        wheelchair: person.wheelchair,
        state: 'expected',
      };
    }),
  );
}

function seatedOf(riders: Riders, legs: readonly NewLeg[], rides: ReadonlyMap<number, Ride>): SeatedFacts[] {
  const tripOf = new Map([...rides.values()].map((it) => [it.id, it.trip]));
  return riders.people.map((person, i) => ({
    id: riders.itineraries[i] as string,
    area: person.area,
    identity: person.identity,
    wish: person.id,
    legs: legs
      .filter((it) => it.itinerary_id === riders.itineraries[i])
      .map((it) => {
        const trip = tripOf.get(it.trip_id) as PlannedTrip;
        return { leg: it.id, trip: it.trip_id, seat: it.seat, role: trip.role, mode: trip.mode };
      }),
  }));
}
