-- What the city tells its districts of one another: one row for each reader, whose small counts are hidden before they are written, so that
-- no reader's transaction can see more than the page shows. Source: docs/adr/0013-isolation.md.
CREATE TABLE figures_comparison (
  season text COLLATE "C" NOT NULL,
  -- District that reads it. Its towns do not: of a district's count a town could take its own away.
  area text COLLATE "C" NOT NULL,
  as_of timestamptz NOT NULL,
  published_at timestamptz NOT NULL,
  published_by uuid NOT NULL,
  cells jsonb NOT NULL,
  PRIMARY KEY (season, area)
);
ALTER TABLE figures_comparison ENABLE ROW LEVEL SECURITY;
ALTER TABLE figures_comparison FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON figures_comparison TO fangang_office;
CREATE POLICY office_reads ON figures_comparison FOR SELECT TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
CREATE POLICY city_publishes ON figures_comparison FOR INSERT TO fangang_office
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
CREATE POLICY city_changes ON figures_comparison FOR UPDATE TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
