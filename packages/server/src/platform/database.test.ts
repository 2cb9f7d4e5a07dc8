import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from './clock.ts';
import { areaRange, inScope, openDatabase, type Scope } from './database.ts';
import { newId } from './ids.ts';
import { append, copyRows, type JournalEvent } from './journal.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

const changshou = { areaFrom: '500115000000', areaTo: '500115999999' };
const staffId = newId();
const office: Scope = { kind: 'office', staffId, officeId: newId(), ...changshou };
const employer: Scope = { kind: 'employer', staffId, employerId: newId() };

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

function event(key: string, ordinal: number, over: Partial<JournalEvent> = {}): JournalEvent {
  return {
    at: '2022-02-11T08:00:00+08:00',
    actor: staffId,
    key,
    ordinal,
    subject: newId(),
    type: 'trips.boarded',
    area: '500115103000',
    data: { seat: 4 },
    ...over,
  };
}

interface Settings {
  role: string;
  path: string;
  staff: string;
  from: string;
  employer: string;
}

async function settings(scope: Scope): Promise<Settings | undefined> {
  return await inScope(fresh.db, fresh.city, scope, async (tx) => {
    const { rows } = await sql<Settings>`select current_user as role, current_setting('search_path') as path,
      current_setting('fangang.staff') as staff, current_setting('fangang.area_from') as from,
      current_setting('fangang.employer') as employer`.execute(tx);
    return rows[0];
  });
}

/** Ends a session of the database while nothing runs on it, and waits until its client has noticed. */
async function ended(pid: number): Promise<void> {
  const admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
  await admin.query('select pg_terminate_backend($1, 5000)', [pid]);
  await admin.end();
  await new Promise((next) => setTimeout(next, 100));
}

