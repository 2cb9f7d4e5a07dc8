-- The same person on the books of two districts: a task of the city, which alone sees both. Nothing is noted when somebody is registered, or
-- the moment it takes would tell a district; the city's look finds them.

DROP INDEX people_person_identity;
CREATE INDEX people_person_identity ON people_person (identity) INCLUDE (id, area, registered_at, erased_at);

CREATE TABLE people_collision (
  first_person uuid NOT NULL,
  second_person uuid NOT NULL,
  -- The city's own code: no range of a district or town holds it.
  area text COLLATE "C" NOT NULL CHECK (area LIKE '__0000000000'),
  first_area text COLLATE "C" NOT NULL,
  second_area text COLLATE "C" NOT NULL,
  first_office text NOT NULL,
  second_office text NOT NULL,
  how text NOT NULL CHECK (how IN ('transfer', 'bothRight')),
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (first_person, second_person),
  CHECK (first_person < second_person)
);
CREATE INDEX people_collision_area ON people_collision (area, at);
ALTER TABLE people_collision ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_collision FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON people_collision TO fangang_office;
CREATE POLICY office_area ON people_collision TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));

-- The office that keeps the books of an area: the town's station, else the district's bureau.
CREATE FUNCTION keeper_name(asked text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT coalesce((SELECT o.name FROM offices_office o WHERE o.kind IN ('bureau', 'townStation')
      AND o.area IN (left(asked, 9) || '000', left(asked, 6) || '000000') ORDER BY o.area DESC, o.kind DESC, o.name, o.id LIMIT 1),
    (SELECT a.name FROM offices_area a WHERE a.code = left(asked, 6) || '000000'), '')
$$;

-- Two rows become one however it comes about; the city finds the task closed.
ALTER FUNCTION merge_books(uuid, uuid) RENAME TO join_rows;
CREATE FUNCTION merge_books(gone uuid, kept uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO people_collision (first_person, second_person, area, first_area, second_area, first_office, second_office, how, actor, at)
    SELECT a.id, b.id, right('{{schema}}', 6) || '000000', a.area, b.area, keeper_name(a.area), keeper_name(b.area), 'transfer',
      current_setting('fangang.staff'), now()
    FROM people_person a JOIN people_person b ON b.id = greatest(gone, kept) WHERE a.id = least(gone, kept)
  ON CONFLICT (first_person, second_person) DO UPDATE SET how = 'transfer', at = excluded.at, actor = excluded.actor;
  PERFORM join_rows(gone, kept);
END $$;

-- The city says which office keeps the person; the other's row goes into it. Only for who holds both areas, and only one and the same person.
CREATE FUNCTION settle_collision(gone uuid, kept uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF current_setting('fangang.area_from') NOT LIKE '__0000000000' THEN RETURN false; END IF;
  PERFORM 1 FROM people_person WHERE id IN (gone, kept) ORDER BY id FOR UPDATE;
  IF NOT EXISTS (SELECT 1 FROM people_person a JOIN people_person b ON b.identity = a.identity AND b.district <> a.district
      WHERE a.id = gone AND b.id = kept AND in_own_area(a.area) AND in_own_area(b.area) AND a.erased_at IS NULL AND b.erased_at IS NULL) THEN
    RETURN false;
  END IF;
  PERFORM keep_guest(gone);
  PERFORM merge_books(gone, kept);
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION keeper_name(text), merge_books(uuid, uuid), join_rows(uuid, uuid), settle_collision(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keeper_name(text), settle_collision(uuid, uuid) TO fangang_office;
