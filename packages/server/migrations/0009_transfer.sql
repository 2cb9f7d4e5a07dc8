-- Transfer of a person between offices: asked -> agreed -> done | refused | withdrawn. Asking looks nobody up: it files what was said, and
-- whoever holds such a person finds the asking when it looks at its own books. So no reply, count or time can tell the asker anything.

CREATE TABLE people_transfer (
  id uuid PRIMARY KEY,
  -- Of the office that asks, with the last code of its range; the person's new home lies within.
  area text COLLATE "C" NOT NULL,
  area_upto text COLLATE "C" NOT NULL,
  to_area text COLLATE "C" NOT NULL,
  -- Its name when it asked: read by whoever holds the person, who does not see the office's row.
  office_name text NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  how text NOT NULL CHECK (how IN ('idNumber', 'nameTail')),
  -- Blind index over the whole city, as in people_identity; the number itself is not kept.
  id_index bytea,
  id_index_next bytea,
  name text,
  tail text NOT NULL,
  why text NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'done', 'refused', 'withdrawn')),
  answered_at timestamptz,
  reason text,
  person_id uuid,
  -- The person came with a seat on a run of the former office.
  with_seat boolean NOT NULL DEFAULT false,
  CHECK ((how = 'idNumber') = (id_index IS NOT NULL) AND (how = 'nameTail') = (name IS NOT NULL))
);
CREATE INDEX people_transfer_area ON people_transfer (area, asked_at);
CREATE INDEX people_transfer_open ON people_transfer (expires_at) WHERE state = 'asked';

-- What a holding office said: its own memory, and the reason why a refused asking is not shown to it again.
CREATE TABLE people_transfer_answer (
  transfer_id uuid NOT NULL REFERENCES people_transfer ON DELETE CASCADE,
  person_id uuid NOT NULL,
  -- Where the person was on the books.
  area text COLLATE "C" NOT NULL,
  answer text NOT NULL CHECK (answer IN ('agreed', 'refused')),
  reason text,
  office_name text NOT NULL,
  from_area text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (transfer_id, person_id)
);
CREATE INDEX people_transfer_answer_area ON people_transfer_answer (area, at);

