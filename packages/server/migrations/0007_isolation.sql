-- Who sees what, tightened: ranges instead of OR, one policy for each table, command and role, no column beyond what a role works with.
-- And two tables that keep lists and counts quick under row-level security: tokens of names, sums of towns.

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
  -- Of a town the codes of its whole district, of everybody else the own ones: set by inScope.
  in_district text := 'area >= current_setting(''fangang.district_from'') AND area <= current_setting(''fangang.district_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['trips_carrier', 'trips_vehicle', 'trips_driver', 'trips_fleet', 'trips_allotment', 'trips_trip', 'trips_stop'] LOOP
    EXECUTE format('ALTER POLICY office_reads ON %I USING (%s)', t, in_district);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['offices_office', 'offices_staff'] LOOP
    EXECUTE format('ALTER POLICY office_area ON %I USING (%s)', t, in_district);
  END LOOP;

  -- Employers and gates are read by everybody or by whom they concern, written within the own area: one policy for each command.
  FOREACH t IN ARRAY ARRAY['jobs_employer', 'jobs_gate'] LOOP
    EXECUTE format('DROP POLICY office_area ON %I', t);
    EXECUTE format('CREATE POLICY office_adds ON %I FOR INSERT TO fangang_office WITH CHECK (%s)', t, in_area);
    EXECUTE format('CREATE POLICY office_changes ON %I FOR UPDATE TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
    EXECUTE format('CREATE POLICY office_removes ON %I FOR DELETE TO fangang_office USING (%s)', t, in_area);
  END LOOP;
END $$;

-- Whom to call at a gate is the ticket's; nobody else needs the name and the sealed number.
DROP POLICY everyone_reads ON jobs_gate;
REVOKE SELECT ON jobs_gate FROM fangang_office, fangang_broker, fangang_employer, fangang_link;
GRANT SELECT (id, employer_id, area, name, pinyin, county, lon, lat, windows) ON jobs_gate TO fangang_office;
GRANT SELECT (id, contact_name, contact_phone_sealed) ON jobs_gate TO fangang_link;
CREATE POLICY office_reads ON jobs_gate FOR SELECT TO fangang_office USING (true);
CREATE POLICY own_way ON jobs_gate FOR SELECT TO fangang_link USING (EXISTS (
  SELECT 1 FROM trips_leg l JOIN trips_stop s ON s.trip_id = l.trip_id AND s.no = l.alight
  WHERE l.itinerary_id = current_setting('fangang.link')::uuid AND s.gate_id = jobs_gate.id));

-- An employer and a ticket see of a person what their page shows: no sealed number, no birthday, no household.
REVOKE SELECT ON people_person, people_wish FROM fangang_employer, fangang_link;
GRANT SELECT (id, name, pinyin, gender, phone_tail) ON people_person TO fangang_employer;
GRANT SELECT (id, name, pinyin) ON people_person TO fangang_link;
DROP POLICY own_way ON people_wish;
-- Consent is asked of those who are on the way to the own gates, not of everybody on the books.
ALTER POLICY own_arrivals ON people_person USING (EXISTS (
  SELECT 1 FROM trips_leg l WHERE l.person_id = people_person.id AND l.live
    AND l.employer_id = current_setting('fangang.employer')::uuid AND shown_to_employer(l.person_id)));

-- Names ------------------------------------------------------------------------------------------------------------

-- Every two neighbouring characters of a name, so that two typed ones are one range of an index in an area.
CREATE TABLE people_name_token (
  token text COLLATE "C" NOT NULL,
  area text COLLATE "C" NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (token, area, person_id)
);

CREATE FUNCTION name_tokens(name text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT substr($1, i, 2) FROM generate_series(1, char_length($1) - 1) i
$$;

-- Sums -------------------------------------------------------------------------------------------------------------

-- What each statement added to the people (season '') and wishes of a town; the sum counts. Only added to, so that nobody waits for
-- somebody else's import; a town with many rows is folded by whoever comes by and finds the lock free.
CREATE TABLE people_count (
  area text COLLATE "C" NOT NULL,
  season text COLLATE "C" NOT NULL,
  bucket text NOT NULL CHECK (bucket IN ('person', 'wants', 'unplaced', 'ownWay', 'stays', 'withdrawn')),
  n integer NOT NULL
);
CREATE INDEX people_count_area ON people_count (area, season, bucket) INCLUDE (n);

CREATE FUNCTION town_of(area text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left($1, 9) || '000'
$$;

-- The status a list of people shows of a wish: the same words as statusCondition in store-people.ts.
CREATE FUNCTION wish_buckets(status text, kind text, mode text, unplaced text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN $1 NOT IN ('recorded', 'confirmed') THEN '{withdrawn}'::text[] WHEN $2 NOT IN ('sameJob', 'newJob') THEN '{stays}'
              WHEN $3 <> 'ours' THEN '{ownWay}' WHEN $4 IS NULL THEN '{wants}' ELSE '{wants,unplaced}' END
$$;

CREATE FUNCTION fold_people_count(town text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM people_count c WHERE c.area = town LIMIT 65) few) <= 64 THEN RETURN; END IF;
  IF NOT pg_try_advisory_xact_lock(hashtextextended('people_count ' || town, 0)) THEN RETURN; END IF;
  WITH gone AS (DELETE FROM people_count c WHERE c.area = town RETURNING c.season, c.bucket, c.n)
  INSERT INTO people_count SELECT town, season, bucket, sum(n) FROM gone GROUP BY 2, 3 HAVING sum(n) <> 0;
END $$;

CREATE FUNCTION note_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE town text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO people_name_token SELECT t, area, id FROM came, name_tokens(name) t;
    INSERT INTO people_count SELECT town_of(area), '', 'person', count(*) FROM came GROUP BY 1;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM people_name_token k USING (SELECT t, area, id FROM went, name_tokens(name) t) o
      WHERE k.token = o.t AND k.area = o.area AND k.person_id = o.id;
    INSERT INTO people_count SELECT town_of(area), '', 'person', -count(*) FROM went GROUP BY 1;
    RETURN NULL;
  ELSE
    DELETE FROM people_name_token k USING (
        SELECT t, o.area, o.id FROM went o JOIN came n USING (id), name_tokens(o.name) t
        WHERE o.name <> n.name OR o.area <> n.area) o
      WHERE k.token = o.t AND k.area = o.area AND k.person_id = o.id;
    INSERT INTO people_name_token SELECT t, n.area, n.id FROM came n JOIN went o USING (id), name_tokens(n.name) t
      WHERE o.name <> n.name OR o.area <> n.area;
    INSERT INTO people_count SELECT place, '', 'person', sum(by) FROM (
        SELECT town_of(n.area), 1 FROM came n JOIN went o USING (id) WHERE n.area <> o.area
        UNION ALL SELECT town_of(o.area), -1 FROM came n JOIN went o USING (id) WHERE n.area <> o.area) moved(place, by)
      GROUP BY 1 HAVING sum(by) <> 0;
  END IF;
  FOR town IN SELECT DISTINCT town_of(area) FROM came LOOP PERFORM fold_people_count(town); END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION note_wishes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE town text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO people_count SELECT town_of(area), season, b, count(*)
      FROM came, unnest(wish_buckets(status, kind, mode, unplaced_reason)) b GROUP BY 1, 2, 3;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO people_count SELECT town_of(area), season, b, -count(*)
      FROM went, unnest(wish_buckets(status, kind, mode, unplaced_reason)) b GROUP BY 1, 2, 3;
    RETURN NULL;
  ELSE
    INSERT INTO people_count SELECT place, season, b, sum(by) FROM (
        SELECT town_of(area), season, b, 1 FROM came, unnest(wish_buckets(status, kind, mode, unplaced_reason)) b
        UNION ALL
        SELECT town_of(area), season, b, -1 FROM went, unnest(wish_buckets(status, kind, mode, unplaced_reason)) b) moved(place, season, b, by)
      GROUP BY 1, 2, 3 HAVING sum(by) <> 0;
  END IF;
  FOR town IN SELECT DISTINCT town_of(area) FROM came LOOP PERFORM fold_people_count(town); END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER note_added AFTER INSERT ON people_person REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION note_people();
CREATE TRIGGER note_changed AFTER UPDATE ON people_person REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION note_people();
CREATE TRIGGER note_removed AFTER DELETE ON people_person REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION note_people();
CREATE TRIGGER note_added AFTER INSERT ON people_wish REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION note_wishes();
CREATE TRIGGER note_changed AFTER UPDATE ON people_wish REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION note_wishes();
CREATE TRIGGER note_removed AFTER DELETE ON people_wish REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION note_wishes();

-- What is on the books already.
INSERT INTO people_name_token SELECT t, area, id FROM people_person, name_tokens(name) t;
INSERT INTO people_count SELECT town_of(area), '', 'person', count(*) FROM people_person GROUP BY 1;
INSERT INTO people_count SELECT town_of(area), season, b, count(*)
  FROM people_wish, unnest(wish_buckets(status, kind, mode, unplaced_reason)) b GROUP BY 1, 2, 3;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['people_name_token', 'people_count'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I FOR SELECT TO fangang_office USING (area >= current_setting(''fangang.area_from'')'
      ' AND area <= current_setting(''fangang.area_to''))', t);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION fold_people_count(text), note_people(), note_wishes() FROM PUBLIC;

-- A page of a list comes out of the index in its order.
DROP INDEX people_person_area;
CREATE INDEX people_person_list ON people_person (area, initials, name, id);
