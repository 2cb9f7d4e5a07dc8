-- The house of one city: everything lies in its own schema, owned by fangang_owner, used by roles that own nothing.
-- Codes of areas are 12 digits, text COLLATE "C", so that an office's whole area is one range of an index.

CREATE TABLE journal (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  device text,
  key uuid NOT NULL,
  ordinal integer NOT NULL,
  subject uuid NOT NULL,
  type text NOT NULL,
  area text COLLATE "C" NOT NULL,
  season text,
  version integer NOT NULL DEFAULT 1,
  data jsonb NOT NULL DEFAULT '{}',
  UNIQUE (key, ordinal)
);
CREATE INDEX journal_season_type_at ON journal (season, type, at);
CREATE INDEX journal_subject ON journal (subject, at);

CREATE TABLE request (
  key uuid NOT NULL,
  actor text NOT NULL,
  route text NOT NULL,
  body_hash bytea NOT NULL,
  status integer NOT NULL,
  reply text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (key, actor, route)
);

-- offices ------------------------------------------------------------------------------------------------------

CREATE TABLE offices_area (
  code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^\d{12}$'),
  level text NOT NULL CHECK (level IN ('city', 'district', 'town', 'village')),
  name text NOT NULL,
  pinyin text NOT NULL,
  parent text COLLATE "C",
  lon double precision,
  lat double precision,
  estimated boolean NOT NULL DEFAULT false
);
CREATE INDEX offices_area_parent ON offices_area (parent);

CREATE TABLE offices_place (
  code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^\d{6}$'),
  level text NOT NULL CHECK (level IN ('city', 'county')),
  name text NOT NULL,
  full_name text NOT NULL,
  pinyin text NOT NULL,
  city_code text NOT NULL,
  city_name text NOT NULL,
  province_name text NOT NULL,
  lon double precision,
  lat double precision,
  estimated boolean NOT NULL DEFAULT false
);

CREATE TABLE offices_station (
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('rail', 'air')),
  city text NOT NULL,
  lon double precision NOT NULL,
  lat double precision NOT NULL,
  PRIMARY KEY (name, kind)
);

CREATE TABLE offices_office (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('bureau', 'townStation', 'broker', 'agency', 'employer')),
  name text NOT NULL,
  area text COLLATE "C" NOT NULL
);

