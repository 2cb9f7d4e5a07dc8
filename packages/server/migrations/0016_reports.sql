-- Reports out: a superior's blank is kept as it was sent, with what its cells mean, and filled for ever. Of an issue stay who stood in it and hashes
-- of what it said, so that the next one knows the difference; its file lies sealed for a while.

CREATE TABLE people_report (
  id uuid PRIMARY KEY,
  -- The office's own.
  area text COLLATE "C" NOT NULL,
  title text NOT NULL,
  file text NOT NULL,
  layout_hash text NOT NULL,
  map jsonb NOT NULL,
  -- The blank, byte for byte: a sample row of it may name somebody.
  file_sealed bytea NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  removed_at timestamptz
);
CREATE INDEX people_report_area ON people_report (area, layout_hash);

CREATE TABLE people_report_issue (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES people_report,
  area text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  filter jsonb NOT NULL,
  settings jsonb NOT NULL,
  people integer NOT NULL,
  added integer NOT NULL,
  changed integer NOT NULL,
  gone integer NOT NULL,
  -- The filled workbook, and who stands behind each counted cell: a count may be of a care group.
  file_sealed bytea,
  cells_sealed bytea
);
CREATE INDEX people_report_issue_report ON people_report_issue (report_id, at);

CREATE TABLE people_report_line (
  issue_id uuid NOT NULL REFERENCES people_report_issue ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES people_person ON DELETE CASCADE,
  -- The office's own that made the issue, not the person's.
  area text COLLATE "C" NOT NULL,
  -- Place in the list; null for whoever is not in it any more.
  no integer,
  -- Of the row's values, under a key of the installation.
  hash bytea NOT NULL,
  change text NOT NULL CHECK (change IN ('new', 'changed', 'same', 'gone')),
  PRIMARY KEY (issue_id, person_id)
);
CREATE INDEX people_report_line_person ON people_report_line (person_id);

DO $$
DECLARE
  t text;
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['people_report', 'people_report_issue', 'people_report_line'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO fangang_office', t);
    EXECUTE format('CREATE POLICY office_area ON %I TO fangang_office USING (%s) WITH CHECK (%s)', t, in_area, in_area);
  END LOOP;
END $$;
GRANT UPDATE (map, removed_at) ON people_report TO fangang_office;
GRANT UPDATE (file_sealed) ON people_report_issue TO fangang_office;

-- Whoever is erased leaves every issue, whichever office made it: the line goes, and the file that names the person.
CREATE FUNCTION forget_in_reports() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE people_report_issue i SET file_sealed = NULL, cells_sealed = NULL
    FROM people_report_line l WHERE l.issue_id = i.id AND l.person_id = NEW.id;
  DELETE FROM people_report_line WHERE person_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_in_reports() FROM PUBLIC;
CREATE TRIGGER forget_in_reports AFTER UPDATE OF erased_at ON people_person FOR EACH ROW
  WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION forget_in_reports();
