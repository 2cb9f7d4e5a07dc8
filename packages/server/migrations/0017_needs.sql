-- Needs that arise from a wish and close only by a fact, and difficulties that people tell from wherever they are.
-- Wishes and ways are written by many roles (offices, imports, mergers, gates, tickets), most of which may not see a need: the tables
-- themselves say what follows for it (docs/adr/0018-needs.md).

ALTER TABLE people_need
  -- 'wish': arose from the wish and goes with it; 'said': an office wrote it down.
  ADD COLUMN source text NOT NULL DEFAULT 'wish',
  -- Why it is not met yet, or what met it: a code.
  ADD COLUMN reason text NOT NULL DEFAULT 'not_begun',
  ADD COLUMN void_reason text,
  -- What the office saw, sealed.
  ADD COLUMN evidence_sealed bytea,
  -- How often it has climbed to the office above.
  ADD COLUMN climbed smallint NOT NULL DEFAULT 0 CHECK (climbed BETWEEN 0 AND 2),
  -- The day it last did.
  ADD COLUMN climbed_on date,
  -- Who answers for it, whoever works on it: the town's station, then the district, then the city. Nobody can leave it without.
  ADD COLUMN owner_area text COLLATE "C" GENERATED ALWAYS AS (CASE climbed WHEN 0 THEN left(area, 9) || '000'
    WHEN 1 THEN left(area, 6) || '000000' ELSE right('{{schema}}', 6) || '000000' END) STORED;

UPDATE people_need n SET due = coalesce((SELECT s.to_day FROM offices_season s WHERE s.id = n.season), current_date) WHERE due IS NULL;
UPDATE people_need SET met_by = id WHERE status = 'met' AND met_by IS NULL;
UPDATE people_need n SET status = 'met', met_by = i.id, reason = 'seated' FROM trips_itinerary i
  WHERE n.kind = 'travel' AND n.status IN ('open', 'taken') AND i.season = n.season AND i.person_id = n.person_id
    AND i.status IN ('seated', 'confirmed', 'underWay', 'arrived', 'signedFor');

ALTER TABLE people_need ALTER COLUMN due SET NOT NULL,
  ADD CHECK (status IN ('open', 'taken', 'met', 'void')),
  -- Law 6: met by exactly one event, void for a named reason.
  ADD CHECK ((status = 'met') = (met_by IS NOT NULL)),
  ADD CHECK ((status = 'void') = (void_reason IS NOT NULL));
CREATE INDEX people_need_met ON people_need (met_by) WHERE met_by IS NOT NULL;
CREATE INDEX people_need_waiting ON people_need (due, id) WHERE status IN ('open', 'taken');

-- The same as needsOf in the domain; a test holds the two equal.
CREATE FUNCTION needs_of_wish(kind text, mode text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN $2 = 'ours' AND $1 IN ('sameJob', 'newJob') THEN 'travel' END,
    CASE WHEN $1 = 'newJob' THEN 'job' END,
    CASE WHEN $1 = 'train' THEN 'training' END,
    CASE WHEN $1 = 'startBusiness' THEN 'policy' END], NULL)
$$;

