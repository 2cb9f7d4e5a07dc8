-- How far people have come, for lists of people. Who holds a ledger of the own (labor broker, agency) sees the runs that carry its
-- people: code, mode and times, nothing of the others aboard.

GRANT SELECT (id, season, area, code, role, mode, status, day, depart_at, arrive_at) ON trips_trip TO fangang_broker;
GRANT SELECT (trip_id, no, kind, name, pinyin, arrive_at, depart_at, departed_at, arrived_at, signed_at) ON trips_stop TO fangang_broker;
CREATE POLICY own_ledger ON trips_trip FOR SELECT TO fangang_broker USING (
  EXISTS (SELECT 1 FROM trips_leg l WHERE l.trip_id = trips_trip.id AND l.live AND l.ledger_office = current_setting('fangang.office')::uuid));
CREATE POLICY own_ledger ON trips_stop FOR SELECT TO fangang_broker USING (
  EXISTS (SELECT 1 FROM trips_leg l WHERE l.trip_id = trips_stop.trip_id AND l.live AND l.ledger_office = current_setting('fangang.office')::uuid));

-- The way of one person, live or not, without reading those of the whole season.
CREATE INDEX trips_itinerary_identity ON trips_itinerary (season, identity);
