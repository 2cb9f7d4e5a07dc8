-- The whole record of a person: what an office knows beside name, numbers and wish; parts of which there may be several; a history that can be
-- taken back.

ALTER TABLE people_person
  ADD COLUMN relation text,
  -- Where the person is registered (户籍), as written; the area is where the person lives.
  ADD COLUMN registered_place text,
  ADD COLUMN address text,
  ADD COLUMN labor_ability text CHECK (labor_ability IN ('skilled', 'ordinary', 'partial', 'lost', 'none')),
  ADD COLUMN phone_owner text,
  ADD COLUMN phone2_owner text;

ALTER TABLE people_care ADD COLUMN until date, ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX people_care_id ON people_care (id);

CREATE TABLE people_spell (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  county text NOT NULL,
  employer text,
  occupation text,
  monthly_pay_fen bigint CHECK (monthly_pay_fen >= 0),
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  source text NOT NULL
);
CREATE INDEX people_spell_person ON people_spell (person_id, from_day);
CREATE INDEX people_spell_area ON people_spell (area);

CREATE TABLE people_skill (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  years integer,
  source text NOT NULL
);
CREATE INDEX people_skill_person ON people_skill (person_id);
CREATE INDEX people_skill_area ON people_skill (area, name);

CREATE TABLE people_certificate (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  area text COLLATE "C" NOT NULL,
  name text NOT NULL,
  level text,
  number_sealed bytea,
  issued_day date,
  expires_day date
);
CREATE INDEX people_certificate_person ON people_certificate (person_id);
CREATE INDEX people_certificate_area ON people_certificate (area);

-- What was changed, of which part; the old values stay sealed. Which care group it was stands in the seal alone.
ALTER TABLE people_history
  ADD COLUMN part text NOT NULL DEFAULT 'person',
  ADD COLUMN record uuid,
  ADD COLUMN fields text[] NOT NULL DEFAULT '{}',
  -- The import or other bulk action it was done by.
  ADD COLUMN batch uuid,
  ADD COLUMN undone_at timestamptz,
  ADD COLUMN undone_by text;
CREATE INDEX people_history_batch ON people_history (batch) WHERE batch IS NOT NULL;
GRANT UPDATE (undone_at, undone_by) ON people_history TO fangang_office;

ALTER TABLE people_import ADD COLUMN undone_at timestamptz, ADD COLUMN undone_by text;
CREATE INDEX people_import_area ON people_import (season, area, at);
GRANT UPDATE (undone_at, undone_by) ON people_import TO fangang_office;

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['people_spell', 'people_skill', 'people_certificate'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
  END LOOP;
END $$;

-- What belongs to a person lies where the person lies, whoever moves the person: care status too, which the mover need not see.
CREATE FUNCTION move_parts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE people_spell SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_skill SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_certificate SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_care SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_need SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_consent SET area = NEW.area WHERE person_id = NEW.id;
  UPDATE people_history SET area = NEW.area WHERE person_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION move_parts() FROM PUBLIC;
CREATE TRIGGER move_parts AFTER UPDATE OF area ON people_person FOR EACH ROW WHEN (OLD.area <> NEW.area) EXECUTE FUNCTION move_parts();

-- Two rows become one: the parts of both stay. The numbers of certificates are sealed to their own rows and open as before.
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
  PERFORM join_rows(gone, kept);
END $$;

-- Rosters that lie between two requests are kept another way from now on; whoever was at one brings the file again.
DELETE FROM people_upload;
