import type { ItineraryStatus } from '@fangang/domain/trips/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Where all journeys of these people stand. */
export async function listJourneyStates(
  tx: Tx,
  people: readonly string[],
): Promise<{ person: string; status: ItineraryStatus }[]> {
  const { rows } = await sql<{ person: string; status: ItineraryStatus }>`
    select person, status from journeys_of(${people}::uuid[])`.execute(tx);
  return rows;
}

/** Ticket links of these people open nothing any more. */
export async function closeTickets(tx: Tx, people: readonly string[]): Promise<void> {
  await sql`update trips_itinerary set ticket_index = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
    where person_id = any(${people}::uuid[])`.execute(tx);
}

export interface FileWish {
  readonly season: string;
  readonly kind: string;
  readonly mode: string;
  readonly status: string;
  readonly destination: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly remark: string | null;
}

export async function listFileWishes(tx: Tx, person: string): Promise<FileWish[]> {
  const { rows } = await sql<FileWish>`
    select w.season, w.kind, w.mode, w.status, coalesce(d.full_name, w.destination_text) as destination, w.earliest, w.latest,
      w.remark
    from people_wish w left join offices_place d on d.code = w.destination where w.person_id = ${person}::uuid
    order by w.season`.execute(tx);
  return rows;
}

export interface FileJourney {
  readonly season: string;
  readonly code: string;
  readonly day: string;
  readonly seat: number;
  readonly state: string;
  readonly from: string;
  readonly to: string;
}

export async function listFileJourneys(tx: Tx, person: string): Promise<FileJourney[]> {
  const { rows } = await sql<FileJourney>`
    select l.season, t.code, t.day, l.seat, l.state, a.name as "from", z.name as "to"
    from trips_leg l join trips_trip t on t.id = l.trip_id
    join trips_stop a on a.trip_id = l.trip_id and a.no = l.board join trips_stop z on z.trip_id = l.trip_id and z.no = l.alight
    where l.person_id = ${person}::uuid order by t.depart_at, l.no`.execute(tx);
  return rows;
}

/** What the journal says of a person, their wishes and journeys. */
export async function listFileEvents(tx: Tx, person: string): Promise<{ at: string; type: string }[]> {
  const { rows } = await sql<{ at: string; type: string }>`
    select at, type from journal where subject = ${person}::uuid
      or subject in (select id from people_wish where person_id = ${person}::uuid)
      or subject in (select id from trips_itinerary where person_id = ${person}::uuid)
    order by at, seq`.execute(tx);
  return rows;
}

export interface FileReading {
  readonly at: string;
  readonly office: string | null;
  readonly action: string;
  readonly facts: { readonly what?: string; readonly purpose?: string };
}

/** Who has read the person's numbers or care status, by office. */
export async function listFileReadings(tx: Tx, person: string): Promise<FileReading[]> {
  const { rows } =
    await sql<FileReading>`select at, office, action, facts from readings_of(${person}::uuid)`.execute(tx);
  return rows;
}
