-- Partner districts of a labor cooperation: one shares a named run with another until a day. The partner reads it through a function that looks
-- at the edge each time and gives names, boarding places and last four digits, nothing else; each look is noted for who shared.

CREATE TABLE trips_share (
  id uuid PRIMARY KEY,
  -- Of the office that shares.
  area text COLLATE "C" NOT NULL,
  to_area text COLLATE "C" NOT NULL,
  trip_id uuid NOT NULL REFERENCES trips_trip ON DELETE CASCADE,
  office_name text NOT NULL,
  shared_by uuid NOT NULL,
  shared_at timestamptz NOT NULL,
  until date NOT NULL,
  withdrawn_at timestamptz,
  CHECK (to_area ~ '^\d{6}000000$' AND left(to_area, 6) <> left(area, 6))
);
CREATE INDEX trips_share_area ON trips_share (area, shared_at);
CREATE INDEX trips_share_to ON trips_share (to_area, until);
CREATE UNIQUE INDEX trips_share_once ON trips_share (trip_id, to_area) WHERE withdrawn_at IS NULL;

CREATE TABLE trips_share_look (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  share_id uuid NOT NULL REFERENCES trips_share ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  staff_name text NOT NULL,
  office_name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX trips_share_look_share ON trips_share_look (share_id, at);
CREATE INDEX trips_share_look_area ON trips_share_look (area);

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['trips_share', 'trips_share_look'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT ON %I TO fangang_office', t);
  END LOOP;
  EXECUTE 'GRANT INSERT, UPDATE (withdrawn_at) ON trips_share TO fangang_office';
  EXECUTE format('CREATE POLICY office_area ON trips_share TO fangang_office USING (%s) WITH CHECK (%s)', in_area, in_area);
  EXECUTE format('CREATE POLICY office_area ON trips_share_look FOR SELECT TO fangang_office USING (%s)', in_area);
END $$;

-- Runs that stand shared with the own district today: not withdrawn, not over. A town of it is not the district.
CREATE FUNCTION shares_with_us(today date)
RETURNS TABLE (id uuid, office_name text, from_area text, code text, day date, depart_at timestamptz, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.office_name, t.area, t.code, t.day, t.depart_at, s.until FROM trips_share s JOIN trips_trip t ON t.id = s.trip_id
  WHERE s.withdrawn_at IS NULL AND s.until >= today AND in_own_area(s.to_area) AND NOT in_own_area(s.area)
  ORDER BY t.depart_at, t.code, s.id LIMIT 200
$$;

-- The people of a run that stands shared, with a note of who looks. Whoever does not want to be shown to partners is left out.
CREATE FUNCTION look_at_share(asked uuid, today date, at_is timestamptz)
RETURNS TABLE (name text, pinyin text, board_name text, board_pinyin text, tail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO trips_share_look (share_id, area, staff_name, office_name, at)
    SELECT s.id, s.area, f.name, o.name, at_is FROM shares_with_us(today) u JOIN trips_share s ON s.id = u.id
    JOIN offices_staff f ON f.id = own_id() JOIN offices_office o ON o.id = f.office_id WHERE u.id = asked;
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY
    SELECT p.name, p.pinyin, b.name, b.pinyin, coalesce(nullif(p.id_tail, ''), p.phone_tail)
    FROM trips_share s JOIN trips_leg l ON l.trip_id = s.trip_id AND l.live JOIN people_person p ON p.id = l.person_id
    JOIN trips_stop b ON b.trip_id = l.trip_id AND b.no = l.board
    WHERE s.id = asked AND p.erased_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM people_consent c WHERE c.person_id = p.id AND c.purpose = 'shareWithPartner' AND c.state = 'withdrawn')
    ORDER BY l.board, l.seat;
END $$;

REVOKE ALL ON FUNCTION shares_with_us(date), look_at_share(uuid, date, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shares_with_us(date), look_at_share(uuid, date, timestamptz) TO fangang_office;