CREATE TABLE offices_staff (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  area text COLLATE "C" NOT NULL,
  office_id uuid NOT NULL REFERENCES offices_office,
  employer_id uuid,
  password_hash text,
  sample_door boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE offices_session (
  token_hash bytea PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES offices_staff,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);

CREATE TABLE offices_login_failure (login text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE INDEX offices_login_failure_login ON offices_login_failure (login, at);

CREATE TABLE offices_audit (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  area text COLLATE "C" NOT NULL,
  action text NOT NULL,
  subject uuid,
  facts jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE offices_season (
  id text PRIMARY KEY,
  festival date NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  settings jsonb NOT NULL
);

CREATE TABLE offices_clock (
  id integer PRIMARY KEY CHECK (id = 1),
  mode text NOT NULL CHECK (mode IN ('real', 'stands', 'plays')),
  at timestamptz,
  speed numeric NOT NULL DEFAULT 0,
  since timestamptz
);
INSERT INTO offices_clock (id, mode) VALUES (1, 'real');

-- What this installation is: {"sample": {"seed":…, "scale":…, "state":"filling"|"ready", "share":…}}; empty outside the sample.
CREATE TABLE offices_installation (key text PRIMARY KEY, value jsonb NOT NULL);

-- people -------------------------------------------------------------------------------------------------------

CREATE TABLE people_identity (id uuid PRIMARY KEY, id_index bytea NOT NULL UNIQUE);

CREATE TABLE people_household (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  number text
);
CREATE INDEX people_household_area ON people_household (area, number);

CREATE TABLE people_person (
  id uuid PRIMARY KEY,
  identity uuid NOT NULL,
  area text COLLATE "C" NOT NULL,
  district text GENERATED ALWAYS AS (left(area, 6)) STORED,
  name text NOT NULL,
  pinyin text NOT NULL,
  initials text NOT NULL,
  gender text CHECK (gender IN ('male', 'female')),
  birth date,
  id_kind text NOT NULL,
  id_sealed bytea,
  id_index bytea,
  id_tail text NOT NULL DEFAULT '',
  phone_sealed bytea,
  phone_index bytea,
  phone_tail text NOT NULL DEFAULT '',
  phone2_sealed bytea,
  household_id uuid,
  ledger_office uuid,
  nation text,
  education text,
  job_type text,
  workplace text,
  channel text NOT NULL,
  registered_at timestamptz NOT NULL,
  registered_by text NOT NULL,
  UNIQUE (district, id_index)
);
CREATE INDEX people_person_area ON people_person (area);
CREATE INDEX people_person_initials ON people_person (initials text_pattern_ops);
CREATE INDEX people_person_id_tail ON people_person (id_tail);
CREATE INDEX people_person_phone_tail ON people_person (phone_tail);
CREATE INDEX people_person_name ON people_person (name text_pattern_ops);
CREATE INDEX people_person_identity ON people_person (identity);
CREATE INDEX people_person_household ON people_person (household_id);
CREATE INDEX people_person_ledger ON people_person (ledger_office) WHERE ledger_office IS NOT NULL;

CREATE TABLE people_care (
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  since date NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (person_id, kind)
);
CREATE INDEX people_care_area ON people_care (area, kind);

-- Old values of a person's row, sealed; the journal names only which fields changed.
CREATE TABLE people_history (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  sealed bytea NOT NULL
);
CREATE INDEX people_history_person ON people_history (person_id);

CREATE TABLE people_wish (
  id uuid PRIMARY KEY,
  season text NOT NULL REFERENCES offices_season,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  identity uuid NOT NULL,
  area text COLLATE "C" NOT NULL,
  ledger_office uuid,
  kind text NOT NULL,
  mode text NOT NULL,
  destination text,
  destination_text text,
  gate_id uuid,
  gate_text text,
  earliest date,
  latest date,
  party uuid NOT NULL,
  may_part boolean NOT NULL DEFAULT false,
  wheelchair boolean NOT NULL DEFAULT false,
  remark text,
  status text NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- Why the last plan found no way, what would help, and who answers for it (law 7).
  unplaced_reason text,
  unplaced_numbers jsonb,
  unplaced_remedy text,
  unplaced_owner uuid,
  UNIQUE (season, person_id)
);
CREATE INDEX people_wish_area ON people_wish (season, area);
CREATE INDEX people_wish_party ON people_wish (party);
CREATE INDEX people_wish_person ON people_wish (person_id);

CREATE TABLE people_need (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  owner uuid,
  due date,
  met_by uuid
);
CREATE INDEX people_need_area ON people_need (season, area);
CREATE INDEX people_need_person ON people_need (person_id);

CREATE TABLE people_import (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  area text COLLATE "C" NOT NULL,
  file text NOT NULL,
  sha256 text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  counts jsonb NOT NULL
);

-- A roster taken out of its file, waiting for its fixes; sealed, gone when written or after a day.
CREATE TABLE people_upload (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  staff_id uuid NOT NULL,
  season text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  sealed bytea NOT NULL
);

-- What offices have said about the columns of a roster with these headers.
CREATE TABLE people_mapping (
  area text COLLATE "C" NOT NULL,
  headers_hash text NOT NULL,
  choice jsonb NOT NULL,
  PRIMARY KEY (area, headers_hash)
);

-- jobs ---------------------------------------------------------------------------------------------------------

CREATE TABLE jobs_employer (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  pinyin text NOT NULL,
  industry text,
  county text NOT NULL
);

CREATE TABLE jobs_gate (
  id uuid PRIMARY KEY,
  employer_id uuid NOT NULL REFERENCES jobs_employer,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  pinyin text NOT NULL,
  county text NOT NULL,
  lon double precision NOT NULL,
  lat double precision NOT NULL,
  contact_name text,
  contact_phone_sealed bytea,
  -- [{"fromMin":480,"toMin":1200}], minutes of the day; empty = nobody receives.
  windows jsonb NOT NULL
);
CREATE INDEX jobs_gate_employer ON jobs_gate (employer_id);

-- trips --------------------------------------------------------------------------------------------------------

CREATE TABLE trips_carrier (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  phone_sealed bytea
);

CREATE TABLE trips_vehicle (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  carrier_id uuid NOT NULL REFERENCES trips_carrier,
  plate text NOT NULL,
  seats integer NOT NULL CHECK (seats > 0),
  wheelchair_bays integer NOT NULL DEFAULT 0
);

CREATE TABLE trips_driver (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  carrier_id uuid NOT NULL REFERENCES trips_carrier,
  name text NOT NULL,
  phone_sealed bytea
);

-- Coaches one district can hire on one day.
CREATE TABLE trips_fleet (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  season text NOT NULL,
  day date NOT NULL,
  carrier_id uuid,
  seats integer NOT NULL CHECK (seats > 0),
  count integer NOT NULL CHECK (count >= 0),
  wheelchair_bays integer NOT NULL DEFAULT 0
);
CREATE INDEX trips_fleet_area ON trips_fleet (season, area, day);

-- Places that our side holds on one train or flight on one date.
CREATE TABLE trips_allotment (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  season text NOT NULL,
  mode text NOT NULL,
  number text NOT NULL,
  carriage text,
  day date NOT NULL,
  from_name text NOT NULL,
  from_lon double precision NOT NULL,
  from_lat double precision NOT NULL,
  to_name text NOT NULL,
  to_lon double precision NOT NULL,
  to_lat double precision NOT NULL,
  depart_at timestamptz NOT NULL,
  arrive_at timestamptz NOT NULL,
  places integer NOT NULL CHECK (places > 0),
  wheelchair_bays integer NOT NULL DEFAULT 0,
  fare_fen integer NOT NULL,
  release_at timestamptz
);
CREATE INDEX trips_allotment_area ON trips_allotment (season, area, day);

-- A draft plan: what was asked, how far it is, and the plan in ids and numbers.
CREATE TABLE trips_proposal (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  area text COLLATE "C" NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'ready', 'committed', 'discarded', 'failed')),
  share double precision NOT NULL DEFAULT 0,
  request jsonb NOT NULL,
  plan jsonb,
  fault text
);
CREATE INDEX trips_proposal_area ON trips_proposal (season, area, asked_at);

CREATE TABLE trips_trip (
  id uuid PRIMARY KEY,
  season text NOT NULL REFERENCES offices_season,
  area text COLLATE "C" NOT NULL,
  code text NOT NULL,
  role text NOT NULL CHECK (role IN ('main', 'feeder', 'lastMile')),
  mode text NOT NULL CHECK (mode IN ('charterBus', 'charterTrain', 'charterFlight', 'reservedCarriage', 'railTickets')),
  status text NOT NULL,
  day date NOT NULL,
  depart_at timestamptz NOT NULL,
  arrive_at timestamptz NOT NULL,
  vehicle_id uuid,
  driver_ids uuid[] NOT NULL DEFAULT '{}',
  drivers integer NOT NULL DEFAULT 0,
  plate text,
  -- Places there are; cap = places that may be taken after observation rows and load cap; a seat is sold by raising `sold`.
  places integer NOT NULL,
  cap integer NOT NULL,
  sold integer NOT NULL DEFAULT 0,
  bays integer NOT NULL DEFAULT 0,
  bays_sold integer NOT NULL DEFAULT 0,
  allotment_id uuid,
  escort_id uuid,
  distance_m integer NOT NULL DEFAULT 0,
  cost_fen bigint NOT NULL DEFAULT 0,
  rests jsonb NOT NULL DEFAULT '[]',
  proposal_id uuid,
  version integer NOT NULL DEFAULT 1,
  published_at timestamptz,
  UNIQUE (season, code),
  CONSTRAINT trips_trip_cap CHECK (cap <= places),
  CONSTRAINT trips_trip_sold CHECK (sold >= 0 AND sold <= cap),
  CONSTRAINT trips_trip_bays CHECK (bays_sold >= 0 AND bays_sold <= bays)
);
CREATE INDEX trips_trip_area ON trips_trip (season, area, day);
CREATE INDEX trips_trip_allotment ON trips_trip (allotment_id) WHERE allotment_id IS NOT NULL;

CREATE TABLE trips_stop (
  trip_id uuid NOT NULL REFERENCES trips_trip ON DELETE CASCADE,
  no integer NOT NULL,
  -- Area of the trip, for who may see it; place_area is that of the pick-up.
  area text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('pickUp', 'station', 'gate')),
  name text NOT NULL,
  pinyin text NOT NULL,
  place_area text COLLATE "C",
  gate_id uuid,
  employer_id uuid,
  lon double precision NOT NULL,
  lat double precision NOT NULL,
  arrive_at timestamptz NOT NULL,
  depart_at timestamptz NOT NULL,
  opened_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  heads integer,
  signed_at timestamptz,
  PRIMARY KEY (trip_id, no)
);
CREATE INDEX trips_stop_employer ON trips_stop (employer_id) WHERE employer_id IS NOT NULL;