CREATE FUNCTION is_live_wish(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 IN ('recorded', 'confirmed') $$;
CREATE FUNCTION is_live_way(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT $1 IN ('seated', 'confirmed', 'underWay', 'arrived', 'signedFor')
$$;

-- What a wish asks for is there with the wish, and goes with it. A need that is met stays met.
CREATE FUNCTION needs_follow_wish(of_wishes uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  UPDATE people_need n SET status = 'void', void_reason = CASE WHEN is_live_wish(w.status) THEN 'wish_changed'
      WHEN w.status = 'metOtherwise' THEN 'met_otherwise' ELSE 'wish_withdrawn' END
    FROM people_wish w WHERE w.id = ANY (of_wishes) AND n.season = w.season AND n.person_id = w.person_id AND n.source = 'wish'
      AND n.status IN ('open', 'taken') AND NOT (is_live_wish(w.status) AND n.kind = ANY (needs_of_wish(w.kind, w.mode)));
  UPDATE people_need n SET due = w.latest
    FROM people_wish w WHERE w.id = ANY (of_wishes) AND n.season = w.season AND n.person_id = w.person_id AND n.source = 'wish'
      AND n.kind = 'travel' AND n.status IN ('open', 'taken') AND n.climbed = 0 AND n.due <> w.latest;
  INSERT INTO people_need (id, season, person_id, area, kind, status, due, met_by, reason)
    SELECT gen_random_uuid(), w.season, w.person_id, w.area, k, CASE WHEN i.id IS NULL THEN 'open' ELSE 'met' END,
      coalesce(CASE WHEN k = 'travel' THEN w.latest END, (w.recorded_at AT TIME ZONE 'Asia/Shanghai')::date + 14), i.id,
      CASE WHEN i.id IS NULL THEN 'not_begun' ELSE 'seated' END
    FROM people_wish w CROSS JOIN unnest(needs_of_wish(w.kind, w.mode)) k
    LEFT JOIN trips_itinerary i ON k = 'travel' AND i.season = w.season AND i.person_id = w.person_id AND is_live_way(i.status)
    WHERE w.id = ANY (of_wishes) AND is_live_wish(w.status) AND NOT EXISTS (SELECT 1 FROM people_need n
      WHERE n.season = w.season AND n.person_id = w.person_id AND n.kind = k AND n.status <> 'void');
$$;

CREATE FUNCTION note_needs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
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
CREATE TRIGGER needs_arise AFTER INSERT ON people_wish REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION note_needs();
CREATE TRIGGER needs_change AFTER UPDATE ON people_wish REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION note_needs();
CREATE TRIGGER needs_go AFTER DELETE ON people_wish REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION note_needs();

-- A seat meets the need to travel; a way that is lost opens it again, with the reason, unless the wish is gone meanwhile.
CREATE FUNCTION note_ways() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
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
CREATE TRIGGER needs_met AFTER INSERT ON trips_itinerary REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION note_ways();
CREATE TRIGGER needs_moved AFTER UPDATE ON trips_itinerary REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION note_ways();
CREATE TRIGGER needs_lost AFTER DELETE ON trips_itinerary REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION note_ways();

-- Two rows of one person become one: a need that the kept row has already goes with the other.
CREATE FUNCTION join_needs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM people_need n WHERE n.season = NEW.season AND n.person_id = NEW.person_id AND n.kind = NEW.kind
             AND n.status <> 'void' AND n.id <> NEW.id) THEN RETURN NULL; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER join_needs BEFORE UPDATE OF person_id ON people_need FOR EACH ROW WHEN (OLD.person_id <> NEW.person_id)
  EXECUTE FUNCTION join_needs();

-- Wishes that were there before.
SELECT needs_follow_wish(ARRAY(SELECT id FROM people_wish));

-- Difficulties -----------------------------------------------------------------------------------------------------

CREATE TABLE people_difficulty (
  id uuid PRIMARY KEY,
  season text NOT NULL,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL,
  status text NOT NULL CHECK (status IN ('told', 'owned', 'answered', 'climbed', 'solved')),
  told_at timestamptz NOT NULL,
  due date NOT NULL,
  climbed smallint NOT NULL DEFAULT 0 CHECK (climbed BETWEEN 0 AND 2),
  climbed_on date,
  owner uuid,
  owner_area text COLLATE "C" GENERATED ALWAYS AS (CASE climbed WHEN 0 THEN left(area, 9) || '000'
    WHEN 1 THEN left(area, 6) || '000000' ELSE right('{{schema}}', 6) || '000000' END) STORED,
  -- What was told and what was answered, in free text; gone when the person is erased.
  told_sealed bytea,
  answer_sealed bytea,
  answered_at timestamptz,
  closed_at timestamptz,
  -- Who has said that it is solved: the person on the ticket's page, or an office that was told so by phone.
  confirmed_by text CHECK (confirmed_by IN ('person', 'office')),
  CHECK ((status = 'solved') = (confirmed_by IS NOT NULL))
);
CREATE INDEX people_difficulty_area ON people_difficulty (season, area);
CREATE INDEX people_difficulty_person ON people_difficulty (person_id);
ALTER TABLE people_difficulty ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_difficulty FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON people_difficulty TO fangang_office;
CREATE POLICY office_area ON people_difficulty TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
-- A ticket reads how its own person's difficulties stand, and what was answered.
GRANT SELECT (id, season, person_id, kind, status, told_at, answer_sealed, answered_at) ON people_difficulty TO fangang_link;
CREATE POLICY own_way ON people_difficulty FOR SELECT TO fangang_link USING (EXISTS (
  SELECT 1 FROM trips_itinerary i WHERE i.person_id = people_difficulty.person_id AND i.season = people_difficulty.season
    AND i.id = current_setting('fangang.link')::uuid));

-- The person behind the link tells something. The same form twice is once; more than five that nobody has solved yet are too many.
CREATE FUNCTION tell_difficulty(told uuid, what text, sealed bytea, at_is timestamptz, due_is date)
RETURNS TABLE (how text, person uuid, season text, area text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  way record;
BEGIN
  SELECT i.person_id, i.season, p.area INTO way FROM trips_itinerary i JOIN people_person p ON p.id = i.person_id
    WHERE i.id = nullif(current_setting('fangang.link', true), '')::uuid FOR UPDATE OF p;
  IF NOT FOUND THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM people_difficulty d WHERE d.id = told) THEN
    RETURN QUERY SELECT 'known', way.person_id, way.season, way.area; RETURN;
  END IF;
  IF (SELECT count(*) FROM people_difficulty d WHERE d.person_id = way.person_id AND d.status <> 'solved') >= 5 THEN
    RETURN QUERY SELECT 'tooMany', way.person_id, way.season, way.area; RETURN;
  END IF;
  INSERT INTO people_difficulty (id, season, person_id, area, kind, channel, status, told_at, due, told_sealed)
    VALUES (told, way.season, way.person_id, way.area, what, 'ticket', 'told', at_is, due_is, sealed);
  RETURN QUERY SELECT 'told', way.person_id, way.season, way.area;
END $$;

-- The person says whether what was answered has solved it. Nothing where there is no answer of the own to say it of.
CREATE FUNCTION confirm_difficulty(asked uuid, is_solved boolean, at_is timestamptz)
RETURNS TABLE (season text, area text) LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  UPDATE people_difficulty d SET status = CASE WHEN is_solved THEN 'solved' ELSE 'owned' END,
      closed_at = CASE WHEN is_solved THEN at_is END, confirmed_by = CASE WHEN is_solved THEN 'person' END
    FROM trips_itinerary i WHERE i.id = nullif(current_setting('fangang.link', true), '')::uuid AND i.person_id = d.person_id
      AND i.season = d.season AND d.id = asked AND d.status = 'answered'
  RETURNING d.season, d.area
$$;

-- They lie where the person lies; whoever worked on one in another district no longer does.
CREATE FUNCTION move_difficulties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE people_difficulty SET area = NEW.area,
    owner = CASE WHEN left(NEW.area, 6) = left(OLD.area, 6) THEN owner END WHERE person_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER move_difficulties AFTER UPDATE OF area ON people_person FOR EACH ROW WHEN (OLD.area <> NEW.area)
  EXECUTE FUNCTION move_difficulties();

-- Two rows become one: what the one has told stays with the other. Before the row goes, while both are there.
CREATE OR REPLACE FUNCTION merge_books(gone uuid, kept uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE
  own text := (SELECT area FROM people_person WHERE id = kept);
BEGIN
  INSERT INTO people_collision (first_person, second_person, area, first_area, second_area, first_office, second_office, how, actor, at)
    SELECT a.id, b.id, right('{{schema}}', 6) || '000000', a.area, b.area, keeper_name(a.area), keeper_name(b.area), 'transfer',
      current_setting('fangang.staff'), now()
    FROM people_person a JOIN people_person b ON b.id = greatest(gone, kept) WHERE a.id = least(gone, kept)
  ON CONFLICT (first_person, second_person) DO UPDATE SET how = 'transfer', at = excluded.at, actor = excluded.actor;
  UPDATE people_spell SET person_id = kept, area = own WHERE person_id = gone;
  UPDATE people_skill SET person_id = kept, area = own WHERE person_id = gone;
  UPDATE people_certificate SET person_id = kept, area = own WHERE person_id = gone;
  UPDATE people_difficulty SET person_id = kept, area = own, owner = NULL WHERE person_id = gone;
  PERFORM join_rows(gone, kept);
END $$;

REVOKE ALL ON FUNCTION needs_follow_wish(uuid[]), note_needs(), note_ways(), join_needs(), move_difficulties(),
  tell_difficulty(uuid, text, bytea, timestamptz, date), confirm_difficulty(uuid, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_difficulty(uuid, text, bytea, timestamptz, date), confirm_difficulty(uuid, boolean, timestamptz) TO fangang_link;
