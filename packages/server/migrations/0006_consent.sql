-- What a person has said of a use of the data that rests on consent (PIPL art. 23, 25, 29). No row: as the registration form says.
CREATE TABLE people_consent (
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  purpose text NOT NULL,
  area text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('given', 'withdrawn')),
  how text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (person_id, purpose)
);
CREATE INDEX people_consent_area ON people_consent (area);
ALTER TABLE people_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_consent FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON people_consent TO fangang_office;
CREATE POLICY office_area ON people_consent TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));

-- Whether an employer may see who a traveller is: read by the policy itself, so that a withdrawal blinds the very next request.
CREATE FUNCTION shown_to_employer(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM people_consent WHERE person_id = asked AND purpose = 'showToEmployer' AND state = 'withdrawn')
$$;
REVOKE ALL ON FUNCTION shown_to_employer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shown_to_employer(uuid) TO fangang_employer;

-- The seat stays in sight, so that heads are counted and signed for; the person behind it does not.
DROP POLICY own_arrivals ON people_person;
CREATE POLICY own_arrivals ON people_person FOR SELECT TO fangang_employer USING (
  shown_to_employer(id) AND EXISTS (
    SELECT 1 FROM trips_leg l WHERE l.person_id = people_person.id AND l.live
      AND l.employer_id = current_setting('fangang.employer')::uuid));

-- The traveller behind a ticket's link says it without an account; twice is once.
CREATE FUNCTION say_consent_by_link(asked_purpose text, asked_state text, said_at timestamptz) RETURNS TABLE (person uuid, area text)
LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  INSERT INTO people_consent AS c (person_id, purpose, area, state, how, at, actor)
    SELECT p.id, asked_purpose, p.area, asked_state, 'link', said_at, current_setting('fangang.link')
    FROM trips_itinerary i JOIN people_person p ON p.id = i.person_id
    WHERE i.id = nullif(current_setting('fangang.link', true), '')::uuid
  ON CONFLICT (person_id, purpose) DO UPDATE SET state = excluded.state, how = 'link', at = excluded.at, actor = excluded.actor
    WHERE c.state <> excluded.state
  RETURNING c.person_id, c.area
$$;
CREATE FUNCTION consent_of_link(asked_purpose text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT c.state FROM trips_itinerary i JOIN people_consent c ON c.person_id = i.person_id AND c.purpose = asked_purpose
  WHERE i.id = nullif(current_setting('fangang.link', true), '')::uuid
$$;
REVOKE ALL ON FUNCTION say_consent_by_link(text, text, timestamptz), consent_of_link(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION say_consent_by_link(text, text, timestamptz), consent_of_link(text) TO fangang_link;

-- Erasure: what says who somebody is goes, ids and counts stay. The identity is forgotten where no other books hold the person.
ALTER TABLE people_person ADD COLUMN erased_at timestamptz;
CREATE FUNCTION forget_people(asked uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  WITH gone AS (
    SELECT p.id, p.identity FROM people_person p WHERE p.id = ANY (asked) AND p.erased_at IS NOT NULL
      AND p.area >= current_setting('fangang.area_from') AND p.area <= current_setting('fangang.area_to')),
  history AS (DELETE FROM people_history h USING gone WHERE h.person_id = gone.id),
  consent AS (DELETE FROM people_consent c USING gone WHERE c.person_id = gone.id)
  DELETE FROM people_identity i USING gone WHERE i.id = gone.identity
    AND NOT EXISTS (SELECT 1 FROM people_person o WHERE o.identity = gone.identity AND o.erased_at IS NULL)
$$;

-- Who has read a person's numbers, for the person's own file: of people of the asker's books only.
CREATE FUNCTION readings_of(asked uuid) RETURNS TABLE (at timestamptz, office text, action text, facts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT a.at, o.name, a.action, a.facts FROM offices_audit a
  LEFT JOIN offices_staff s ON s.id::text = a.actor LEFT JOIN offices_office o ON o.id = s.office_id
  WHERE a.subject = asked AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = asked
    AND p.area >= current_setting('fangang.area_from') AND p.area <= current_setting('fangang.area_to'))
  ORDER BY a.at
$$;
REVOKE ALL ON FUNCTION forget_people(uuid[]), readings_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_people(uuid[]), readings_of(uuid) TO fangang_office;

-- Each run of the retention job, with what it found.
CREATE TABLE people_retention_run (
  id uuid PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  ended_before date NOT NULL,
  erased integer NOT NULL,
  still_travel integer NOT NULL,
  actor text NOT NULL
);
CREATE INDEX people_retention_run_area ON people_retention_run (area, at);
ALTER TABLE people_retention_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_retention_run FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON people_retention_run TO fangang_office;
CREATE POLICY office_area ON people_retention_run TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