CREATE TABLE trips_itinerary (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  person_id uuid NOT NULL REFERENCES people_person,
  identity uuid NOT NULL,
  wish_id uuid NOT NULL REFERENCES people_wish,
  area text COLLATE "C" NOT NULL,
  ledger_office uuid,
  party uuid NOT NULL,
  status text NOT NULL,
  broken_reason text,
  ticket_index bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX trips_itinerary_live ON trips_itinerary (season, identity) WHERE status NOT IN ('cancelled', 'broken');
CREATE INDEX trips_itinerary_area ON trips_itinerary (season, area);
CREATE INDEX trips_itinerary_wish ON trips_itinerary (wish_id);
CREATE INDEX trips_itinerary_person ON trips_itinerary (person_id);

-- A leg is a seat of one person on one trip.
CREATE TABLE trips_leg (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  itinerary_id uuid NOT NULL REFERENCES trips_itinerary,
  no integer NOT NULL,
  trip_id uuid NOT NULL REFERENCES trips_trip,
  person_id uuid NOT NULL,
  identity uuid NOT NULL,
  area text COLLATE "C" NOT NULL,
  ledger_office uuid,
  employer_id uuid,
  seat integer NOT NULL CHECK (seat > 0),
  board integer NOT NULL,
  alight integer NOT NULL,
  wheelchair boolean NOT NULL DEFAULT false,
  state text NOT NULL,
  hold_reason text,
  boarded_at timestamptz,
  arrived_at timestamptz,
  live boolean NOT NULL DEFAULT true,
  CHECK (alight > board)
);
CREATE UNIQUE INDEX trips_leg_seat ON trips_leg (trip_id, seat) WHERE live;
CREATE UNIQUE INDEX trips_leg_identity ON trips_leg (trip_id, identity) WHERE live;
CREATE INDEX trips_leg_itinerary ON trips_leg (itinerary_id);
CREATE INDEX trips_leg_person ON trips_leg (person_id);
CREATE INDEX trips_leg_employer ON trips_leg (employer_id) WHERE employer_id IS NOT NULL;

CREATE TABLE trips_pack_issue (
  season text NOT NULL,
  identity uuid NOT NULL,
  occasion text NOT NULL,
  area text COLLATE "C" NOT NULL,
  trip_id uuid NOT NULL,
  leg_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (season, identity, occasion)
);

CREATE TABLE trips_handover (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  trip_id uuid NOT NULL REFERENCES trips_trip,
  stop integer NOT NULL,
  employer_id uuid,
  heads integer NOT NULL,
  signed_by uuid NOT NULL,
  signer_name text NOT NULL,
  signature text,
  note text,
  at timestamptz NOT NULL,
  UNIQUE (trip_id, stop)
);
CREATE INDEX trips_handover_employer ON trips_handover (employer_id);

-- rights -------------------------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA {{schema}} TO fangang_app, fangang_office, fangang_broker, fangang_employer, fangang_link;

DO $$
DECLARE
  t text;
  every_role text := 'fangang_office, fangang_broker, fangang_employer, fangang_link';
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
  own_ledger text := 'ledger_office = current_setting(''fangang.office'')::uuid';
  own_district text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')'
    || ' OR left(area, 6) = left(current_setting(''fangang.area_from''), 6)';
  own_employer text := 'employer_id = current_setting(''fangang.employer'')::uuid';
  own_link text := 'itinerary_id = current_setting(''fangang.link'')::uuid';
BEGIN
  -- Forced on every table: the owner, too, sees rows only in a migration (BYPASSRLS).
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = '{{schema}}' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;

  -- Public to everybody who is signed in, and to a ticket: places, the season, the clock.
  FOREACH t IN ARRAY ARRAY['offices_area', 'offices_place', 'offices_station', 'offices_season', 'offices_clock',
                           'offices_installation', 'jobs_employer'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO fangang_app, %s', t, every_role);
    EXECUTE format('CREATE POLICY everyone_reads ON %I FOR SELECT TO fangang_app, %s USING (true)', t, every_role);
  END LOOP;
  EXECUTE format('GRANT SELECT ON jobs_gate TO %s', every_role);
  EXECUTE format('CREATE POLICY everyone_reads ON jobs_gate FOR SELECT TO %s USING (true)', every_role);

  -- Written by offices within their area.
  FOREACH t IN ARRAY ARRAY['people_household', 'people_person', 'people_care', 'people_wish', 'people_need',
                           'people_upload', 'people_mapping', 'jobs_employer', 'jobs_gate', 'trips_proposal',
                           'trips_itinerary', 'trips_leg', 'trips_handover', 'trips_pack_issue'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['people_history', 'people_import', 'offices_audit'] LOOP
    EXECUTE format('GRANT SELECT, INSERT ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
  END LOOP;

  -- A district's trips are seen by its towns, written by who holds the district.
  FOREACH t IN ARRAY ARRAY['trips_carrier', 'trips_vehicle', 'trips_driver', 'trips_fleet', 'trips_allotment',
                           'trips_trip', 'trips_stop'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_reads ON %I FOR SELECT TO fangang_office USING (%s)', t, own_district);
    EXECUTE format('CREATE POLICY office_adds ON %I FOR INSERT TO fangang_office WITH CHECK (%s)', t, in_area);
    EXECUTE format('CREATE POLICY office_changes ON %I FOR UPDATE TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
    EXECUTE format('CREATE POLICY office_removes ON %I FOR DELETE TO fangang_office USING (%s)', t, in_area);
  END LOOP;

  -- A labor broker sees the own ledger.
  FOREACH t IN ARRAY ARRAY['people_person', 'people_wish', 'trips_itinerary', 'trips_leg'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO fangang_broker', t);
    EXECUTE format('CREATE POLICY own_ledger ON %I FOR SELECT TO fangang_broker USING (%s)', t, own_ledger);
  END LOOP;

  -- An employer sees who comes to the own gates, on which trip.
  FOREACH t IN ARRAY ARRAY['trips_leg', 'trips_stop', 'trips_handover'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO fangang_employer', t);
    EXECUTE format('CREATE POLICY own_gates ON %I FOR SELECT TO fangang_employer USING (%s)', t, own_employer);
  END LOOP;
  EXECUTE 'GRANT SELECT ON trips_trip, people_person, trips_itinerary TO fangang_employer';
  EXECUTE 'CREATE POLICY own_gates ON trips_trip FOR SELECT TO fangang_employer USING (EXISTS (SELECT 1 FROM trips_stop s WHERE s.trip_id = trips_trip.id AND s.employer_id = current_setting(''fangang.employer'')::uuid))';
  EXECUTE 'CREATE POLICY own_arrivals ON people_person FOR SELECT TO fangang_employer USING (EXISTS (SELECT 1 FROM trips_leg l WHERE l.person_id = people_person.id AND l.live AND l.employer_id = current_setting(''fangang.employer'')::uuid))';
  EXECUTE 'CREATE POLICY own_arrivals ON trips_itinerary FOR SELECT TO fangang_employer USING (EXISTS (SELECT 1 FROM trips_leg l WHERE l.itinerary_id = trips_itinerary.id AND l.live AND l.employer_id = current_setting(''fangang.employer'')::uuid))';
  EXECUTE 'GRANT UPDATE (signed_at, arrived_at) ON trips_stop TO fangang_employer';
  EXECUTE format('CREATE POLICY signs ON trips_stop FOR UPDATE TO fangang_employer USING (%s)', own_employer);
  EXECUTE 'GRANT UPDATE (status) ON trips_trip TO fangang_employer';
  EXECUTE 'CREATE POLICY signs ON trips_trip FOR UPDATE TO fangang_employer USING (EXISTS (SELECT 1 FROM trips_stop s WHERE s.trip_id = trips_trip.id AND s.employer_id = current_setting(''fangang.employer'')::uuid))';
  EXECUTE 'GRANT UPDATE (state, arrived_at) ON trips_leg TO fangang_employer';
  EXECUTE format('CREATE POLICY signs ON trips_leg FOR UPDATE TO fangang_employer USING (%s)', own_employer);
  EXECUTE 'GRANT UPDATE (status) ON trips_itinerary TO fangang_employer';
  EXECUTE 'CREATE POLICY signs ON trips_itinerary FOR UPDATE TO fangang_employer USING (EXISTS (SELECT 1 FROM trips_leg l WHERE l.itinerary_id = trips_itinerary.id AND l.live AND l.employer_id = current_setting(''fangang.employer'')::uuid))';
  EXECUTE 'GRANT INSERT ON trips_handover TO fangang_employer';
  EXECUTE format('CREATE POLICY signs ON trips_handover FOR INSERT TO fangang_employer WITH CHECK (%s)', own_employer);

  -- A ticket link sees its own way.
  EXECUTE 'GRANT SELECT ON trips_itinerary, trips_leg, trips_trip, trips_stop, people_person, people_wish TO fangang_link';
  EXECUTE 'CREATE POLICY own_way ON trips_itinerary TO fangang_link USING (id = current_setting(''fangang.link'')::uuid)';
  EXECUTE format('CREATE POLICY own_way ON trips_leg TO fangang_link USING (%s)', own_link);
  EXECUTE 'CREATE POLICY own_way ON trips_trip FOR SELECT TO fangang_link USING (EXISTS (SELECT 1 FROM trips_leg l WHERE l.trip_id = trips_trip.id AND l.itinerary_id = current_setting(''fangang.link'')::uuid))';
  EXECUTE 'CREATE POLICY own_way ON trips_stop FOR SELECT TO fangang_link USING (EXISTS (SELECT 1 FROM trips_leg l WHERE l.trip_id = trips_stop.trip_id AND l.itinerary_id = current_setting(''fangang.link'')::uuid))';
  EXECUTE 'CREATE POLICY own_way ON people_person FOR SELECT TO fangang_link USING (EXISTS (SELECT 1 FROM trips_itinerary i WHERE i.person_id = people_person.id AND i.id = current_setting(''fangang.link'')::uuid))';
  EXECUTE 'CREATE POLICY own_way ON people_wish FOR SELECT TO fangang_link USING (EXISTS (SELECT 1 FROM trips_itinerary i WHERE i.wish_id = people_wish.id AND i.id = current_setting(''fangang.link'')::uuid))';

  -- The journal: added to, never changed; each under the own name.
  EXECUTE format('GRANT INSERT ON journal, request TO %s', every_role);
  EXECUTE format('GRANT SELECT ON request TO %s', every_role);
  EXECUTE 'GRANT SELECT ON journal TO fangang_office';
  EXECUTE format('CREATE POLICY office_reads ON journal FOR SELECT TO fangang_office USING (%s)', in_area);
  EXECUTE format('CREATE POLICY own_name ON journal FOR INSERT TO %s WITH CHECK (actor = current_setting(''fangang.staff''))', every_role);
  EXECUTE format('CREATE POLICY own_requests ON request TO %s USING (actor = current_setting(''fangang.staff'')) WITH CHECK (actor = current_setting(''fangang.staff''))', every_role);

  -- Offices and staff: of the own area; the system administrator writes through functions below.
  EXECUTE 'GRANT SELECT ON offices_office, offices_staff TO fangang_office';
  EXECUTE format('CREATE POLICY office_area ON offices_office FOR SELECT TO fangang_office USING (%s)', own_district);
  EXECUTE format('CREATE POLICY office_area ON offices_staff FOR SELECT TO fangang_office USING (%s)', own_district);
  EXECUTE 'REVOKE ALL ON offices_staff FROM fangang_office';
  EXECUTE 'GRANT SELECT (id, login, name, role, area, office_id, employer_id, active) ON offices_staff TO fangang_office';
END $$;

-- Doors without a sign-in: each answers one narrow question, runs as the owner, and is all that `fangang_app` may call.

CREATE FUNCTION staff_for_login(asked text)
RETURNS TABLE (id uuid, password_hash text, failures bigint) LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.password_hash,
         (SELECT count(*) FROM offices_login_failure f WHERE f.login = asked AND f.at > now() - interval '15 minutes')
  FROM offices_staff s WHERE s.login = asked AND s.active
$$;

CREATE FUNCTION note_login_failure(asked text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  INSERT INTO offices_login_failure (login) VALUES (left(asked, 100))
$$;

CREATE FUNCTION start_session(hash bytea, staff uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_session WHERE created_at < now() - interval '12 hours' OR seen_at < now() - interval '30 minutes';
  INSERT INTO offices_session (token_hash, staff_id, created_at, seen_at) VALUES (hash, staff, now(), now());
$$;

CREATE FUNCTION end_session(hash bytea) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_session WHERE token_hash = hash
$$;

CREATE FUNCTION staff_by_id(asked uuid)
RETURNS TABLE (id uuid, login text, name text, role text, area text, area_name text, area_pinyin text, office_id uuid, office_name text, employer_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.login, s.name, s.role, s.area, a.name, a.pinyin, s.office_id, o.name, s.employer_id
  FROM offices_staff s JOIN offices_office o ON o.id = s.office_id LEFT JOIN offices_area a ON a.code = s.area
  WHERE s.id = asked AND s.active
$$;

-- Idle 30 minutes, 12 hours in all; seen_at moves at most once a minute.
CREATE FUNCTION staff_of_session(hash bytea) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE held offices_session;
BEGIN
  SELECT * INTO held FROM offices_session s
  WHERE s.token_hash = hash AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes';
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF held.seen_at < now() - interval '1 minute' THEN
    UPDATE offices_session SET seen_at = now() WHERE token_hash = hash;
  END IF;
  RETURN held.staff_id;
END $$;

-- Present only in a sample: who stands behind a role's door.
CREATE FUNCTION sample_door(asked text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id FROM offices_staff s
  WHERE s.role = asked AND s.sample_door AND EXISTS (SELECT 1 FROM offices_installation WHERE key = 'sample')
  ORDER BY s.login LIMIT 1
$$;

CREATE FUNCTION move_sample_clock(new_mode text, new_at timestamptz, new_speed numeric) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM offices_installation WHERE key = 'sample') THEN RETURN false; END IF;
  UPDATE offices_clock SET mode = new_mode, at = new_at, speed = new_speed, since = now() WHERE id = 1;
  RETURN true;
END $$;

-- Ties the books of two districts to one person without either learning of the other: an id for each blind index.
CREATE FUNCTION identities_of(asked bytea[], fresh uuid[]) RETURNS TABLE (ordinal integer, identity uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO people_identity (id, id_index)
    SELECT DISTINCT ON (i) f, i FROM unnest(asked, fresh) AS u(i, f) ON CONFLICT (id_index) DO NOTHING;
  RETURN QUERY SELECT u.n::integer, p.id FROM unnest(asked) WITH ORDINALITY AS u(i, n) JOIN people_identity p ON p.id_index = u.i;
END $$;

CREATE FUNCTION itinerary_of_ticket(hash bytea) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT id FROM trips_itinerary WHERE ticket_index = hash
$$;

-- Whom a ticket names to call: the office of the traveller's town, else of the district.
CREATE FUNCTION contact_of_area(asked text) RETURNS TABLE (staff_name text, office_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.name, o.name FROM offices_staff s JOIN offices_office o ON o.id = s.office_id
  WHERE s.active AND s.role IN ('townOfficer', 'dispatcher', 'districtOfficer')
    AND s.area IN (left(asked, 9) || '000', left(asked, 6) || '000000')
  ORDER BY (s.area = left(asked, 9) || '000') DESC, s.role = 'dispatcher' DESC, s.login LIMIT 1
$$;

-- First steps of an installation with nobody in it: refuses (null) as soon as there is any staff.
CREATE FUNCTION set_up(staff uuid, office uuid, district text, office_name text, login text, name text, password_hash text,
                       season text, festival date, from_day date, to_day date, settings jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(20220211);
  IF EXISTS (SELECT 1 FROM offices_staff) THEN RETURN false; END IF;
  INSERT INTO offices_season (id, festival, from_day, to_day, settings) VALUES ($8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING;
  INSERT INTO offices_office (id, kind, name, area) VALUES ($2, 'bureau', $4, $3);
  INSERT INTO offices_staff (id, login, name, role, area, office_id, password_hash) VALUES ($1, $5, $6, 'dispatcher', $3, $2, $7);
  RETURN true;
END $$;

DO $$
DECLARE f text;
BEGIN
  FOR f IN SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = '{{schema}}' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO fangang_app', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION identities_of(bytea[], uuid[]) TO fangang_office;
GRANT EXECUTE ON FUNCTION staff_by_id(uuid), contact_of_area(text) TO fangang_office, fangang_broker, fangang_employer, fangang_link;
