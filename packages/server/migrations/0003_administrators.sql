-- System, security and audit administrators are three disjoint roles (三员分立): the first keeps accounts and offices, the second rights,
-- sessions and keys, the third reads the audit. None of them sees a person, a wish or a trip; no table is written by two of them.

GRANT USAGE ON SCHEMA {{schema}} TO fangang_system, fangang_security, fangang_audit;

DO $$
DECLARE
  t text;
  administrators text := 'fangang_system, fangang_security, fangang_audit';
  in_area text := 'area >= current_setting(''fangang.area_from'') AND area <= current_setting(''fangang.area_to'')';
  own_name text := 'actor = current_setting(''fangang.staff'')';
BEGIN
  FOREACH t IN ARRAY ARRAY['offices_area', 'offices_place', 'offices_station', 'offices_season', 'offices_clock',
                           'offices_installation'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO %s', t, administrators);
    EXECUTE format('CREATE POLICY administrator_reads ON %I FOR SELECT TO %s USING (true)', t, administrators);
  END LOOP;

  -- Offices and staff are seen by all three, without the password's hash; written by the system administrator through functions.
  FOREACH t IN ARRAY ARRAY['offices_office', 'offices_staff'] LOOP
    EXECUTE format('CREATE POLICY administrator_reads ON %I FOR SELECT TO %s USING (%s)', t, administrators, in_area);
  END LOOP;
  EXECUTE format('GRANT SELECT ON offices_office TO %s', administrators);
  EXECUTE format('GRANT SELECT (id, login, name, role, area, office_id, employer_id, active, created_at) ON offices_staff TO %s', administrators);

  EXECUTE format('GRANT INSERT ON journal, request, offices_audit TO %s', administrators);
  EXECUTE format('GRANT SELECT ON request TO %s', administrators);
  EXECUTE format('CREATE POLICY administrator_name ON journal FOR INSERT TO %s WITH CHECK (%s)', administrators, own_name);
  EXECUTE format('CREATE POLICY administrator_requests ON request TO %s USING (%s) WITH CHECK (%s)', administrators, own_name, own_name);

  -- The audit: every office adds to it under its own name, only the audit administrator reads it.
  EXECUTE 'REVOKE SELECT ON offices_audit FROM fangang_office';
  EXECUTE 'DROP POLICY office_area ON offices_audit';
  EXECUTE format('CREATE POLICY own_name ON offices_audit FOR INSERT TO fangang_office, %s WITH CHECK (%s AND %s)', administrators, in_area, own_name);
  EXECUTE 'GRANT SELECT ON offices_audit TO fangang_audit';
  EXECUTE format('CREATE POLICY auditor_reads ON offices_audit FOR SELECT TO fangang_audit USING (%s)', in_area);
END $$;

GRANT EXECUTE ON FUNCTION staff_by_id(uuid) TO fangang_system, fangang_security, fangang_audit;
