-- The audit: a chain over its committed rows, checkpoints signed by a key that is not in the database, and rights that permit no
-- change. The keys: two blind indexes while the key of the index is changed. Care status behind a policy of its own.

-- audit --------------------------------------------------------------------------------------------------------

-- The database's clock dates a row when it is written; whoever writes it cannot.
ALTER TABLE offices_audit ALTER COLUMN at SET DEFAULT clock_timestamp();
CREATE INDEX offices_audit_at ON offices_audit (at);
CREATE INDEX offices_audit_actor ON offices_audit (actor, at);
CREATE INDEX offices_audit_subject ON offices_audit (subject, at) WHERE subject IS NOT NULL;

-- The place of a row in the chain: hash over the link before it, its number and the bytes of the row; `mark` under a key of the program.
CREATE TABLE offices_audit_link (
  seq bigint PRIMARY KEY,
  audit_id uuid NOT NULL UNIQUE,
  hash bytea NOT NULL,
  mark bytea NOT NULL
);

-- A signature over the chain up to a number. Each holds the digest of the one before it.
CREATE TABLE offices_audit_checkpoint (
  no bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  last_seq bigint NOT NULL,
  hash bytea NOT NULL,
  -- Rows before it were kept long enough and are gone.
  kept_from bigint NOT NULL,
  previous bytea NOT NULL,
  key text NOT NULL,
  signature bytea NOT NULL
);

DO $$
DECLARE
  t text;
  writers text := 'fangang_office, fangang_system, fangang_security, fangang_audit, fangang_broker, fangang_employer';
