import type { DoorEvent, TripMode, TripRole } from './schema.ts';

/** What a journal row says of something that happened on a trip: ids, codes and counts only. */
export interface TripRecord {
  /** Id of the leg, the itinerary or the trip. */
  readonly subject: string;
  readonly type: string;
  /** Home of the person for a leg or itinerary, else the district that runs the trip; 12 digits. */
  readonly area: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface TripFacts {
  readonly id: string;
  readonly area: string;
  readonly role: TripRole;
  readonly mode: TripMode;
}

export interface LegFacts {
  readonly id: string;
  readonly area: string;
  readonly identity: string;
  readonly itinerary: string;
  /** The last leg of the itinerary: who arrives with it is at the gate. */
  readonly final: boolean;
}

/** A trip begins to exist: committed from a draft plan, or known from before. */
export function tripCommitted(
  trip: TripFacts,
  facts: { places: number; cap: number; day: string },
): TripRecord {
  return {
    subject: trip.id,
    type: 'trips.trip_committed',
    area: trip.area,
    data: { role: trip.role, mode: trip.mode, ...facts },
  };
}

/** The list is out: from here on nobody's seat moves silently. */
export function tripPublished(trip: TripFacts): TripRecord {
  return {
    subject: trip.id,
    type: 'trips.trip_published',
    area: trip.area,
    data: { role: trip.role, mode: trip.mode },
  };
}

export interface SeatedFacts {
  readonly id: string;
  readonly area: string;
  readonly identity: string;
  readonly wish: string;
  /** In the order of travel. */
  readonly legs: readonly {
    readonly leg: string;
    readonly trip: string;
    readonly seat: number;
    readonly role: TripRole;
    readonly mode: TripMode;
  }[];
}

/** A person has a way from home door to factory gate. */
export function itinerarySeated(it: SeatedFacts): TripRecord {
  return {
    subject: it.id,
    type: 'trips.itinerary_seated',
    area: it.area,
    data: { identity: it.identity, wish: it.wish, legs: it.legs },
  };
}

/** The way is broken (held, missed, called off): the person waits for another, with a reason and an owner. */
export function itineraryBroken(
  it: { id: string; area: string; identity: string },
  reason: string,
): TripRecord {
  return {
    subject: it.id,
    type: 'trips.itinerary_broken',
    area: it.area,
    data: { identity: it.identity, reason },
  };
}

export function itineraryCancelled(
  it: { id: string; area: string; identity: string },
  reason: string,
): TripRecord {
  return {
    subject: it.id,
    type: 'trips.itinerary_cancelled',
    area: it.area,
    data: { identity: it.identity, reason },
  };
}

/**
 * The journal rows of what happened at a door or a gate: one for the trip, one for each person it touches, so that every
 * office counts its own people. The same for a live boarding and for the sample's record.
 */
export function recordsOf(
  trip: TripFacts,
  legs: ReadonlyMap<string, LegFacts>,
  event: DoorEvent,
  aboard: number,
): TripRecord[] {
  const ofTrip = (data: TripRecord['data']): TripRecord => ({
    subject: trip.id,
    type: event.type,
    area: trip.area,
    data: { role: trip.role, mode: trip.mode, ...data },
  });
  const ofLeg = (type: string, legId: string, data: TripRecord['data'] = {}): TripRecord => {
    const leg = legs.get(legId);
    if (!leg) throw new Error(`leg ${legId} is not on trip ${trip.id}`);
    return {
      subject: legId,
      type,
      area: leg.area,
      data: {
        trip: trip.id,
        tripArea: trip.area,
        role: trip.role,
        mode: trip.mode,
        identity: leg.identity,
        itinerary: leg.itinerary,
        ...data,
      },
    };
  };
  switch (event.type) {
    case 'trips.door_opened':
      return [ofTrip({ stop: event.stop })];
    case 'trips.leg_boarded': {
      const boarded = ofLeg(event.type, event.leg, { pack: event.pack, late: event.late });
      return event.pack ? [boarded, ofLeg('trips.pack_issued', event.leg, { occasion: 'seat' })] : [boarded];
    }
    case 'trips.leg_held':
    case 'trips.leg_left':
      return [ofLeg(event.type, event.leg, { reason: event.reason })];
    case 'trips.leg_boarding_undone':
      return [ofLeg(event.type, event.leg)];
    case 'trips.heads_counted':
      return [ofTrip({ stop: event.stop, heads: event.heads, aboard: event.aboard })];
    case 'trips.stop_departed':
      return [
        ofTrip({ stop: event.stop, absent: event.absent.length, aboard }),
        ...event.absent.map((leg) => ofLeg('trips.leg_absent', leg)),
      ];
    case 'trips.stop_arrived':
      return [
        ofTrip({ stop: event.stop, last: event.last, arrived: event.arrived.length }),
        ...event.arrived.map((leg) =>
          ofLeg('trips.leg_arrived', leg, { stop: event.stop, final: legs.get(leg)?.final ?? false }),
        ),
      ];
    case 'trips.handover_signed':
      return [ofTrip({ stop: event.stop, heads: event.heads, expected: event.expected })];
    case 'trips.trip_cancelled':
      return [ofTrip({ reason: event.reason })];
  }
}
