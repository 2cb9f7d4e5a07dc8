-- One person twice on the books of a district: pairs that look alike, what offices said of them, and merges that can be undone. A merged row
-- stays where it is and is seen through no eyes: the policies say so, so that no list, count, search, import or plan has to think of it.

ALTER TABLE people_person ADD COLUMN merged_into uuid REFERENCES people_person ON DELETE CASCADE,
  ADD CONSTRAINT people_person_not_into_itself CHECK (merged_into <> id);
CREATE INDEX people_person_merged ON people_person (merged_into) WHERE merged_into IS NOT NULL;
ALTER POLICY office_area ON people_person
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to') AND merged_into IS NULL)
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to') AND merged_into IS NULL);
ALTER POLICY own_ledger ON people_person USING (ledger_office = current_setting('fangang.office')::uuid AND merged_into IS NULL);

-- Two records that may be one person. Ids and codes only; what they say of the person is read from the rows themselves.
CREATE TABLE people_pair (
  id uuid PRIMARY KEY,
  first_person uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  second_person uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  -- The smallest office that holds both: their town, else their district.
  area text COLLATE "C" NOT NULL,
  -- `different` is remembered until one of the two says something else of who it is: see forget_likeness.
  status text NOT NULL CHECK (status IN ('open', 'same', 'different')),
  band text NOT NULL CHECK (band IN ('same', 'ask')),
  -- Tenths of a bit.
  score integer NOT NULL,
  reasons text[] NOT NULL,
  seen_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text,
  UNIQUE (first_person, second_person),
  CHECK (first_person < second_person)
);
CREATE INDEX people_pair_area ON people_pair (area, status, score);
CREATE INDEX people_pair_second ON people_pair (second_person);

-- A comparison of all the people of an office that somebody asked for.
CREATE TABLE people_pair_run (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'ready', 'failed')),
  share double precision NOT NULL DEFAULT 0,
  people integer NOT NULL DEFAULT 0,
  found integer NOT NULL DEFAULT 0,
  ended_at timestamptz
);
CREATE INDEX people_pair_run_area ON people_pair_run (area, asked_at);
CREATE UNIQUE INDEX people_pair_run_one ON people_pair_run (area) WHERE state = 'running';

-- `gone` went into `kept`: what was moved, in ids; what stood there before lies sealed in people_history under these two rows.
CREATE TABLE people_merge (
  id uuid PRIMARY KEY,
  pair_id uuid NOT NULL,
  area text COLLATE "C" NOT NULL,
  kept uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  gone uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  -- Fields that the survivor took from the other.
  fields text[] NOT NULL,
  moved jsonb NOT NULL,
  history uuid NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  undone_at timestamptz,
  undone_by text
);
CREATE INDEX people_merge_area ON people_merge (area, at);
CREATE INDEX people_merge_pair ON people_merge (pair_id);
CREATE INDEX people_merge_kept ON people_merge (kept);
CREATE INDEX people_merge_gone ON people_merge (gone);

