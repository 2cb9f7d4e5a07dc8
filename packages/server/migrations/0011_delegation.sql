-- Leave: an officer hands role and area, or a part of the area, to another account for some days of real time. Who acts stays the actor
-- everywhere; for whom is stamped by the database on every row of the journal and the audit. Read anew at each request and in each job.

CREATE TABLE offices_delegation (
  id uuid PRIMARY KEY,
  from_staff uuid NOT NULL REFERENCES offices_staff,
  to_staff uuid NOT NULL REFERENCES offices_staff,
  role text NOT NULL CHECK (role IN ('cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher')),
  area text COLLATE "C" NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  given_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  ended_by uuid,
  CHECK (from_staff <> to_staff AND from_day <= to_day)
);
CREATE INDEX offices_delegation_from ON offices_delegation (from_staff, to_day);
CREATE INDEX offices_delegation_to ON offices_delegation (to_staff, to_day);
ALTER TABLE offices_delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE offices_delegation FORCE ROW LEVEL SECURITY;

-- For whom this session acts; nobody unless chosen.
ALTER TABLE offices_session ADD COLUMN acting uuid REFERENCES offices_delegation;

CREATE FUNCTION real_today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date $$;

-- A delegation as it stands: alive between its days, until somebody ends it, while both accounts are open and the giver still holds what was given.
CREATE FUNCTION delegation_by_id(asked uuid)
RETURNS TABLE (id uuid, live boolean, to_staff uuid, from_staff uuid, from_name text, role text, area text, area_name text, area_pinyin text,
               office_id uuid, office_name text, to_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT d.id, d.ended_at IS NULL AND real_today() BETWEEN d.from_day AND d.to_day AND f.active AND t.active AND f.role = d.role
           AND d.area >= f.area AND d.area <= rpad(regexp_replace(f.area, '(0000000000|000000|000)$', ''), 12, '9'),
         d.to_staff, d.from_staff, f.name, d.role, d.area, a.name, a.pinyin, f.office_id, o.name, d.to_day
  FROM offices_delegation d JOIN offices_staff f ON f.id = d.from_staff JOIN offices_staff t ON t.id = d.to_staff
  JOIN offices_office o ON o.id = f.office_id LEFT JOIN offices_area a ON a.code = d.area
  WHERE d.id = asked
$$;

DROP FUNCTION session_of(bytea);
-- Idle 30 minutes, 12 hours in all; seen_at moves at most once a minute. Everything a right depends on is read here, at each request.
CREATE FUNCTION session_of(hash bytea)
RETURNS TABLE (session_id uuid, method text, second_factor boolean, must_change boolean, password_days integer, has_totp boolean,
               passkeys integer, settings jsonb, acting jsonb, id uuid, login text, name text, role text, area text, area_name text,
               area_pinyin text, office_id uuid, office_name text, employer_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_session s SET seen_at = now()
  WHERE s.token_hash = hash AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes'
    AND s.seen_at < now() - interval '1 minute';
  RETURN QUERY
    SELECT s.id, s.method, s.second_factor, f.must_change, floor(extract(epoch FROM now() - f.password_at) / 86400)::integer,
           EXISTS (SELECT 1 FROM offices_totp t WHERE t.staff_id = f.id AND t.confirmed_at IS NOT NULL),
           (SELECT count(*)::integer FROM offices_passkey p WHERE p.staff_id = f.id),
           (SELECT i.value FROM offices_installation i WHERE i.key = 'signIn'),
           CASE WHEN s.acting IS NOT NULL THEN (SELECT to_jsonb(d) FROM delegation_by_id(s.acting) d WHERE d.to_staff = f.id) END, b.*
    FROM offices_session s JOIN offices_staff f ON f.id = s.staff_id CROSS JOIN LATERAL staff_by_id(s.staff_id) b
    WHERE s.token_hash = hash AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes';
END $$;

-- Whom a name means that somebody has typed to hand the own role to.
CREATE FUNCTION delegate_by_login(asked text) RETURNS TABLE (id uuid, role text, area text, same_office boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.role, s.area, s.office_id = me.office_id FROM offices_staff s JOIN offices_staff me ON me.id = own_id()
  WHERE s.login = asked AND s.active AND s.id <> me.id
$$;

-- The own role as it stands in the books, never one that was handed over.
CREATE FUNCTION give_delegation(new_id uuid, new_to uuid, new_area text, new_from_day date, new_to_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO offices_delegation (id, from_staff, to_staff, role, area, from_day, to_day)
  SELECT new_id, me.id, t.id, me.role, new_area, new_from_day, new_to_day FROM offices_staff me JOIN offices_staff t ON t.id = new_to
  WHERE me.id = own_id() AND me.active AND t.active AND t.role IN ('cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher')
    AND coalesce(current_setting('fangang.behalf', true), '') = '' AND in_own_area(new_area);
  RETURN FOUND;
END $$;

CREATE FUNCTION own_delegations()
RETURNS TABLE (id uuid, given boolean, other_name text, other_login text, role text, area text, area_name text, area_pinyin text,
               from_day date, to_day date, live boolean, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT d.id, d.from_staff = own_id(), o.name, o.login, d.role, d.area, a.name, a.pinyin, d.from_day, d.to_day, l.live, d.ended_at
  FROM offices_delegation d JOIN offices_staff o ON o.id = CASE WHEN d.from_staff = own_id() THEN d.to_staff ELSE d.from_staff END
  CROSS JOIN LATERAL delegation_by_id(d.id) l LEFT JOIN offices_area a ON a.code = d.area
  WHERE own_id() IN (d.from_staff, d.to_staff) AND d.to_day > real_today() - 60
  ORDER BY d.ended_at NULLS FIRST, d.from_day DESC, d.id
$$;

-- Either side may end it before its day.
CREATE FUNCTION end_delegation(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_delegation d SET ended_at = now(), ended_by = own_id()
  WHERE d.id = asked AND own_id() IN (d.from_staff, d.to_staff) AND d.ended_at IS NULL AND d.to_day >= real_today();
  RETURN FOUND;
END $$;

-- The own session acts for somebody, or again for nobody (null).
CREATE FUNCTION act_for(own_session uuid, asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF asked IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delegation_by_id(asked) d WHERE d.live AND d.to_staff = own_id()) THEN RETURN false; END IF;
  UPDATE offices_session s SET acting = asked WHERE s.id = own_session AND s.staff_id = own_id();
  RETURN FOUND;
END $$;

-- Both names in every row, whoever writes it: set by inScope, stamped here, and inside what the audit's chain covers.
ALTER TABLE journal ADD COLUMN on_behalf_of text DEFAULT nullif(current_setting('fangang.behalf', true), '');
CREATE FUNCTION stamp_behalf() RETURNS trigger LANGUAGE plpgsql SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('fangang.behalf', true), '') <> '' THEN
    NEW.facts := NEW.facts || jsonb_build_object('onBehalfOf', current_setting('fangang.behalf'));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_behalf BEFORE INSERT ON offices_audit FOR EACH ROW EXECUTE FUNCTION stamp_behalf();

REVOKE ALL ON FUNCTION delegation_by_id(uuid), session_of(bytea), delegate_by_login(text), give_delegation(uuid, uuid, text, date, date),
  own_delegations(), end_delegation(uuid), act_for(uuid, uuid), stamp_behalf() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of(bytea), delegation_by_id(uuid) TO fangang_app;
GRANT EXECUTE ON FUNCTION delegate_by_login(text), give_delegation(uuid, uuid, text, date, date), own_delegations(), end_delegation(uuid),
  act_for(uuid, uuid) TO fangang_office;
