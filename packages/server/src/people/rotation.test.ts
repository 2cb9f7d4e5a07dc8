import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RosterRow } from '@fangang/domain/people/roster.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seasonOf } from '../offices/season.ts';
import { addSeason } from '../offices/store.ts';
import { areaRange, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { asOwner } from '../platform/owner.ts';
import { keyStatus, type Rotation, rotateKeys } from '../platform/rotation.ts';
import { SEALED_COLUMNS } from '../platform/sealed-columns.ts';
import { openSecrets, type Secrets } from '../platform/secrets.ts';
import { retiredText, retireKeyFile } from '../platform/secrets-ring.ts';
import { within } from '../platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { insideOnly } from '../platform/witness.ts';
import { readSearch } from './person-search.ts';
import type { RosterReport } from './roster-rows.ts';
import { fictionalId } from './roster-samples-files.ts';
import { openNumber } from './sealed-numbers.ts';
import { findHits } from './store-people.ts';
import { rotatePeople } from './store-rotation.ts';
import type { PersonRow } from './tables.ts';
import { writeRoster } from './write-roster.ts';

const DISTRICT = '500156000000';
const VILLAGE = '500156101203';
const OTHER = '500112000000';
const PEOPLE = 60;
const ACTOR = newId();
const unseen = insideOnly('count');

let root: string;
let fresh: FreshDatabase;
/** Of a server that runs all the time, and of the command that rotates: two programs with the same files. */
let server: Secrets;
let command: Secrets;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rotation-'));
  mkdirSync(join(root, 'data'));
  server = openSecrets(join(root, 'data'), '', {});
  command = openSecrets(join(root, 'data'), '', {});
  fresh = await freshDatabase();
  await owner((tx) => addSeason(tx, seasonOf('2022-02-01')));
});
afterEach(async () => {
  await fresh.close();
  rmSync(root, { recursive: true, force: true });
});

const owner = <Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> =>
  asOwner(fresh.adminUrl, fresh.city, work);
function asOffice<Value>(area: string, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  const { from, to } = areaRange(area);
  return within(
    fresh,
    { kind: 'office', staffId: ACTOR, officeId: newId(), areaFrom: from, areaTo: to },
    work,
  );
}

const birthOf = (n: number): string => `${1960 + Math.floor(n / 900)}-01-01`;
const idOf = (n: number): string => fictionalId(birthOf(n), n % 900);
const phoneOf = (n: number): string => `198${String(n).padStart(8, '0')}`;
const rowOf = (n: number, phone = phoneOf(n), areaCode = VILLAGE) => ({
  row: n + 2,
  name: `谭${n}`,
  idNumber: idOf(n),
  idKind: 'eighteen' as const,
  birthDate: birthOf(n),
  phone,
  careGroups: [],
  wheelchair: false,
  areaCode,
});

/** Registers people, or changes their telephone, as an import does. */
function register(rows: readonly ReturnType<typeof rowOf>[], area = DISTRICT) {
  const report = {
    file: 'typed.xlsx',
    mapping: { columns: [] },
    rows: rows.length,
    clean: rows as unknown as RosterRow[],
    rejected: [],
    warnings: [],
    dropped: {},
  } as unknown as RosterReport;
  return asOffice(area, (tx) =>
    writeRoster(tx, {
      services: { secrets: server },
      report,
      season: '2022-spring',
      area,
      actor: ACTOR,
      now: '2022-02-11T17:00:00+08:00',
      key: newId(),
      skipBad: true,
      dryRun: false,
    }),
  );
}

const find = (text: string, area = DISTRICT): Promise<string[]> =>
  asOffice(area, async (tx) => {
    const search = readSearch(await numberKeys(tx, server), { area, byToken: true }, text);
    return search ? (await findHits(tx, search, 20)).map((it) => it.name) : [];
  });

const people = (): Promise<PersonRow[]> =>
  owner(async (tx) => (await sql<PersonRow>`select * from people_person order by name`.execute(tx)).rows);

const rotation = (over: Partial<Rotation> = {}): Rotation => ({
  secrets: command,
  transaction: (work) => owner(work),
  rotatePeople,
  numberKeys,
  batch: 20,
  ...over,
});
const status = () => owner((tx) => keyStatus(tx, command));