-- Whose ledger held which record before a merge: both claims stay, one is credited.
CREATE TABLE people_merge_claim (
  merge_id uuid NOT NULL REFERENCES people_merge ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  ledger_office uuid NOT NULL,
  channel text NOT NULL,
  registered_at timestamptz NOT NULL,
  credited boolean NOT NULL,
  PRIMARY KEY (merge_id, ledger_office)
);
CREATE INDEX people_merge_claim_ledger ON people_merge_claim (ledger_office);
CREATE INDEX people_merge_claim_person ON people_merge_claim (person_id);
CREATE INDEX people_merge_claim_area ON people_merge_claim (area);

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['people_pair', 'people_pair_run', 'people_merge', 'people_merge_claim'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
  END LOOP;
  EXECUTE 'REVOKE DELETE ON people_merge, people_pair_run FROM fangang_office';
  -- A ledger learns that its claim stands, and whether it is credited.
  EXECUTE 'GRANT SELECT ON people_merge_claim TO fangang_broker';
  EXECUTE 'CREATE POLICY own_ledger ON people_merge_claim FOR SELECT TO fangang_broker USING (ledger_office = current_setting(''fangang.office'')::uuid)';
  -- A word on consent that came with a merge goes with its undoing.
  EXECUTE 'GRANT DELETE ON people_consent TO fangang_office';
END $$;

-- Sums and tokens know no merged row.
CREATE OR REPLACE FUNCTION note_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE town text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO people_name_token SELECT t, area, id FROM came, name_tokens(name) t WHERE merged_into IS NULL;
    INSERT INTO people_count SELECT town_of(area), '', 'person', count(*) FROM came WHERE merged_into IS NULL GROUP BY 1;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM people_name_token k USING (SELECT t, area, id FROM went, name_tokens(name) t) o
      WHERE k.token = o.t AND k.area = o.area AND k.person_id = o.id;
    INSERT INTO people_count SELECT town_of(area), '', 'person', -count(*) FROM went WHERE merged_into IS NULL GROUP BY 1;
    RETURN NULL;
  ELSE
    DELETE FROM people_name_token k USING (
        SELECT t, o.area, o.id FROM went o JOIN came n USING (id), name_tokens(o.name) t
        WHERE o.name <> n.name OR o.area <> n.area OR o.merged_into IS DISTINCT FROM n.merged_into) o
      WHERE k.token = o.t AND k.area = o.area AND k.person_id = o.id;
    INSERT INTO people_name_token SELECT t, n.area, n.id FROM came n JOIN went o USING (id), name_tokens(n.name) t
      WHERE n.merged_into IS NULL AND (o.name <> n.name OR o.area <> n.area OR o.merged_into IS NOT NULL);
    INSERT INTO people_count SELECT place, '', 'person', sum(by) FROM (
        SELECT town_of(n.area), 1 FROM came n JOIN went o USING (id)
          WHERE n.merged_into IS NULL AND (n.area <> o.area OR o.merged_into IS NOT NULL)
        UNION ALL SELECT town_of(o.area), -1 FROM came n JOIN went o USING (id)
          WHERE o.merged_into IS NULL AND (n.area <> o.area OR n.merged_into IS NOT NULL)) moved(place, by)
      GROUP BY 1 HAVING sum(by) <> 0;
  END IF;
  FOR town IN SELECT DISTINCT town_of(area) FROM came LOOP PERFORM fold_people_count(town); END LOOP;
  RETURN NULL;
END $$;

-- The smallest office that holds two areas of a district.
CREATE FUNCTION area_of_both(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN left(a, 9) = left(b, 9) THEN left(a, 9) || '000' ELSE left(a, 6) || '000000' END
$$;

-- What an office said of a pair holds until one of the two says something else of who it is; a merge is no such word. Whoever leaves the
-- district takes no pair along; who moves within it hands the pair to the office that holds both.
CREATE FUNCTION forget_likeness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  changed uuid[];
  moved uuid[];
BEGIN
  IF current_setting('fangang.merging', true) = 'on' THEN RETURN NULL; END IF;
  SELECT array_agg(n.id) INTO changed FROM went o JOIN came n USING (id) WHERE o.district <> n.district
    OR (o.name, o.gender, o.birth, o.id_tail, o.id_sealed IS NULL) IS DISTINCT FROM (n.name, n.gender, n.birth, n.id_tail, n.id_sealed IS NULL);
  IF changed IS NOT NULL THEN
    DELETE FROM people_pair WHERE status <> 'same' AND first_person = ANY (changed);
    DELETE FROM people_pair WHERE status <> 'same' AND second_person = ANY (changed);
  END IF;
  SELECT array_agg(n.id) INTO moved FROM went o JOIN came n USING (id) WHERE o.district = n.district AND o.area <> n.area;
  IF moved IS NOT NULL THEN
    UPDATE people_pair p SET area = area_of_both(a.area, b.area) FROM people_person a, people_person b
      WHERE a.id = p.first_person AND b.id = p.second_person AND (p.first_person = ANY (moved) OR p.second_person = ANY (moved));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_likeness AFTER UPDATE ON people_person REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION forget_likeness();

-- The ways of people on the own books, whoever runs them.
CREATE FUNCTION ways_of(asked uuid[]) RETURNS TABLE (way uuid, person uuid, season text, status text, wish uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT i.id, i.person_id, i.season, i.status, i.wish_id FROM trips_itinerary i JOIN people_person p ON p.id = i.person_id
  WHERE p.id = ANY (asked) AND p.merged_into IS NULL AND in_own_area(p.area)
$$;

-- A row goes out of sight: its numbers are free for the survivor, its identity is nobody's. False where the two are not the asker's to merge.
CREATE FUNCTION hide_merged(gone uuid, survivor uuid, nobody uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM set_config('fangang.merging', 'on', true);
  UPDATE people_person g SET merged_into = survivor, identity = nobody, id_sealed = NULL, id_index = NULL, id_index_next = NULL, id_tail = '',
      phone_sealed = NULL, phone_index = NULL, phone_index_next = NULL, phone_tail = '', phone2_sealed = NULL
    FROM people_person k WHERE g.id = gone AND k.id = survivor AND g.id <> k.id AND g.district = k.district
      AND in_own_area(g.area) AND in_own_area(k.area) AND g.merged_into IS NULL AND k.merged_into IS NULL
      AND g.erased_at IS NULL AND k.erased_at IS NULL;
  RETURN FOUND;
END $$;

-- And comes back, without its numbers: whoever opened what lay sealed writes them.
CREATE FUNCTION show_merged(gone uuid, survivor uuid, was uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM set_config('fangang.merging', 'on', true);
  UPDATE people_person g SET merged_into = NULL, identity = was FROM people_person k
    WHERE g.id = gone AND g.merged_into = survivor AND k.id = survivor AND in_own_area(g.area) AND in_own_area(k.area) AND g.erased_at IS NULL;
  RETURN FOUND;
END $$;

-- Ways, seats and packs of both stand under one person; answers in ids how they stood, for `ways_back`. `wishes` says which wish went into which.
-- Null where that would give the identity two live ways in a season: the books of another district may hold one.
CREATE FUNCTION join_ways(gone uuid, survivor uuid, other uuid, one uuid, wishes jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE stood jsonb;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people_person WHERE id = survivor AND in_own_area(area))
    OR NOT EXISTS (SELECT 1 FROM people_person WHERE id = gone AND in_own_area(area)) THEN RETURN NULL; END IF;
  SELECT jsonb_build_object(
    'ways', coalesce((SELECT jsonb_agg(jsonb_build_array(id, person_id, identity, wish_id) ORDER BY id) FROM trips_itinerary
      WHERE person_id IN (gone, survivor)), '[]'),
    'legs', coalesce((SELECT jsonb_agg(jsonb_build_array(id, person_id, identity) ORDER BY id) FROM trips_leg WHERE person_id IN (gone, survivor)), '[]'),
    'packs', coalesce((SELECT jsonb_agg(jsonb_build_array(season, occasion, identity) ORDER BY season, occasion) FROM trips_pack_issue p
      WHERE identity = other AND NOT EXISTS (SELECT 1 FROM trips_pack_issue o
        WHERE o.season = p.season AND o.occasion = p.occasion AND o.identity = one)), '[]'),
    'guest', EXISTS (SELECT 1 FROM trips_guest WHERE person_id = gone)
      AND NOT EXISTS (SELECT 1 FROM trips_guest WHERE person_id = survivor)) INTO stood;
  BEGIN
    UPDATE trips_itinerary SET person_id = survivor, identity = one, wish_id = coalesce((wishes ->> wish_id::text)::uuid, wish_id)
      WHERE person_id IN (gone, survivor);
    UPDATE trips_leg SET person_id = survivor, identity = one WHERE person_id IN (gone, survivor);
  EXCEPTION WHEN unique_violation THEN
    RETURN NULL;
  END;
  UPDATE trips_pack_issue p SET identity = one FROM jsonb_array_elements(stood -> 'packs') s
    WHERE p.season = s ->> 0 AND p.occasion = s ->> 1 AND p.identity = other;
  IF (stood ->> 'guest')::boolean THEN UPDATE trips_guest SET person_id = survivor WHERE person_id = gone; END IF;
  RETURN stood;
END $$;

CREATE FUNCTION ways_back(merge uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE m people_merge;
BEGIN
  SELECT * INTO m FROM people_merge x WHERE x.id = merge AND x.undone_at IS NULL AND in_own_area(x.area);
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE trips_itinerary i SET person_id = (s ->> 1)::uuid, identity = (s ->> 2)::uuid, wish_id = (s ->> 3)::uuid
    FROM jsonb_array_elements(m.moved -> 'ways') s WHERE i.id = (s ->> 0)::uuid;
  UPDATE trips_leg l SET person_id = (s ->> 1)::uuid, identity = (s ->> 2)::uuid
    FROM jsonb_array_elements(m.moved -> 'legs') s WHERE l.id = (s ->> 0)::uuid;
  UPDATE trips_pack_issue p SET identity = (s ->> 2)::uuid FROM jsonb_array_elements(m.moved -> 'packs') s
    WHERE p.season = s ->> 0 AND p.occasion = s ->> 1 AND p.identity = (m.moved ->> 'identity')::uuid;
  IF (m.moved ->> 'guest')::boolean THEN UPDATE trips_guest SET person_id = m.gone WHERE person_id = m.kept; END IF;
  RETURN true;
END $$;

-- What erases people erases the records that went into them.
CREATE OR REPLACE FUNCTION forget_people(asked uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  WITH RECURSIVE gone AS (
    SELECT p.id, p.identity, p.erased_at FROM people_person p WHERE p.id = ANY (asked) AND p.erased_at IS NOT NULL
      AND p.area >= current_setting('fangang.area_from') AND p.area <= current_setting('fangang.area_to')),
  beneath AS (
    SELECT m.id, g.erased_at FROM people_person m JOIN gone g ON m.merged_into = g.id
    UNION SELECT m.id, b.erased_at FROM people_person m JOIN beneath b ON m.merged_into = b.id),
  merged AS (UPDATE people_person m SET name = '已删除', pinyin = 'Erased', initials = '', gender = NULL, birth = NULL, household_id = NULL,
      nation = NULL, education = NULL, job_type = NULL, workplace = NULL, relation = NULL, registered_place = NULL, address = NULL,
      labor_ability = NULL, phone_owner = NULL, phone2_owner = NULL, erased_at = b.erased_at FROM beneath b WHERE m.id = b.id),
  history AS (DELETE FROM people_history h WHERE h.person_id IN (SELECT id FROM gone UNION SELECT id FROM beneath)),
  consent AS (DELETE FROM people_consent c WHERE c.person_id IN (SELECT id FROM gone UNION SELECT id FROM beneath)),
  guests AS (DELETE FROM trips_guest g USING gone WHERE g.person_id = gone.id),
  asked_for AS (DELETE FROM people_transfer t USING gone WHERE t.person_id = gone.id)
  DELETE FROM people_identity i USING gone WHERE i.id = gone.identity
    AND NOT EXISTS (SELECT 1 FROM people_person o WHERE o.identity = gone.identity AND o.erased_at IS NULL)
$$;

REVOKE ALL ON FUNCTION forget_likeness(), ways_of(uuid[]), hide_merged(uuid, uuid, uuid), show_merged(uuid, uuid, uuid),
  join_ways(uuid, uuid, uuid, uuid, jsonb), ways_back(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ways_of(uuid[]), hide_merged(uuid, uuid, uuid), show_merged(uuid, uuid, uuid),
  join_ways(uuid, uuid, uuid, uuid, jsonb), ways_back(uuid) TO fangang_office;

-- A merge and its undoing say themselves what becomes of needs: nothing follows by itself while one runs.
CREATE OR REPLACE FUNCTION note_needs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF current_setting('fangang.merging', true) = 'on' THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_follow_wish(ARRAY(SELECT id FROM came));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM needs_follow_wish(ARRAY(SELECT n.id FROM came n JOIN went o USING (id)
      WHERE (n.status, n.kind, n.mode, n.latest, n.person_id) IS DISTINCT FROM (o.status, o.kind, o.mode, o.latest, o.person_id)));
  ELSE
    UPDATE people_need n SET status = 'void', void_reason = 'wish_withdrawn' FROM went w WHERE n.season = w.season
      AND n.person_id = w.person_id AND n.source = 'wish' AND n.status IN ('open', 'taken')
      AND NOT EXISTS (SELECT 1 FROM people_wish k WHERE k.season = w.season AND k.person_id = w.person_id);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION note_ways() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF current_setting('fangang.merging', true) = 'on' THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' THEN
    UPDATE people_need n SET met_by = NULL, status = CASE WHEN l.live THEN 'open' ELSE 'void' END,
        void_reason = CASE WHEN l.live THEN NULL ELSE 'wish_withdrawn' END, reason = l.why
      FROM (SELECT o.id, coalesce((SELECT i.broken_reason FROM trips_itinerary i WHERE i.id = o.id), 'way_cancelled') AS why,
              EXISTS (SELECT 1 FROM people_wish w WHERE w.season = o.season AND w.person_id = o.person_id AND is_live_wish(w.status)) AS live
            FROM went o WHERE NOT EXISTS (SELECT 1 FROM trips_itinerary i WHERE i.id = o.id AND is_live_way(i.status))) l
      WHERE n.met_by = l.id AND n.status = 'met';
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE people_need n SET status = 'met', met_by = i.id, reason = 'seated' FROM came i
      WHERE is_live_way(i.status) AND n.season = i.season AND n.person_id = i.person_id AND n.kind = 'travel' AND n.status IN ('open', 'taken');
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION join_needs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF current_setting('fangang.merging', true) = 'on' THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM people_need n WHERE n.season = NEW.season AND n.person_id = NEW.person_id AND n.kind = NEW.kind
             AND n.status <> 'void' AND n.id <> NEW.id) THEN RETURN NULL; END IF;
  RETURN NEW;
END $$;

-- Of each kind and season one need stands: the one that is met, then the one that somebody works on, then the older.
CREATE FUNCTION settle_needs(whose uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people_person WHERE id = whose AND in_own_area(area)) THEN RETURN; END IF;
  UPDATE people_need n SET status = 'void', void_reason = 'merged', met_by = NULL FROM (
      SELECT id, row_number() OVER (PARTITION BY season, kind ORDER BY (status = 'met') DESC, (status = 'taken') DESC, id) AS place
      FROM people_need WHERE person_id = whose AND status <> 'void') p
    WHERE n.id = p.id AND p.place > 1;
  PERFORM needs_follow_wish(ARRAY(SELECT id FROM people_wish WHERE person_id = whose));
END $$;
REVOKE ALL ON FUNCTION settle_needs(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_needs(uuid) TO fangang_office;
