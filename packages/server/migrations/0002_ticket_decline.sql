-- Narrow doors of the trips room: what a ticket or an employer may do beyond reading the own rows. Each answers one question
-- about the own itinerary or the own gates and runs as the owner.

-- Which of the day's vehicles of its district a trip is, and the number of its train or flight: no name and no person.
CREATE FUNCTION trip_number(asked uuid) RETURNS TABLE (nth integer, of_day integer, number text, carriage text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT (count(*) FILTER (WHERE (o.depart_at, o.code) <= (t.depart_at, t.code)))::integer, count(*)::integer,
         (SELECT a.number FROM trips_allotment a WHERE a.id = t.allotment_id),
         (SELECT a.carriage FROM trips_allotment a WHERE a.id = t.allotment_id)
  FROM trips_trip t JOIN trips_trip o ON o.season = t.season AND o.area = t.area AND o.day = t.day AND o.role = t.role
   AND (o.status <> 'cancelled' OR o.id = t.id)
  WHERE t.id = asked GROUP BY t.id, t.allotment_id
$$;

-- How all doors of a trip stand, for an employer with a gate on it: whether earlier stops are left and which gates are signed.
CREATE FUNCTION door_stops(asked uuid)
RETURNS TABLE (no integer, kind text, opened boolean, departed boolean, arrived boolean, signed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.no, s.kind, s.opened_at IS NOT NULL, s.departed_at IS NOT NULL, s.arrived_at IS NOT NULL, s.signed_at IS NOT NULL
  FROM trips_stop s
  WHERE s.trip_id = asked AND EXISTS (
    SELECT 1 FROM trips_stop o
    WHERE o.trip_id = asked AND o.employer_id = nullif(current_setting('fangang.employer', true), '')::uuid)
  ORDER BY s.no
$$;

-- Whoever reaches a gate on the way has left it behind for the stops after it.
GRANT UPDATE (departed_at) ON trips_stop TO fangang_employer;

-- The traveller behind the link cannot go: seats are free again, the wish waits with a reason and an owner. Twice is once.
CREATE FUNCTION decline_ticket() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  own uuid := nullif(current_setting('fangang.link', true), '')::uuid;
  way trips_itinerary;
  seat record;
BEGIN
  SELECT * INTO way FROM trips_itinerary WHERE id = own FOR UPDATE;
  IF NOT FOUND THEN RETURN 'tooLate'; END IF;
  IF way.status = 'cancelled' AND way.broken_reason = 'declined' THEN RETURN 'already'; END IF;
  IF way.status NOT IN ('seated', 'confirmed') THEN RETURN 'tooLate'; END IF;
  PERFORM 1 FROM trips_trip WHERE id IN (SELECT trip_id FROM trips_leg WHERE itinerary_id = own AND live) ORDER BY id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM trips_leg l JOIN trips_stop s ON s.trip_id = l.trip_id AND s.no = l.board
    WHERE l.itinerary_id = own AND l.live AND (l.state <> 'expected' OR s.departed_at IS NOT NULL)
  ) THEN RETURN 'tooLate'; END IF;
  FOR seat IN SELECT trip_id, wheelchair FROM trips_leg WHERE itinerary_id = own AND live LOOP
    UPDATE trips_trip SET sold = sold - 1, bays_sold = bays_sold - seat.wheelchair::integer WHERE id = seat.trip_id;
  END LOOP;
  UPDATE trips_leg SET live = false WHERE itinerary_id = own AND live;
  UPDATE trips_itinerary SET status = 'cancelled', broken_reason = 'declined' WHERE id = own;
  UPDATE people_wish w SET unplaced_reason = 'declined', unplaced_numbers = '{}', unplaced_remedy = NULL, unplaced_owner = (
    SELECT p.asked_by FROM trips_leg l JOIN trips_trip t ON t.id = l.trip_id JOIN trips_proposal p ON p.id = t.proposal_id
    WHERE l.itinerary_id = own ORDER BY l.no LIMIT 1)
  WHERE w.id = way.wish_id;
  RETURN 'declined';
END $$;

-- The traveller can go after all, while every vehicle of the way still has a free seat. Twice is once.
CREATE FUNCTION undo_decline_ticket() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  own uuid := nullif(current_setting('fangang.link', true), '')::uuid;
  way trips_itinerary;
  leg record;
  free integer;
BEGIN
  SELECT * INTO way FROM trips_itinerary WHERE id = own FOR UPDATE;
  IF NOT FOUND THEN RETURN 'gone'; END IF;
  IF way.status IN ('seated', 'confirmed') THEN RETURN 'already'; END IF;
  IF way.status <> 'cancelled' OR way.broken_reason IS DISTINCT FROM 'declined' THEN RETURN 'gone'; END IF;
  IF EXISTS (SELECT 1 FROM trips_itinerary o WHERE o.season = way.season AND o.identity = way.identity
             AND o.status NOT IN ('cancelled', 'broken')) THEN RETURN 'gone'; END IF;
  PERFORM 1 FROM trips_trip WHERE id IN (SELECT trip_id FROM trips_leg WHERE itinerary_id = own) ORDER BY id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM trips_leg l JOIN trips_trip t ON t.id = l.trip_id JOIN trips_stop s ON s.trip_id = l.trip_id AND s.no = l.board
    WHERE l.itinerary_id = own AND (t.status NOT IN ('committed', 'published', 'boarding') OR s.departed_at IS NOT NULL
      OR t.sold >= t.cap OR (l.wheelchair AND t.bays_sold >= t.bays))
  ) THEN RETURN 'gone'; END IF;
  FOR leg IN SELECT l.id, l.trip_id, l.seat, l.wheelchair, t.cap FROM trips_leg l JOIN trips_trip t ON t.id = l.trip_id
             WHERE l.itinerary_id = own ORDER BY l.no LOOP
    SELECT n INTO free FROM generate_series(1, greatest(leg.cap, leg.seat)) n
      WHERE (n <= leg.cap OR n = leg.seat)
        AND NOT EXISTS (SELECT 1 FROM trips_leg o WHERE o.trip_id = leg.trip_id AND o.live AND o.seat = n)
      ORDER BY (n = leg.seat) DESC, n LIMIT 1;
    UPDATE trips_leg SET live = true, seat = free WHERE id = leg.id;
    UPDATE trips_trip SET sold = sold + 1, bays_sold = bays_sold + leg.wheelchair::integer WHERE id = leg.trip_id;
  END LOOP;
  UPDATE trips_itinerary SET status = 'seated', broken_reason = NULL WHERE id = own;
  UPDATE people_wish SET unplaced_reason = NULL, unplaced_numbers = NULL, unplaced_remedy = NULL, unplaced_owner = NULL
  WHERE id = way.wish_id AND unplaced_reason = 'declined';
  RETURN 'seated';
END $$;

REVOKE ALL ON FUNCTION trip_number(uuid), door_stops(uuid), decline_ticket(), undo_decline_ticket() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trip_number(uuid) TO fangang_office, fangang_employer, fangang_link;
GRANT EXECUTE ON FUNCTION door_stops(uuid) TO fangang_employer;
GRANT EXECUTE ON FUNCTION decline_ticket(), undo_decline_ticket() TO fangang_link;