describe('a scope', () => {
  it('sets role, path and area for its transaction', async () => {
    const path = 'city_500000, pg_temp';
    const from = changshou.areaFrom;
    expect(await settings(office)).toEqual({
      role: 'fangang_office',
      path,
      staff: staffId,
      from,
      employer: '',
    });
    expect(await settings({ ...office, kind: 'broker' })).toMatchObject({ role: 'fangang_broker', from });
    expect(await settings(employer)).toMatchObject({
      role: 'fangang_employer',
      employer: employer.employerId,
      from: '',
    });
    const itineraryId = newId();
    expect(await settings({ kind: 'link', itineraryId })).toMatchObject({
      role: 'fangang_link',
      staff: itineraryId,
    });
    expect(await settings({ kind: 'open' })).toMatchObject({ role: 'fangang_app', staff: '', from: '' });
  });

  it('leaves nothing on the connection when it ends, well or badly', async () => {
    const one = { ...fresh, db: fresh.db };
    await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        inScope(one.db, one.city, office, async () => {
          if (i % 2) throw new Error('broken');
        }),
      ),
    );
    const { rows } = await fresh.db.pool.query(
      `select current_user as role, current_setting('fangang.area_from', true) as from, current_setting('search_path') as path`,
    );
    expect(rows).toEqual([
      { role: 'fangang_app', from: expect.toBeOneOf(['', null]), path: '"$user", public' },
    ]);
  });

  it('rolls back on a fault', async () => {
    const key = newId();
    const failing = inScope(fresh.db, fresh.city, office, async (tx) => {
      await append(tx, [event(key, 0)], '2022-02-11T08:00:01+08:00');
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    const count = await inScope(fresh.db, fresh.city, office, (tx) =>
      append(tx, [event(key, 0)], '2022-02-11T08:00:01+08:00'),
    );
    expect(count).toBe(1);
  });

  it('outlives the end of its connection in the middle, and the next one gets another', async () => {
    const told: string[] = [];
    const db = openDatabase(fresh.appUrl, { onProblem: (error) => told.push(error.message) });
    const broken = inScope(db, fresh.city, office, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await ended(rows[0]?.pid ?? 0);
      await sql`select 1`.execute(tx);
    });
    await expect(broken).rejects.toThrow();
    expect(told.length).toBeGreaterThan(0);
    await expect(inScope(db, fresh.city, office, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined();
    await db.close();
  });

  it('refuses what is not a city', async () => {
    await expect(inScope(fresh.db, 'x; drop', office, async () => 1)).rejects.toThrow(/6-digit/);
  });
});

describe('the journal', () => {
  it('takes an event once, in order, set-wise', async () => {
    const key = newId();
    const events = Array.from({ length: 12_000 }, (_, i) => event(key, i));
    const write = (list: readonly JournalEvent[]): Promise<number> =>
      inScope(fresh.db, fresh.city, office, (tx) => append(tx, list, '2022-02-11T08:00:01+08:00'));
    expect(await write(events)).toBe(12_000);
    expect(await write(events.slice(0, 7))).toBe(0);
    expect(await write([])).toBe(0);
    const rows = await inScope(fresh.db, fresh.city, office, async (tx) => {
      const found = await sql`select at, recorded_at, version, ordinal, season, data from journal
        where key = ${key} order by seq limit 2`.execute(tx);
      return found.rows;
    });
    const same = {
      at: '2022-02-11T08:00:00+08:00',
      recorded_at: '2022-02-11T08:00:01+08:00',
      version: 1,
      season: null,
    };
    expect(rows).toEqual([
      { ...same, ordinal: 0, data: { seat: 4 } },
      { ...same, ordinal: 1, data: { seat: 4 } },
    ]);
  });

  it('is written by roles that may not read it', async () => {
    const write = inScope(fresh.db, fresh.city, employer, (tx) =>
      append(tx, [event(newId(), 0)], '2022-02-11T08:00:01+08:00'),
    );
    expect(await write).toBe(1);
  });

  it('takes nobody else for the actor', async () => {
    const write = inScope(fresh.db, fresh.city, office, (tx) =>
      append(tx, [event(newId(), 0, { actor: newId() })], '2022-02-11T08:00:01+08:00'),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  const scopes: readonly Scope[] = [
    office,
    { ...office, kind: 'broker' },
    employer,
    { kind: 'link', itineraryId: newId() },
    { kind: 'open' },
  ];
  it.each(scopes)('lets no row be changed, removed or cut off by $kind', async (scope) => {
    for (const statement of [`update journal set type = 'x'`, 'delete from journal', 'truncate journal']) {
      const attempt = inScope(fresh.db, fresh.city, scope, (tx) => sql.raw(statement).execute(tx));
      await expect(attempt, statement).rejects.toThrow(/permission denied/);
    }
  });
});

it('the control: with the right granted and a policy, the journal can be changed', async () => {
  const open = await freshDatabase();
  const admin = new pg.Client({ connectionString: open.adminUrl });
  await admin.connect();
  await admin.query(`grant update, select on city_500000.journal to fangang_office;
    create policy control on city_500000.journal for update to fangang_office using (true)`);
  await admin.end();
  const changed = await inScope(open.db, open.city, office, async (tx) => {
    await append(tx, [event(newId(), 0)], '2022-02-11T08:00:01+08:00');
    return await sql`update journal set type = 'x'`.execute(tx);
  });
  expect(changed.numAffectedRows).toBe(1n);
  await open.close();
});

describe('the application role', () => {
  it('owns nothing and reads no table of people without a scope', async () => {
    const { rows } = await fresh.db.pool.query(
      `select c.oid::regclass::text as thing from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'fangang_%'
        and r.rolname not in ('fangang_owner', 'fangang_queue')
       union all select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = 'fangang_app'
       union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname = 'fangang_app'`,
    );
    expect(rows).toEqual([]);
    const attempt = inScope(fresh.db, fresh.city, { kind: 'open' }, (tx) =>
      sql`select 1 from people_person`.execute(tx),
    );
    await expect(attempt).rejects.toThrow(/permission denied/);
  });

  it('has row-level security forced on every table of the city', async () => {
    const { rows } = await fresh.db.pool.query(
      `select relname from pg_class where relnamespace = 'city_500000'::regnamespace and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it('reads the clock', async () => {
    const before = Date.now();
    const reading = await inScope(fresh.db, fresh.city, { kind: 'open' }, readClock);
    expect(reading).toMatchObject({ mode: 'real', sample: false });
    expect(Date.parse(reading.now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(reading.now)).toBeLessThanOrEqual(Date.now());
  });
});

describe('rows', () => {
  it('come back as the domain speaks', async () => {
    const { rows } = await fresh.db.pool.query(
      `select '2022-02-06 00:00:00+00'::timestamptz as moment, '2022-02-06 00:00:00.25+08'::timestamptz as part,
        date '2022-02-06' as day, 9007199254740991::bigint as big, 1.5::numeric as price, 'infinity'::timestamptz as never,
        array['2022-02-06 00:00:00+08'::timestamptz]::text[] as texts`,
    );
    expect(rows[0]).toEqual({
      moment: '2022-02-06T08:00:00+08:00',
      part: '2022-02-06T00:00:00.25+08:00',
      day: '2022-02-06',
      big: Number.MAX_SAFE_INTEGER,
      price: 1.5,
      never: 'infinity',
      texts: ['2022-02-06 00:00:00+08'],
    });
  });

  it('are written by the thousand, with every type', async () => {
    const rows = await inScope(fresh.db, fresh.city, { kind: 'open' }, async (tx) => {
      await sql`create temporary table copied (n int, name text, at timestamptz, sealed bytea, facts jsonb, codes text[],
        place text default 'here') on commit drop`.execute(tx);
      const list = Array.from({ length: 11_000 }, (_, n) => [
        n,
        n === 1 ? undefined : `张"${n}\\`,
        '2022-02-06T00:00:00+08:00',
        Buffer.from([0, n % 256]),
        { deep: [n] },
        ['a,b', '"'],
      ]);
      expect(await copyRows(tx, 'copied', ['n', 'name', 'at', 'sealed', 'facts', 'codes'], list)).toBe(
        11_000,
      );
      expect(await copyRows(tx, 'copied', ['n', 'name'], [{ name: 'by name', n: -1 }])).toBe(1);
      return (await sql`select *, count(*) over () as total from copied order by n limit 3`.execute(tx)).rows;
    });
    expect(rows[0]).toMatchObject({ n: -1, name: 'by name', at: null, place: 'here', total: 11_001 });
    expect(rows[1]).toEqual({
      n: 0,
      name: '张"0\\',
      at: '2022-02-06T00:00:00+08:00',
      sealed: Buffer.from([0, 0]),
      facts: { deep: [0] },
      codes: ['a,b', '"'],
      place: 'here',
      total: 11_001,
    });
    expect(rows[2]).toMatchObject({ n: 1, name: null });
  });
});

describe('an area', () => {
  it.each([
    ['500000000000', '509999999999'],
    ['500115000000', '500115999999'],
    ['500115103000', '500115103999'],
    ['500115103201', '500115103201'],
  ])('%s reaches to %s', (code, to) => {
    expect(areaRange(code)).toEqual({ from: code, to });
  });

  it('is twelve digits', () => {
    expect(() => areaRange('500115')).toThrow(/12-digit/);
  });
});