BEGIN
  FOREACH t IN ARRAY ARRAY['offices_audit_link', 'offices_audit_checkpoint'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO fangang_sealer', t);
    EXECUTE format('CREATE POLICY sealer_chains ON %I TO fangang_sealer USING (true) WITH CHECK (true)', t);
  END LOOP;
  EXECUTE 'GRANT SELECT ON offices_audit TO fangang_sealer';
  EXECUTE 'CREATE POLICY sealer_reads ON offices_audit FOR SELECT TO fangang_sealer USING (true)';
  EXECUTE 'GRANT SELECT (no, at) ON offices_audit_checkpoint TO fangang_audit';
  EXECUTE 'CREATE POLICY auditor_reads ON offices_audit_checkpoint FOR SELECT TO fangang_audit USING (true)';

  EXECUTE 'REVOKE INSERT ON offices_audit FROM fangang_office, fangang_system, fangang_security, fangang_audit';
  EXECUTE format('GRANT INSERT (id, actor, area, action, subject, facts) ON offices_audit TO %s', writers);
  EXECUTE 'CREATE POLICY own_name_at_door ON offices_audit FOR INSERT TO fangang_broker, fangang_employer WITH CHECK (actor = current_setting(''fangang.staff''))';
END $$;

-- Before a sign-in: what was tried at the door, and on which account. Whoever tried has shown nothing yet, so it is nobody's name that it
-- stands under. A name that nobody has leaves its line at the city, so that both take the same work.
CREATE FUNCTION audit_at_door(p_id uuid, p_action text, p_staff uuid, p_facts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  INSERT INTO offices_audit (id, actor, area, action, subject, facts)
  SELECT p_id, 'anyone', coalesce(s.area, right('{{schema}}', 6) || '000000'), p_action, s.id, p_facts
  FROM (SELECT 1) one LEFT JOIN offices_staff s ON s.id = p_staff
  WHERE p_action LIKE 'offices.%'
$$;

-- Removes what was kept long enough: only whole checkpoints, and none younger than 184 days, whatever the caller says.
CREATE FUNCTION audit_forget(upto bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE gone bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM offices_audit_checkpoint WHERE last_seq = upto AND at < now() - interval '184 days') THEN
    RETURN 0;
  END IF;
  DELETE FROM offices_audit a USING offices_audit_link l
    WHERE l.audit_id = a.id AND l.seq <= upto AND a.at < now() - interval '184 days';
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM offices_audit_link l WHERE l.seq <= upto AND NOT EXISTS (SELECT 1 FROM offices_audit a WHERE a.id = l.audit_id);
  RETURN gone;
END $$;

REVOKE ALL ON FUNCTION audit_at_door(uuid, text, uuid, jsonb), audit_forget(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_at_door(uuid, text, uuid, jsonb) TO fangang_app;
GRANT EXECUTE ON FUNCTION audit_forget(bigint) TO fangang_sealer;

-- care ---------------------------------------------------------------------------------------------------------

-- Seen only in a transaction that has said why: the id of a row of the audit, or a use in which nobody sees whose it is.
DROP POLICY office_area ON people_care;
CREATE POLICY noted_reading ON people_care FOR SELECT TO fangang_office USING (
  area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to')
  AND current_setting('fangang.care', true) <> '');
CREATE POLICY office_adds ON people_care FOR INSERT TO fangang_office WITH CHECK (
  area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
CREATE POLICY office_changes ON people_care FOR UPDATE TO fangang_office
  USING (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'))
  WITH CHECK (area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
CREATE POLICY office_removes ON people_care FOR DELETE TO fangang_office USING (
  area >= current_setting('fangang.area_from') AND area <= current_setting('fangang.area_to'));
-- Number of a certificate, where one was seen.
ALTER TABLE people_care ADD COLUMN certificate_sealed bytea;

-- keys ---------------------------------------------------------------------------------------------------------

-- Which key the blind indexes are under; while `next_no` is set, every writer writes both columns.
CREATE TABLE index_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  no integer NOT NULL,
  next_no integer CHECK (next_no > no)
);
INSERT INTO index_key (no) VALUES (1);
ALTER TABLE index_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE index_key FORCE ROW LEVEL SECURITY;

-- Waits for a change of the phase to end, and keeps the next one out for the rest of the transaction.
CREATE FUNCTION index_keys() RETURNS TABLE (no integer, next_no integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('{{schema}} index_key'));
  RETURN QUERY SELECT k.no, k.next_no FROM index_key k;
END $$;

ALTER TABLE people_person ADD COLUMN id_index_next bytea, ADD COLUMN phone_index_next bytea,
  ADD CONSTRAINT people_person_id_index_next UNIQUE (district, id_index_next);
ALTER TABLE people_identity ADD COLUMN id_index_next bytea UNIQUE;

DROP FUNCTION identities_of(bytea[], uuid[]);
-- Ties the books of two districts to one person without either learning of the other: an id for each blind index. `asked_next` is empty
-- unless the key of the index is being changed.
CREATE FUNCTION identities_of(asked bytea[], asked_next bytea[], fresh uuid[]) RETURNS TABLE (ordinal integer, identity uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO people_identity (id, id_index, id_index_next)
    SELECT DISTINCT ON (i) f, i, x FROM unnest(asked, asked_next, fresh) AS u(i, x, f) ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT u.n::integer, p.id FROM unnest(asked) WITH ORDINALITY AS u(i, n) JOIN people_identity p ON p.id_index = u.i;
END $$;

-- What counts over the whole city is for the owner, who has no area, and for the city's security administrator: a district would learn how
-- many people the others hold.
CREATE FUNCTION of_whole_city() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('fangang.area_from', true), '') ~ '^(..0000000000)?$'
$$;

-- How many sealed texts lie under which key: counts for the security administrator, who sees no person.
CREATE FUNCTION sealed_counts(of_table text, of_column text) RETURNS TABLE (format integer, key_no integer, texts bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF NOT of_whole_city() OR NOT EXISTS (
    SELECT 1 FROM pg_attribute a WHERE a.attrelid = to_regclass(quote_ident(of_table)) AND a.attname = of_column
      AND NOT a.attisdropped AND a.attname ~ '(^|_)sealed$'
  ) THEN RETURN; END IF;
  RETURN QUERY EXECUTE format(
    'SELECT get_byte(%1$I, 0), get_byte(%1$I, 1), count(*) FROM %2$I WHERE %1$I IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2', of_column, of_table);
END $$;

-- What is left of a change of the index's key.
CREATE FUNCTION index_left() RETURNS TABLE (no integer, next_no integer, people bigint, people_left bigint, old_left bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT k.no, k.next_no, count(p.id),
    count(p.id) FILTER (WHERE k.next_no IS NOT NULL AND ((p.id_sealed IS NOT NULL AND p.id_index_next IS NULL)
      OR (p.phone_sealed IS NOT NULL AND p.phone_index_next IS NULL))),
    count(p.id) FILTER (WHERE k.next_no IS NULL AND (p.id_index_next IS NOT NULL OR p.phone_index_next IS NOT NULL))
      + (SELECT count(*) FROM people_identity i WHERE k.next_no IS NULL AND i.id_index_next IS NOT NULL)
  FROM index_key k LEFT JOIN people_person p ON true WHERE of_whole_city() GROUP BY k.no, k.next_no
$$;

REVOKE ALL ON FUNCTION index_keys(), identities_of(bytea[], bytea[], uuid[]), sealed_counts(text, text), index_left(), of_whole_city() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION index_keys() TO fangang_office, fangang_broker;
GRANT EXECUTE ON FUNCTION identities_of(bytea[], bytea[], uuid[]) TO fangang_office;
GRANT EXECUTE ON FUNCTION sealed_counts(text, text), index_left() TO fangang_security;