describe('a rotation of the keys', () => {
  it('goes on while people are registered, changed and looked up; no change is lost and nobody is registered twice', async () => {
    await register(Array.from({ length: PEOPLE }, (_, n) => rowOf(n)));
    await register([rowOf(0, phoneOf(0), OTHER), rowOf(1, phoneOf(1), OTHER)], OTHER);
    const last = new Map(Array.from({ length: PEOPLE }, (_, n) => [n, phoneOf(n)]));
    const state = { rotating: true, looked: 0, added: PEOPLE };
    const writer = async (first: number): Promise<void> => {
      for (let round = 1; state.rotating; round += 1) {
        const n = ((first + round * 7) % (PEOPLE / 2)) + (first * PEOPLE) / 2;
        const phone = `199${String(round * 100 + n).padStart(8, '0')}`;
        await register([rowOf(n, phone)]);
        last.set(n, phone);
        const fresh = PEOPLE + first * 1000 + round;
        await register([rowOf(fresh)]);
        last.set(fresh, phoneOf(fresh));
        // Once more by the same number: known, not new.
        expect(await register([rowOf(fresh)])).toMatchObject({ value: { created: 0, unchanged: 1 } });
      }
    };
    const reader = async (): Promise<void> => {
      for (let n = 0; state.rotating; n = (n + 1) % PEOPLE) {
        expect(await find(idOf(n))).toEqual([`谭${n}`]);
        state.looked += 1;
      }
    };
    const others = [writer(0), writer(1), reader()];
    const done = await rotateKeys(rotation()).finally(() => {
      state.rotating = false;
    });
    await Promise.all(others);
    expect(done).toMatchObject({ key: 2, added: true, left: 0 });
    expect(state.looked).toBeGreaterThan(3);

    const rows = await people();
    expect(rows.filter((it) => it.area === VILLAGE)).toHaveLength(last.size);
    for (const it of rows.filter((row) => row.area === VILLAGE)) {
      const n = Number(it.name.slice(1));
      expect(openNumber(server, it, 'phone_sealed', unseen), it.name).toBe(last.get(n));
      expect(openNumber(server, it, 'id_sealed', unseen)).toBe(idOf(n));
      expect([it.id_sealed?.[1], it.phone_sealed?.[1]]).toEqual([2, 2]);
    }
    expect(await status()).toMatchObject({ left: 0, index: { no: 2, nextNo: null, left: 0, oldLeft: 0 } });
    for (const [n, phone] of last) expect(await find(phone)).toContain(`谭${n}`);
    const ties = await owner((tx) =>
      sql<{
        n: number;
      }>`select count(distinct identity) n from people_person where name in ('谭0', '谭1')`.execute(tx),
    );
    expect(ties.rows).toEqual([{ n: 2 }]);
    await register([rowOf(2, phoneOf(2), OTHER)], OTHER);
    const twice = (await people()).filter((it) => it.name === '谭2');
    expect(twice).toHaveLength(2);
    expect(new Set(twice.map((it) => it.identity)).size).toBe(1);
  });

  it('is gone on with after it was broken off; then the old key can go and everything opens without it', async () => {
    await register(Array.from({ length: PEOPLE }, (_, n) => rowOf(n)));
    await register([rowOf(0, '19900000001')]);
    await sealFactors(server);
    let batches = 0;
    const broken: Rotation['rotatePeople'] = async (...args) => {
      batches += 1;
      if (batches === 2) throw new Error('the machine went down');
      return await rotatePeople(...args);
    };
    await expect(rotateKeys(rotation({ rotatePeople: broken }))).rejects.toThrow('went down');
    const half = await status();
    expect(half.index).toMatchObject({ no: 1, nextNo: 2 });
    expect(half.left).toBeGreaterThan(0);
    expect(half.keys).toMatchObject([{ state: 'opens' }, { state: 'seals' }]);
    for (const n of [0, 30, 59]) expect(await find(idOf(n))).toEqual([`谭${n}`]);
    expect(await rotateKeys(rotation())).toMatchObject({ key: 2, added: false, left: 0 });

    expect((await status()).keys).toMatchObject([{ state: 'spare', texts: 0 }, { state: 'seals' }]);
    const ring = command.ring();
    if (ring.place.kind !== 'file') throw new Error('in files');
    retireKeyFile(ring.place, 1, retiredText(ring, 1));
    const later = openSecrets(join(root, 'data'), '', {});
    for (const it of await people()) expect(openNumber(later, it, 'id_sealed', unseen)).toMatch(/^500299/);
    const history = await owner((tx) =>
      sql<{
        id: string;
        sealed: Buffer;
      }>`select id, sealed from people_history where part = 'person'`.execute(tx),
    );
    const old = history.rows[0];
    const place = { table: 'people_history', column: 'sealed', row: old?.id ?? '' };
    expect(JSON.parse(later.open(place, old?.sealed ?? Buffer.alloc(0), unseen))).toEqual({
      phone: phoneOf(0),
    });
    server = later;
    expect(await find(idOf(7))).toEqual(['谭7']);
    expect(await openFactors(later)).toEqual({ totp: 'JBSWY3DPEHPK3PXP', half: 'k7mp-x2qa' });
    expect(await rotateKeys(rotation({ secrets: later }))).toMatchObject({ key: 3, added: true, left: 0 });
    expect(await find(idOf(7))).toEqual(['谭7']);
  });

  it('leaves a row to its writer; without that condition the change is lost', async () => {
    await register([rowOf(0)]);
    const before = (await people())[0] as PersonRow;
    const changed = server.seal(
      { table: 'people_person', column: 'phone_sealed', row: before.id },
      '19911111111',
    );
    const race = async (rotate: (tx: Tx) => Promise<unknown>): Promise<string | null> => {
      let holds = (): void => undefined;
      const held = new Promise<void>((done) => {
        holds = done;
      });
      const writer = owner(async (tx) => {
        await sql`update people_person set phone_sealed = ${changed}`.execute(tx);
        holds();
        await untilSomebodyWaits(tx);
      });
      await held;
      await owner(rotate);
      await writer;
      const row = (await people())[0] as PersonRow;
      return openNumber(server, row, 'phone_sealed', unseen);
    };
    const keys = { secrets: command, indexNo: 1, nextNo: null };
    const conditional = (tx: Tx) =>
      rotatePeople(tx, keys, { newest: 2, after: '00000000-0000-0000-0000-000000000000', limit: 10 });
    expect(await race(conditional)).toBe('19911111111');
    await owner((tx) => sql`update people_person set phone_sealed = ${before.phone_sealed}`.execute(tx));
    const blind = (tx: Tx) => sql`update people_person set phone_sealed = ${before.phone_sealed}`.execute(tx);
    expect(await race(blind)).toBe(phoneOf(0));
  });
});

