-- Sign-in and accounts: sessions with a second factor, passkeys, recovery codes, field phones; accounts kept by the system
-- administrator and granted by the security administrator. No role reads these tables: each function answers one narrow question as the
-- owner and looks at the settings of the scope (who asks, which area) by itself.

ALTER TABLE offices_staff
  -- An administrator's account that the security administrator has not granted yet.
  ADD COLUMN waiting boolean NOT NULL DEFAULT false,
  ADD COLUMN proposed_by uuid,
  -- The proposer's half of the first password, sealed, until the account is granted.
  ADD COLUMN half_sealed bytea,
  ADD COLUMN must_change boolean NOT NULL DEFAULT false,
  ADD COLUMN password_at timestamptz NOT NULL DEFAULT now(),
  ADD CONSTRAINT offices_staff_waiting CHECK (NOT (waiting AND active));

DELETE FROM offices_session;
ALTER TABLE offices_session
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN method text NOT NULL CHECK (method IN ('password', 'passkey', 'oidc', 'door')),
  ADD COLUMN second_factor boolean NOT NULL DEFAULT false,
  ADD COLUMN agent text NOT NULL DEFAULT '',
  ADD COLUMN address text NOT NULL DEFAULT '';
CREATE INDEX offices_session_staff ON offices_session (staff_id);

-- What was typed as a name may be anything, an ID number too: kept is a hash under a key of the installation, never the text.
DELETE FROM offices_login_failure;
ALTER TABLE offices_login_failure ADD COLUMN address text NOT NULL DEFAULT '';
CREATE INDEX offices_login_failure_address ON offices_login_failure (address, at);

CREATE TABLE offices_password_history (
  staff_id uuid NOT NULL REFERENCES offices_staff ON DELETE CASCADE,
  password_hash text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX offices_password_history_staff ON offices_password_history (staff_id, at);

CREATE TABLE offices_totp (
  staff_id uuid PRIMARY KEY REFERENCES offices_staff ON DELETE CASCADE,
  sealed bytea NOT NULL,
  -- Number of the last 30 seconds whose code was taken: none is taken twice.
  last_step bigint NOT NULL DEFAULT 0,
  confirmed_at timestamptz
);

CREATE TABLE offices_recovery_code (
  staff_id uuid NOT NULL REFERENCES offices_staff ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (staff_id, code_hash)
);

CREATE TABLE offices_passkey (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES offices_staff ON DELETE CASCADE,
  credential bytea NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  -- The host it was made for; it opens no other.
  host text NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz
);
CREATE INDEX offices_passkey_staff ON offices_passkey (staff_id);

-- Random numbers handed out for a passkey to sign, each good for one answer within five minutes.
CREATE TABLE offices_challenge (
  hash bytea PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('register', 'signIn')),
  staff_id uuid REFERENCES offices_staff ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now()
);

-- Whom an identity provider knows under which number: tied at the first sign-in, so that a name given on to somebody else opens nothing.
CREATE TABLE offices_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  staff_id uuid NOT NULL REFERENCES offices_staff ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject),
  UNIQUE (issuer, staff_id)
);