-- Who travels on a run of the former office: what its door needs, and no more. The way, the seat and the ticket stay as they are.
CREATE TABLE trips_guest (
  person_id uuid PRIMARY KEY REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  pinyin text NOT NULL,
  gender text,
  id_tail text NOT NULL,
  phone_tail text NOT NULL
);
CREATE INDEX trips_guest_area ON trips_guest (area);

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['people_transfer', 'people_transfer_answer', 'trips_guest'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT ON %I TO fangang_office', t);
  END LOOP;
  EXECUTE 'GRANT INSERT, UPDATE (state, answered_at), DELETE ON people_transfer TO fangang_office';
  EXECUTE format('CREATE POLICY office_area ON people_transfer TO fangang_office USING (%s) WITH CHECK (%s)', in_area, in_area);
  FOREACH t IN ARRAY ARRAY['people_transfer_answer', 'trips_guest'] LOOP
    EXECUTE format('CREATE POLICY office_area ON %I FOR SELECT TO fangang_office USING (%s)', t, in_area);
  END LOOP;
END $$;

-- Whom an asking means, on whosever books but the asker's own. Only the functions below read it.
CREATE FUNCTION people_meant(asked people_transfer) RETURNS TABLE (person_id uuid, area text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT p.id, p.area FROM people_person p
  WHERE p.erased_at IS NULL AND NOT (p.area >= asked.area AND p.area <= asked.area_upto) AND p.id IN (
    SELECT q.id FROM people_identity i JOIN people_person q ON q.identity = i.id
      WHERE asked.how = 'idNumber' AND i.id_index IN (asked.id_index, asked.id_index_next)
    UNION ALL
    SELECT q.id FROM people_identity i JOIN people_person q ON q.identity = i.id
      WHERE asked.how = 'idNumber' AND i.id_index_next IN (asked.id_index, asked.id_index_next)
    UNION ALL
    SELECT q.id FROM people_person q WHERE asked.how = 'nameTail' AND q.name = asked.name AND q.id_tail = asked.tail
    UNION ALL
    SELECT q.id FROM people_person q WHERE asked.how = 'nameTail' AND q.name = asked.name AND q.phone_tail = asked.tail)
$$;

-- Open askings that mean somebody on the own books, and not answered there yet.
CREATE FUNCTION askings_of_us(now_is timestamptz)
RETURNS TABLE (id uuid, person_id uuid, to_area text, office_name text, from_area text, why text, asked_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT t.id, m.person_id, t.to_area, t.office_name, t.area, t.why, t.asked_at, t.expires_at
  FROM people_transfer t CROSS JOIN LATERAL people_meant(t) m
  WHERE t.state = 'asked' AND t.expires_at > now_is AND in_own_area(m.area)
    AND NOT EXISTS (SELECT 1 FROM people_transfer_answer a WHERE a.transfer_id = t.id AND a.person_id = m.person_id)
  ORDER BY t.asked_at, t.id, m.person_id LIMIT 500
$$;

-- Not ours: the asking is refused once nobody is left who could still agree.
CREATE FUNCTION refuse_asking(asked uuid, whose uuid, said text, at_is timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE t people_transfer;
BEGIN
  SELECT * INTO t FROM people_transfer x WHERE x.id = asked AND x.state = 'asked' AND x.expires_at > at_is FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO people_transfer_answer (transfer_id, person_id, area, answer, reason, office_name, from_area, actor, at)
    SELECT t.id, m.person_id, m.area, 'refused', said, t.office_name, t.area, current_setting('fangang.staff'), at_is
    FROM people_meant(t) m WHERE m.person_id = whose AND in_own_area(m.area) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT 1 FROM people_meant(t) m WHERE NOT EXISTS (
      SELECT 1 FROM people_transfer_answer a WHERE a.transfer_id = t.id AND a.person_id = m.person_id)) THEN
    UPDATE people_transfer SET state = 'refused', answered_at = at_is, reason = said WHERE id = t.id;
  END IF;
  RETURN true;
END $$;

-- Before somebody leaves the books: whoever still has a way stays known at the door of the office that runs it. True where there is one.
CREATE FUNCTION keep_guest(whose uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO trips_guest (person_id, area, name, pinyin, gender, id_tail, phone_tail)
    SELECT p.id, i.area, p.name, p.pinyin, p.gender, p.id_tail, p.phone_tail
    FROM trips_itinerary i JOIN people_person p ON p.id = i.person_id
    WHERE p.id = whose AND i.status IN ('seated', 'confirmed', 'underWay', 'arrived') LIMIT 1
  ON CONFLICT (person_id) DO NOTHING;
  RETURN FOUND OR EXISTS (SELECT 1 FROM trips_guest g WHERE g.person_id = whose);
END $$;

-- Everything on the books about a person goes to another area at once. Numbers are found under the new district's indexes, made by the caller.
-- What was owned by somebody of the former office is owned by `owner_is`. Ways, seats and packs stay with the office that runs them.
CREATE FUNCTION move_books(whose uuid, to_is text, owner_is uuid, fresh uuid, id_now bytea, id_next bytea, phone_now bytea, phone_next bytea)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  p people_person;
  seated boolean;
BEGIN
  SELECT * INTO p FROM people_person x WHERE x.id = whose FOR UPDATE;
  seated := keep_guest(whose);
  -- A household goes along with the last of its people; otherwise the mover begins one of the own.
  IF p.household_id IS NOT NULL AND EXISTS (SELECT 1 FROM people_person o WHERE o.household_id = p.household_id AND o.id <> whose) THEN
    INSERT INTO people_household (id, area) VALUES (fresh, to_is);
    p.household_id := fresh;
  ELSE
    UPDATE people_household SET area = to_is, number = NULL WHERE id = p.household_id;
  END IF;
  UPDATE people_person SET area = to_is, household_id = p.household_id, ledger_office = NULL, id_index = id_now, id_index_next = id_next,
    phone_index = phone_now, phone_index_next = phone_next WHERE id = whose;
  UPDATE people_wish SET area = to_is, ledger_office = NULL,
    unplaced_owner = CASE WHEN unplaced_reason IS NULL THEN NULL ELSE owner_is END WHERE person_id = whose;
  UPDATE people_need SET area = to_is, owner = CASE WHEN owner IS NULL THEN NULL ELSE owner_is END WHERE person_id = whose;
  UPDATE people_care SET area = to_is WHERE person_id = whose;
  UPDATE people_history SET area = to_is WHERE person_id = whose;
  UPDATE people_consent SET area = to_is WHERE person_id = whose;
  RETURN seated;
END $$;

-- Two rows of one person become one: `gone` goes into `kept`, whose office keeps the books. Of two wishes in a season that with a live way
-- stays, of two words on a consent the withdrawal.
CREATE FUNCTION merge_books(gone uuid, kept uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  o people_person;
  w record;
BEGIN
  SELECT * INTO o FROM people_person x WHERE x.id = kept FOR UPDATE;
  FOR w IN SELECT a.id AS mine, b.id AS other, EXISTS (SELECT 1 FROM trips_itinerary i WHERE i.wish_id = a.id
             AND i.status NOT IN ('cancelled', 'broken')) AS mine_lives
           FROM people_wish a JOIN people_wish b ON b.season = a.season AND b.person_id = kept WHERE a.person_id = gone LOOP
    UPDATE trips_itinerary SET wish_id = CASE WHEN w.mine_lives THEN w.mine ELSE w.other END WHERE wish_id IN (w.mine, w.other);
    DELETE FROM people_wish WHERE id = CASE WHEN w.mine_lives THEN w.other ELSE w.mine END;
  END LOOP;
  UPDATE people_wish SET person_id = kept, area = o.area, ledger_office = o.ledger_office WHERE person_id = gone;
  UPDATE trips_itinerary SET person_id = kept WHERE person_id = gone;
  UPDATE trips_leg SET person_id = kept WHERE person_id = gone;
  UPDATE trips_guest SET person_id = kept WHERE person_id = gone AND NOT EXISTS (SELECT 1 FROM trips_guest g WHERE g.person_id = kept);
  UPDATE people_need SET person_id = kept, area = o.area WHERE person_id = gone;
  UPDATE people_history SET person_id = kept, area = o.area WHERE person_id = gone;
  UPDATE people_care c SET person_id = kept, area = o.area, certificate_sealed = NULL WHERE c.person_id = gone
    AND NOT EXISTS (SELECT 1 FROM people_care k WHERE k.person_id = kept AND k.kind = c.kind);
  UPDATE people_consent k SET state = 'withdrawn', how = c.how, at = c.at, actor = c.actor FROM people_consent c
    WHERE k.person_id = kept AND c.person_id = gone AND c.purpose = k.purpose AND c.state = 'withdrawn';
  UPDATE people_consent c SET person_id = kept, area = o.area WHERE c.person_id = gone
    AND NOT EXISTS (SELECT 1 FROM people_consent k WHERE k.person_id = kept AND k.purpose = c.purpose);
  DELETE FROM people_person WHERE id = gone;
END $$;

-- The holding office agrees: the person moves, and both sides have a row of the audit. What it answers is what the journal needs. Where the
-- asking district has put the same person on its books meanwhile the two rows become one, and the holder is told nothing of it.
CREATE FUNCTION agree_asking(asked uuid, whose uuid, at_is timestamptz, fresh uuid, id_now bytea, id_next bytea, phone_now bytea, phone_next bytea)
RETURNS TABLE (to_area text, asker_area text, person_id uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  t people_transfer;
  held text;
  twin uuid;
  seated boolean;
BEGIN
  SELECT * INTO t FROM people_transfer x WHERE x.id = asked AND x.state = 'asked' AND x.expires_at > at_is FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT m.area INTO held FROM people_meant(t) m WHERE m.person_id = whose AND in_own_area(m.area)
    AND NOT EXISTS (SELECT 1 FROM people_transfer_answer a WHERE a.transfer_id = t.id AND a.person_id = whose);
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('people ' || left(t.to_area, 6)));
  SELECT o.id INTO twin FROM people_person p JOIN people_person o ON o.identity = p.identity AND o.id <> p.id
    WHERE p.id = whose AND o.district = left(t.to_area, 6) AND o.erased_at IS NULL LIMIT 1;
  IF twin IS NULL THEN
    seated := move_books(whose, t.to_area, t.asked_by, fresh, id_now, id_next, phone_now, phone_next);
  ELSE
    seated := keep_guest(whose);
    PERFORM merge_books(whose, twin);
  END IF;
  INSERT INTO people_transfer_answer (transfer_id, person_id, area, answer, office_name, from_area, actor, at)
    VALUES (t.id, whose, held, 'agreed', t.office_name, t.area, current_setting('fangang.staff'), at_is);
  UPDATE people_transfer x SET state = 'done', answered_at = at_is, person_id = coalesce(twin, whose), with_seat = seated WHERE x.id = t.id;
  INSERT INTO offices_audit (id, actor, area, action, subject, facts) VALUES (gen_random_uuid(), current_setting('fangang.staff'), t.area,
    'people.transfer_done', coalesce(twin, whose), jsonb_build_object('transfer', t.id, 'withSeat', seated));
  RETURN QUERY SELECT t.to_area, t.area, coalesce(twin, whose);
END $$;

-- What erases people takes them from the doors of former offices, and from what was asked about them.
CREATE OR REPLACE FUNCTION forget_people(asked uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  WITH gone AS (
    SELECT p.id, p.identity FROM people_person p WHERE p.id = ANY (asked) AND p.erased_at IS NOT NULL
      AND p.area >= current_setting('fangang.area_from') AND p.area <= current_setting('fangang.area_to')),
  history AS (DELETE FROM people_history h USING gone WHERE h.person_id = gone.id),
  consent AS (DELETE FROM people_consent c USING gone WHERE c.person_id = gone.id),
  guests AS (DELETE FROM trips_guest g USING gone WHERE g.person_id = gone.id),
  asked_for AS (DELETE FROM people_transfer t USING gone WHERE t.person_id = gone.id)
  DELETE FROM people_identity i USING gone WHERE i.id = gone.identity
    AND NOT EXISTS (SELECT 1 FROM people_person o WHERE o.identity = gone.identity AND o.erased_at IS NULL)
$$;

-- How the ways of people on the own books stand, also those that a former office runs: nobody is erased who still travels.
CREATE FUNCTION journeys_of(asked uuid[]) RETURNS TABLE (person uuid, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT i.person_id, i.status FROM trips_itinerary i JOIN people_person p ON p.id = i.person_id
  WHERE p.id = ANY (asked) AND in_own_area(p.area)
$$;

REVOKE ALL ON FUNCTION journeys_of(uuid[]), people_meant(people_transfer), keep_guest(uuid), merge_books(uuid, uuid), move_books(uuid, text, uuid, uuid, bytea, bytea, bytea, bytea),
  askings_of_us(timestamptz), refuse_asking(uuid, uuid, text, timestamptz),
  agree_asking(uuid, uuid, timestamptz, uuid, bytea, bytea, bytea, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journeys_of(uuid[]), askings_of_us(timestamptz), refuse_asking(uuid, uuid, text, timestamptz),
  agree_asking(uuid, uuid, timestamptz, uuid, bytea, bytea, bytea, bytea) TO fangang_office;