const STAFF = newId();
const factorPlaces = {
  totp: { table: 'offices_totp', column: 'sealed', row: STAFF },
  half: { table: 'offices_staff', column: 'half_sealed', row: STAFF },
};

/** An authenticator's secret and the half of a first password, of one account. */
async function sealFactors(secrets: Secrets): Promise<void> {
  const office = newId();
  const totp = secrets.seal(factorPlaces.totp, 'JBSWY3DPEHPK3PXP');
  const half = secrets.seal(factorPlaces.half, 'k7mp-x2qa');
  await owner(async (tx) => {
    await sql`insert into offices_office (id, kind, name, area) values (${office}, 'bureau', 'x', ${DISTRICT})`.execute(
      tx,
    );
    await sql`insert into offices_staff (id, login, name, role, area, office_id, half_sealed)
      values (${STAFF}, 'li', 'x', 'districtOfficer', ${DISTRICT}, ${office}, ${half})`.execute(tx);
    await sql`insert into offices_totp (staff_id, sealed) values (${STAFF}, ${totp})`.execute(tx);
  });
}

async function openFactors(secrets: Secrets): Promise<{ totp: string; half: string }> {
  const { rows } = await owner((tx) =>
    sql<{ totp: Buffer; half: Buffer }>`select t.sealed totp, s.half_sealed half
      from offices_staff s join offices_totp t on t.staff_id = s.id`.execute(tx),
  );
  const row = rows[0] as { totp: Buffer; half: Buffer };
  const open = (name: 'totp' | 'half') => secrets.open(factorPlaces[name], row[name], unseen);
  return { totp: open('totp'), half: open('half') };
}

/** Ends when another transaction waits for what this one holds. */
async function untilSomebodyWaits(tx: Tx): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const { rows } = await sql<{ n: number }>`select count(*) n from pg_locks
      where locktype = 'transactionid' and transactionid = pg_current_xact_id()::xid and not granted`.execute(
      tx,
    );
    if ((rows[0]?.n ?? 0) > 0) return;
    await pause(10);
  }
  throw new Error('nobody waits');
}

it('knows every sealed column of the database', async () => {
  const { rows } = await owner((tx) =>
    sql<{
      name: string;
    }>`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not a.attisdropped
        and a.atttypid = 'bytea'::regtype and a.attname like '%sealed'`.execute(tx),
  );
  const known = SEALED_COLUMNS.map((it) => `${it.table}.${it.column}`);
  expect(rows.map((it) => it.name).sort()).toEqual(known.sort());
});
