-- A new installation begins with what the domain says of signing in (who is asked for a second factor): a row written with the first account.
-- Installations that are there already have no such row and stay as they are.
DROP FUNCTION set_up(uuid, uuid, text, text, text, text, text, text, date, date, date, jsonb);
CREATE FUNCTION set_up(staff uuid, office uuid, district text, office_name text, login text, name text, password_hash text,
                       season text, festival date, from_day date, to_day date, settings jsonb, sign_in jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(20220211);
  IF EXISTS (SELECT 1 FROM offices_staff) THEN RETURN false; END IF;
  INSERT INTO offices_season (id, festival, from_day, to_day, settings) VALUES ($8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING;
  INSERT INTO offices_office (id, kind, name, area) VALUES ($2, 'bureau', $4, $3);
  INSERT INTO offices_staff (id, login, name, role, area, office_id, password_hash) VALUES ($1, $5, $6, 'dispatcher', $3, $2, $7);
  INSERT INTO offices_installation (key, value) VALUES ('signIn', $13) ON CONFLICT (key) DO NOTHING;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION set_up(uuid, uuid, text, text, text, text, text, text, date, date, date, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_up(uuid, uuid, text, text, text, text, text, text, date, date, date, jsonb, jsonb) TO fangang_app;

-- The traveller behind a ticket's link sees and says the own consents, to what rests on consent alone, under the ticket's own name.
DROP FUNCTION say_consent_by_link(text, text, timestamptz);
DROP FUNCTION consent_of_link(text);
GRANT SELECT ON people_consent TO fangang_link;
-- On whose books the own person is: a transfer leaves the itinerary's area as it was.
GRANT SELECT (area) ON people_person TO fangang_link;
GRANT INSERT (person_id, purpose, area, state, how, at, actor), UPDATE (state, how, at, actor) ON people_consent TO fangang_link;
CREATE POLICY own_way ON people_consent TO fangang_link
  USING (EXISTS (SELECT 1 FROM trips_itinerary i WHERE i.person_id = people_consent.person_id AND i.id = current_setting('fangang.link')::uuid))
  WITH CHECK (actor = current_setting('fangang.link') AND how = 'link'
    AND purpose = ANY (ARRAY['showToEmployer', 'shareWithPartner', 'publishPortrait'])
    AND EXISTS (SELECT 1 FROM people_person p JOIN trips_itinerary i ON i.person_id = p.id
      WHERE p.id = people_consent.person_id AND p.area = people_consent.area AND i.id = current_setting('fangang.link')::uuid));

-- Stored replies: after their term the words go, key and hash stay, so that a late twin is known and never done twice.
ALTER TABLE request ALTER COLUMN reply DROP NOT NULL;
CREATE INDEX request_kept ON request (at) WHERE reply IS NOT NULL;
ALTER TABLE people_retention_run ADD COLUMN replies_before timestamptz;
ALTER TABLE people_retention_run ADD COLUMN replies_cleared integer NOT NULL DEFAULT 0;

-- Of everybody, a batch at a time; the term is asked here too, so that nobody clears what a phone may still send again.
CREATE FUNCTION clear_replies(before timestamptz, most integer, dry boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE n integer;
BEGIN
  IF dry THEN
    SELECT count(*) INTO n FROM request q WHERE q.reply IS NOT NULL AND q.at < least(before, now() - interval '30 days');
    RETURN n;
  END IF;
  UPDATE request r SET reply = NULL
  FROM (SELECT q.key, q.actor, q.route FROM request q
    WHERE q.reply IS NOT NULL AND q.at < least(before, now() - interval '30 days') ORDER BY q.at LIMIT most FOR UPDATE SKIP LOCKED) old
  WHERE r.key = old.key AND r.actor = old.actor AND r.route = old.route;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
REVOKE ALL ON FUNCTION clear_replies(timestamptz, integer, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_replies(timestamptz, integer, boolean) TO fangang_office;