-- A phone in the field: its records are keyed by install and epoch; its token opens the doors and gates of its owner and nothing else.
CREATE TABLE offices_device (
  id uuid PRIMARY KEY,
  install uuid NOT NULL,
  epoch integer NOT NULL,
  owner uuid NOT NULL REFERENCES offices_staff,
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  agent text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  UNIQUE (install, epoch)
);
CREATE INDEX offices_device_owner ON offices_device (owner);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['offices_password_history', 'offices_totp', 'offices_recovery_code', 'offices_passkey', 'offices_challenge',
                           'offices_identity', 'offices_device'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT (waiting, proposed_by, must_change, password_at) ON offices_staff TO fangang_system, fangang_security, fangang_audit;

-- Who asks, as the scope says; areas at their two ends.
CREATE FUNCTION own_id() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('fangang.staff', true), '')::uuid $$;
CREATE FUNCTION in_own_area(asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT asked COLLATE "C" >= nullif(current_setting('fangang.area_from', true), '') COLLATE "C"
     AND asked COLLATE "C" <= nullif(current_setting('fangang.area_to', true), '') COLLATE "C"
$$;

-- before a sign-in ---------------------------------------------------------------------------------------------

DROP FUNCTION staff_for_login(text);
DROP FUNCTION note_login_failure(text);
DROP FUNCTION start_session(bytea, uuid);
DROP FUNCTION end_session(bytea);
DROP FUNCTION staff_of_session(bytea);

CREATE FUNCTION staff_for_login(asked text)
RETURNS TABLE (id uuid, password_hash text, must_change boolean, password_hours integer, has_second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.password_hash, s.must_change, (extract(epoch FROM now() - s.password_at) / 3600)::integer,
         EXISTS (SELECT 1 FROM offices_totp t WHERE t.staff_id = s.id AND t.confirmed_at IS NOT NULL)
         OR EXISTS (SELECT 1 FROM offices_passkey p WHERE p.staff_id = s.id)
  FROM offices_staff s WHERE s.login = asked AND s.active
$$;

-- Counts a try before it is looked at, so that many at once are as many: null = go on, 'name' or 'address' = too many.
-- Names nobody has count like the others.
CREATE FUNCTION begin_try(asked text, from_address text, most integer, minutes integer, most_address integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('try|' || asked, 0));
  DELETE FROM offices_login_failure WHERE at < now() - interval '1 day';
  IF (SELECT count(*) FROM offices_login_failure f WHERE f.login = asked AND f.at > now() - make_interval(mins => minutes)) >= most THEN
    RETURN 'name';
  END IF;
  IF (SELECT count(*) FROM offices_login_failure f WHERE f.address = from_address AND f.at > now() - make_interval(mins => minutes))
     >= most_address THEN
    RETURN 'address';
  END IF;
  INSERT INTO offices_login_failure (login, address) VALUES (left(asked, 120), left(from_address, 60));
  RETURN NULL;
END $$;

-- A name that signed in is forgiven its tries; a try that nobody could look at is taken back alone.
CREATE FUNCTION forget_tries(asked text, last_only boolean) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_login_failure f WHERE f.login = asked
    AND (NOT last_only OR f.ctid = (SELECT l.ctid FROM offices_login_failure l WHERE l.login = asked ORDER BY l.at DESC LIMIT 1))
$$;

CREATE FUNCTION open_session(hash bytea, staff uuid, how text, shown boolean, from_agent text, from_address text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE made uuid;
BEGIN
  DELETE FROM offices_session WHERE created_at < now() - interval '12 hours' OR seen_at < now() - interval '30 minutes';
  INSERT INTO offices_session (token_hash, staff_id, created_at, seen_at, method, second_factor, agent, address)
  SELECT hash, s.id, now(), now(), how, shown, left(from_agent, 300), left(from_address, 60) FROM offices_staff s WHERE s.id = staff AND s.active
  RETURNING id INTO made;
  INSERT INTO offices_audit (id, actor, area, action, subject, facts)
  SELECT gen_random_uuid(), s.id::text, s.area, 'offices.signed_in', s.id, jsonb_build_object('how', how, 'secondFactor', shown)
  FROM offices_staff s WHERE s.id = staff AND made IS NOT NULL;
  RETURN made;
END $$;

CREATE FUNCTION close_session(hash bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE who uuid;
BEGIN
  DELETE FROM offices_session WHERE token_hash = hash RETURNING staff_id INTO who;
  INSERT INTO offices_audit (id, actor, area, action, subject)
  SELECT gen_random_uuid(), s.id::text, s.area, 'offices.signed_out', s.id FROM offices_staff s WHERE s.id = who;
END $$;

-- A step up gives the session a new token; the old one opens nothing from then on.
CREATE FUNCTION rotate_session(old_hash bytea, new_hash bytea, shown boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_session SET token_hash = new_hash, second_factor = second_factor OR shown WHERE token_hash = old_hash;
  RETURN FOUND;
END $$;

-- Idle 30 minutes, 12 hours in all; seen_at moves at most once a minute. Everything a right depends on is read here, at each request.
CREATE FUNCTION session_of(hash bytea)
RETURNS TABLE (session_id uuid, method text, second_factor boolean, must_change boolean, password_days integer, has_totp boolean,
               passkeys integer, settings jsonb, id uuid, login text, name text, role text, area text, area_name text, area_pinyin text,
               office_id uuid, office_name text, employer_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_session s SET seen_at = now()
  WHERE s.token_hash = hash AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes'
    AND s.seen_at < now() - interval '1 minute';
  RETURN QUERY
    SELECT s.id, s.method, s.second_factor, f.must_change, floor(extract(epoch FROM now() - f.password_at) / 86400)::integer,
           EXISTS (SELECT 1 FROM offices_totp t WHERE t.staff_id = f.id AND t.confirmed_at IS NOT NULL),
           (SELECT count(*)::integer FROM offices_passkey p WHERE p.staff_id = f.id),
           (SELECT i.value FROM offices_installation i WHERE i.key = 'signIn'), b.*
    FROM offices_session s JOIN offices_staff f ON f.id = s.staff_id CROSS JOIN LATERAL staff_by_id(s.staff_id) b
    WHERE s.token_hash = hash AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes';
END $$;

CREATE FUNCTION put_challenge(new_hash bytea, new_kind text, staff uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_challenge WHERE at < now() - interval '5 minutes';
  INSERT INTO offices_challenge (hash, kind, staff_id) VALUES (new_hash, new_kind, staff);
$$;

CREATE FUNCTION take_challenge(asked bytea, asked_kind text, staff uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  DELETE FROM offices_challenge c WHERE c.hash = asked AND c.kind = asked_kind AND c.staff_id IS NOT DISTINCT FROM staff
    AND c.at > now() - interval '5 minutes';
  RETURN FOUND;
END $$;

CREATE FUNCTION passkey_of(asked bytea, asked_host text)
RETURNS TABLE (id uuid, staff_id uuid, public_key bytea, counter bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT p.id, p.staff_id, p.public_key, p.counter FROM offices_passkey p JOIN offices_staff s ON s.id = p.staff_id
  WHERE p.credential = asked AND p.host = asked_host AND s.active
$$;

-- False where the counter did not grow: a copy of the key. Keys that never count stay at 0.
CREATE FUNCTION use_passkey(asked uuid, new_counter bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_passkey p SET counter = new_counter, used_at = now()
  WHERE p.id = asked AND (new_counter > p.counter OR (new_counter = 0 AND p.counter = 0));
  RETURN FOUND;
END $$;

-- Ties a provider's number to an account by its name, once; afterwards the number alone decides.
CREATE FUNCTION staff_for_identity(asked_issuer text, asked_subject text, asked_login text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE found_id uuid;
BEGIN
  SELECT i.staff_id INTO found_id FROM offices_identity i WHERE i.issuer = asked_issuer AND i.subject = asked_subject;
  IF found_id IS NULL THEN
    INSERT INTO offices_identity (issuer, subject, staff_id)
    SELECT asked_issuer, asked_subject, s.id FROM offices_staff s WHERE s.login = asked_login AND s.active
    ON CONFLICT DO NOTHING RETURNING staff_id INTO found_id;
  END IF;
  RETURN (SELECT s.id FROM offices_staff s WHERE s.id = found_id AND s.active);
END $$;

CREATE FUNCTION device_of(hash bytea) RETURNS TABLE (device_id uuid, install uuid, epoch integer, owner uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_device d SET seen_at = now() WHERE d.token_hash = hash AND d.revoked_at IS NULL AND d.seen_at < now() - interval '1 minute';
  RETURN QUERY SELECT d.id, d.install, d.epoch, d.owner FROM offices_device d JOIN offices_staff s ON s.id = d.owner
    WHERE d.token_hash = hash AND d.revoked_at IS NULL AND s.active;
END $$;

-- the own account ----------------------------------------------------------------------------------------------

CREATE FUNCTION own_account()
RETURNS TABLE (must_change boolean, has_password boolean, password_at timestamptz, totp_since timestamptz, codes_left integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.must_change, s.password_hash IS NOT NULL, s.password_at,
         (SELECT t.confirmed_at FROM offices_totp t WHERE t.staff_id = s.id),
         (SELECT count(*)::integer FROM offices_recovery_code c WHERE c.staff_id = s.id AND c.used_at IS NULL)
  FROM offices_staff s WHERE s.id = own_id()
$$;

-- The own hash and the last ones, the newest first; the sealed secret of the own authenticator.
CREATE FUNCTION own_passwords(most integer) RETURNS TABLE (password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  (SELECT s.password_hash FROM offices_staff s WHERE s.id = own_id() AND s.password_hash IS NOT NULL)
  UNION ALL
  (SELECT h.password_hash FROM offices_password_history h WHERE h.staff_id = own_id() ORDER BY h.at DESC LIMIT greatest(most - 1, 0))
$$;

-- Also ends the other sessions of the account: whoever knew the old password is out.
CREATE FUNCTION set_own_password(new_hash text, keep_session uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO offices_password_history (staff_id, password_hash)
    SELECT s.id, s.password_hash FROM offices_staff s WHERE s.id = own_id() AND s.password_hash IS NOT NULL;
  DELETE FROM offices_password_history h WHERE h.staff_id = own_id() AND h.at < (
    SELECT min(k.at) FROM (SELECT o.at FROM offices_password_history o WHERE o.staff_id = own_id() ORDER BY o.at DESC LIMIT 10) k);
  UPDATE offices_staff SET password_hash = new_hash, must_change = false, password_at = now() WHERE id = own_id();
  DELETE FROM offices_session WHERE staff_id = own_id() AND id <> keep_session;
END $$;

CREATE FUNCTION own_totp() RETURNS TABLE (sealed bytea, confirmed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT t.sealed, t.confirmed_at IS NOT NULL FROM offices_totp t WHERE t.staff_id = own_id()
$$;

-- False where a confirmed one is there: it has to be taken off first.
CREATE FUNCTION put_own_totp(new_sealed bytea) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO offices_totp (staff_id, sealed) VALUES (own_id(), new_sealed)
  ON CONFLICT (staff_id) DO UPDATE SET sealed = excluded.sealed, last_step = 0 WHERE offices_totp.confirmed_at IS NULL;
  RETURN FOUND;
END $$;

-- A code is taken once: its 30 seconds must lie after the last ones taken.
CREATE FUNCTION take_own_totp(step bigint, confirming boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_totp t SET last_step = step, confirmed_at = coalesce(t.confirmed_at, now())
  WHERE t.staff_id = own_id() AND t.last_step < step AND (t.confirmed_at IS NULL) = confirming;
  RETURN FOUND;
END $$;

CREATE FUNCTION drop_own_totp() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  DELETE FROM offices_totp WHERE staff_id = own_id();
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM offices_recovery_code WHERE staff_id = own_id()
    AND NOT EXISTS (SELECT 1 FROM offices_passkey p WHERE p.staff_id = own_id());
  RETURN true;
END $$;

CREATE FUNCTION set_own_codes(hashes bytea[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_recovery_code WHERE staff_id = own_id();
  INSERT INTO offices_recovery_code (staff_id, code_hash) SELECT own_id(), h FROM unnest(hashes) h;
$$;

CREATE FUNCTION take_own_code(hash bytea) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_recovery_code SET used_at = now() WHERE staff_id = own_id() AND code_hash = hash AND used_at IS NULL;
  RETURN FOUND;
END $$;

CREATE FUNCTION own_passkeys() RETURNS TABLE (id uuid, credential bytea, name text, host text, created_at timestamptz, used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT p.id, p.credential, p.name, p.host, p.created_at, p.used_at FROM offices_passkey p WHERE p.staff_id = own_id() ORDER BY p.created_at
$$;

CREATE FUNCTION add_own_passkey(new_id uuid, new_credential bytea, new_key bytea, new_counter bigint, new_host text, new_name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  INSERT INTO offices_passkey (id, staff_id, credential, public_key, counter, host, name)
  VALUES (new_id, own_id(), new_credential, new_key, new_counter, new_host, new_name) ON CONFLICT (credential) DO NOTHING;
  RETURN FOUND;
END $$;

CREATE FUNCTION drop_own_passkey(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  DELETE FROM offices_passkey WHERE id = asked AND staff_id = own_id();
  RETURN FOUND;
END $$;

CREATE FUNCTION own_sessions() RETURNS TABLE (id uuid, method text, second_factor boolean, agent text, address text, created_at timestamptz, seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, s.method, s.second_factor, s.agent, s.address, s.created_at, s.seen_at FROM offices_session s
  WHERE s.staff_id = own_id() AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes'
  ORDER BY s.seen_at DESC, s.id
$$;

CREATE FUNCTION end_own_session(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  DELETE FROM offices_session WHERE id = asked AND staff_id = own_id();
  RETURN FOUND;
END $$;

CREATE FUNCTION end_own_others(keep uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE n integer;
BEGIN
  DELETE FROM offices_session WHERE staff_id = own_id() AND id <> keep;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;

CREATE FUNCTION own_devices() RETURNS TABLE (id uuid, install uuid, epoch integer, name text, agent text, created_at timestamptz, seen_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT d.id, d.install, d.epoch, d.name, d.agent, d.created_at, d.seen_at, d.revoked_at FROM offices_device d WHERE d.owner = own_id()
  ORDER BY d.revoked_at NULLS FIRST, d.created_at DESC, d.id
$$;

-- A phone enrolled again keeps its install and gets the next epoch; its earlier token ends. Null where the install is somebody else's.
CREATE FUNCTION add_own_device(new_id uuid, new_install uuid, new_name text, hash bytea, from_agent text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE last_epoch integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('install|' || new_install, 0));
  IF EXISTS (SELECT 1 FROM offices_device d WHERE d.install = new_install AND d.owner <> own_id() AND d.revoked_at IS NULL) THEN RETURN NULL; END IF;
  SELECT max(d.epoch) INTO last_epoch FROM offices_device d WHERE d.install = new_install;
  UPDATE offices_device SET revoked_at = now() WHERE install = new_install AND revoked_at IS NULL;
  INSERT INTO offices_device (id, install, epoch, owner, name, token_hash, agent)
  VALUES (new_id, new_install, coalesce(last_epoch, 0) + 1, own_id(), new_name, hash, left(from_agent, 300));
  RETURN coalesce(last_epoch, 0) + 1;
END $$;

CREATE FUNCTION revoke_own_device(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_device SET revoked_at = coalesce(revoked_at, now()) WHERE id = asked AND owner = own_id();
  RETURN FOUND;
END $$;

-- A note in the audit under the own name, for scopes without an area (an employer's).
CREATE FUNCTION note_own(new_action text, about uuid, new_facts jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  INSERT INTO offices_audit (id, actor, area, action, subject, facts)
  SELECT gen_random_uuid(), s.id::text, s.area, new_action, about, new_facts FROM offices_staff s WHERE s.id = own_id()
$$;

-- the system administrator -------------------------------------------------------------------------------------

CREATE FUNCTION add_office(new_id uuid, new_kind text, new_name text, new_area text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF NOT in_own_area(new_area) OR NOT EXISTS (SELECT 1 FROM offices_area a WHERE a.code = new_area) THEN RETURN false; END IF;
  INSERT INTO offices_office (id, kind, name, area) VALUES (new_id, new_kind, new_name, new_area);
  RETURN true;
END $$;

-- An administrator's account can only be proposed here: it waits, and opens nothing. The first password is one to be changed.
CREATE FUNCTION add_account(new_id uuid, new_login text, new_name text, new_role text, new_area text, new_office uuid, new_hash text, half bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE waits boolean := new_role LIKE '%Administrator';
BEGIN
  IF NOT in_own_area(new_area) OR new_role = 'employer' THEN RETURN 'outside'; END IF;
  IF NOT EXISTS (SELECT 1 FROM offices_office o WHERE o.id = new_office AND in_own_area(o.area)) THEN RETURN 'no_office'; END IF;
  INSERT INTO offices_staff (id, login, name, role, area, office_id, password_hash, active, waiting, proposed_by, half_sealed, must_change)
  VALUES (new_id, new_login, new_name, new_role, new_area, new_office, CASE WHEN waits THEN NULL ELSE new_hash END, NOT waits, waits, own_id(),
          CASE WHEN waits THEN half END, true)
  ON CONFLICT (login) DO NOTHING;
  RETURN CASE WHEN FOUND THEN 'done' ELSE 'taken' END;
END $$;

CREATE FUNCTION change_account(asked uuid, new_name text, new_role text, new_area text, new_office uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_staff s SET name = new_name, role = new_role, area = new_area, office_id = new_office
  WHERE s.id = asked AND s.id <> own_id() AND in_own_area(s.area) AND in_own_area(new_area)
    AND s.role NOT LIKE '%Administrator' AND new_role NOT LIKE '%Administrator' AND (new_role <> 'employer' OR s.role = 'employer')
    AND EXISTS (SELECT 1 FROM offices_office o WHERE o.id = new_office AND in_own_area(o.area));
  RETURN FOUND;
END $$;

-- Shut: sessions and phones end with it.
CREATE FUNCTION set_account_active(asked uuid, on_off boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_staff s SET active = on_off
  WHERE s.id = asked AND s.id <> own_id() AND in_own_area(s.area) AND s.role NOT LIKE '%Administrator' AND NOT s.waiting;
  IF NOT FOUND THEN RETURN false; END IF;
  IF NOT on_off THEN
    DELETE FROM offices_session WHERE staff_id = asked;
    UPDATE offices_device SET revoked_at = coalesce(revoked_at, now()) WHERE owner = asked;
  END IF;
  RETURN true;
END $$;

CREATE FUNCTION reset_account(asked uuid, new_hash text, factors_too boolean, tried text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_staff s SET password_hash = new_hash, must_change = true, password_at = now()
  WHERE s.id = asked AND s.id <> own_id() AND in_own_area(s.area) AND s.active AND s.role NOT LIKE '%Administrator';
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM offices_session WHERE staff_id = asked;
  DELETE FROM offices_login_failure f WHERE f.login = ANY (tried);
  IF factors_too THEN
    DELETE FROM offices_totp WHERE staff_id = asked;
    DELETE FROM offices_recovery_code WHERE staff_id = asked;
    DELETE FROM offices_passkey WHERE staff_id = asked;
  END IF;
  RETURN true;
END $$;

-- the security administrator -----------------------------------------------------------------------------------

CREATE FUNCTION half_of_account(asked uuid) RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.half_sealed FROM offices_staff s WHERE s.id = asked AND s.waiting AND in_own_area(s.area)
$$;

-- The second pair of eyes: never those that proposed it.
CREATE FUNCTION grant_account(asked uuid, new_hash text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  UPDATE offices_staff s SET waiting = false, active = true, half_sealed = NULL, password_hash = new_hash, must_change = true, password_at = now()
  WHERE s.id = asked AND s.waiting AND s.proposed_by IS DISTINCT FROM own_id() AND in_own_area(s.area);
  RETURN FOUND;
END $$;

CREATE FUNCTION decline_account(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  DELETE FROM offices_staff s WHERE s.id = asked AND s.waiting AND in_own_area(s.area);
  RETURN FOUND;
END $$;

-- One at a time: two who shut each other's last colleague must not both succeed.
CREATE FUNCTION shut_administrator(asked uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
DECLARE its offices_staff;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('administrators', 0));
  SELECT * INTO its FROM offices_staff s WHERE s.id = asked AND s.id <> own_id() AND in_own_area(s.area) AND s.role LIKE '%Administrator' AND NOT s.waiting;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF its.active AND NOT EXISTS (SELECT 1 FROM offices_staff o WHERE o.role = its.role AND o.active AND o.id <> asked) THEN RETURN 'last'; END IF;
  UPDATE offices_staff SET active = false WHERE id = asked;
  DELETE FROM offices_session WHERE staff_id = asked;
  UPDATE offices_device SET revoked_at = coalesce(revoked_at, now()) WHERE owner = asked;
  RETURN 'done';
END $$;

CREATE FUNCTION sessions_of_area()
RETURNS TABLE (id uuid, staff_id uuid, staff_name text, login text, role text, office_name text, area text, method text, second_factor boolean,
               agent text, address text, created_at timestamptz, seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT s.id, f.id, f.name, f.login, f.role, o.name, f.area, s.method, s.second_factor, s.agent, s.address, s.created_at, s.seen_at
  FROM offices_session s JOIN offices_staff f ON f.id = s.staff_id JOIN offices_office o ON o.id = f.office_id
  WHERE in_own_area(f.area) AND s.created_at > now() - interval '12 hours' AND s.seen_at > now() - interval '30 minutes'
  ORDER BY s.seen_at DESC, s.id LIMIT 500
$$;

CREATE FUNCTION end_session_of_area(asked uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  DELETE FROM offices_session s USING offices_staff f WHERE s.id = asked AND f.id = s.staff_id AND in_own_area(f.area) RETURNING f.id
$$;

CREATE FUNCTION devices_of_area()
RETURNS TABLE (id uuid, staff_id uuid, staff_name text, login text, role text, office_name text, area text, install uuid, epoch integer, name text,
               agent text, created_at timestamptz, seen_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  SELECT d.id, f.id, f.name, f.login, f.role, o.name, f.area, d.install, d.epoch, d.name, d.agent, d.created_at, d.seen_at, d.revoked_at
  FROM offices_device d JOIN offices_staff f ON f.id = d.owner JOIN offices_office o ON o.id = f.office_id
  WHERE in_own_area(f.area) ORDER BY d.revoked_at NULLS FIRST, d.seen_at DESC, d.id LIMIT 500
$$;

CREATE FUNCTION revoke_device_of_area(asked uuid) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
  UPDATE offices_device d SET revoked_at = coalesce(d.revoked_at, now()) FROM offices_staff f
  WHERE d.id = asked AND f.id = d.owner AND in_own_area(f.area) RETURNING f.id
$$;

-- The profile is the whole installation's: only a security administrator of the city sets it.
CREATE FUNCTION set_sign_in(new_value jsonb) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = {{schema}}, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('fangang.area_from', true), '') NOT LIKE '__0000000000' THEN RETURN false; END IF;
  INSERT INTO offices_installation (key, value) VALUES ('signIn', new_value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  RETURN true;
END $$;

-- who may call what --------------------------------------------------------------------------------------------

DO $$
DECLARE
  f text;
  r text;
  lists text[][] := ARRAY[
    ['fangang_app', 'staff_for_login begin_try forget_tries open_session close_session rotate_session session_of put_challenge take_challenge passkey_of use_passkey staff_for_identity device_of'],
    ['fangang_office, fangang_broker, fangang_employer, fangang_system, fangang_security, fangang_audit',
     'own_account own_passwords set_own_password own_totp put_own_totp take_own_totp drop_own_totp set_own_codes take_own_code own_passkeys add_own_passkey drop_own_passkey own_sessions end_own_session end_own_others own_devices add_own_device revoke_own_device note_own'],
    ['fangang_system', 'add_office add_account change_account set_account_active reset_account'],
    ['fangang_security', 'half_of_account grant_account decline_account shut_administrator sessions_of_area end_session_of_area devices_of_area revoke_device_of_area set_sign_in']];
BEGIN
  FOR i IN 1 .. array_length(lists, 1) LOOP
    FOREACH f IN ARRAY string_to_array(lists[i][2], ' ') LOOP
      SELECT p.oid::regprocedure::text INTO STRICT r FROM pg_proc p WHERE p.pronamespace = '{{schema}}'::regnamespace AND p.proname = f;
      EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', r);
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', r, lists[i][1]);
    END LOOP;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION own_id(), in_own_area(text) FROM PUBLIC;
