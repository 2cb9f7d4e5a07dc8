import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RosterRow } from '@fangang/domain/people/roster.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seasonOf } from '../offices/season.ts';
import { addSeason } from '../offices/store.ts';
import { openCare } from '../platform/audit.ts';
import { areaRange, type Scope, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { insideOnly } from '../platform/witness.ts';
import { type RosterReport, readRoster } from './roster-rows.ts';
import { ROSTER_SAMPLES, sampleContext, writeRosterSamples } from './roster-samples.ts';
import { fictionalId } from './roster-samples-files.ts';
import { type WriteRoster, writeRoster } from './write-roster.ts';

const TOWN = '500156101000';
const DISTRICT = '500156000000';
const SEASON = '2022-spring';
const NOW = '2022-02-11T17:00:00+08:00';
const ACTOR = newId();

let folder = '';
let paths = new Map<string, string>();
let fresh: FreshDatabase;

const eyes = (area: string): Scope => {
  const { from, to } = areaRange(area);
  return { kind: 'office', staffId: ACTOR, officeId: newId(), areaFrom: from, areaTo: to };
};

function asOffice<Value>(area: string, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return within(fresh, eyes(area), work);
}

function write(report: RosterReport, over: Partial<WriteRoster> & { eyes?: string } = {}) {
  return asOffice(over.eyes ?? DISTRICT, (tx) =>
    writeRoster(tx, {
      services: fresh,
      report,
      season: SEASON,
      area: TOWN,
      actor: ACTOR,
      now: NOW,
      key: newId(),
      skipBad: true,
      dryRun: false,
      ...over,
    }),
  );
}

async function sampleReport(headers: string): Promise<RosterReport> {
  const report = await readRoster(paths.get(headers) ?? '', sampleContext);
  if (!report.ok) throw new Error(report.refusal.code);
  return report.value;
}

/** A report without a file: rows as an office might have typed them. */
function reportOf(rows: readonly (Partial<RosterRow> & { name: string })[]): RosterReport {
  const clean = rows.map((row, i) => ({
    row: i + 2,
    idNumber: null,
    idKind: row.idNumber ? ('eighteen' as const) : ('none' as const),
    careGroups: [],
    wheelchair: false,
    areaCode: '500156101203',
    ...row,
  }));
  return {
    file: 'typed.xlsx',
    sheet: '',
    headerRow: 1,
    headerRows: [1],
    encoding: null,
    mapping: { columns: [], destinationIsWorkplace: false, phoneIsHousehold: false },
    rows: clean.length,
    merged: 0,
    skipped: 0,
    dropped: { empty: 0, zeros: 0, totals: 0, footers: 0, headers: 0 },
    clean,
    rejected: [],
    warnings: [],
  };
}

interface Counted {
  readonly persons: number;
  readonly wishes: number;
  readonly journal: number;
  readonly households: number;
  readonly care: number;
  readonly history: number;
  readonly imports: number;
}

async function counted(): Promise<Counted> {
  const { rows } = await asOffice(DISTRICT, async (tx) => {
    await openCare(tx, insideOnly('count'));
    return sql<Counted>`select (select count(*) from people_person) persons, (select count(*) from people_wish) wishes,
      (select count(*) from journal) journal, (select count(*) from people_household) households,
      (select count(*) from people_care) care, (select count(*) from people_history) history,
      (select count(*) from people_import) imports`.execute(tx);
  });
  return rows[0] as Counted;
}

async function events(): Promise<{ type: string; area: string; data: Record<string, unknown> }[]> {
  const { rows } = await asOffice(DISTRICT, (tx) =>
    sql<{
      type: string;
      area: string;
      data: Record<string, unknown>;
    }>`select type, area, data from journal order by seq`.execute(tx),
  );
  return rows;
}

async function wishes() {
  const { rows } = await asOffice(DISTRICT, (tx) =>
    sql<
      Record<string, unknown>
    >`select p.name, p.area person_area, w.* from people_wish w join people_person p on p.id = w.person_id
      order by p.name`.execute(tx),
  );
  return rows;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosters-'));
  paths = new Map((await writeRosterSamples(folder)).map((it) => [it.headers, it.path]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  fresh = await freshDatabase();
  await asOwner(fresh.adminUrl, fresh.city, (tx) => addSeason(tx, seasonOf('2022-02-01', SEASON)));
  return () => fresh.close();
});

describe('five messy rosters', () => {
  for (const sample of ROSTER_SAMPLES) {
    it(`made from ${sample.headers} are written once, and a second time change nothing`, async () => {
      const report = await sampleReport(sample.headers);
      const people = sample.expected.clean.length;
      const first = await write(report);
      expect(first).toMatchObject({
        ok: true,
        value: {
          file: sample.fileName,
          rows: sample.expected.rows,
          created: people,
          updated: 0,
          unchanged: 0,
        },
      });
      if (!first.ok) return;
      expect(
        first.value.rejected.map((it) => `${it.row} ${it.column.split(' ')[0]} ${it.code}`).sort(),
      ).toEqual([...sample.expected.rejected].sort());
      expect(Object.entries(first.value.mapping).map(([letter, field]) => `${letter}=${field}`)).toEqual(
        sample.expected.mapping.split(/\s+/),
      );
      const before = await counted();
      expect(before).toMatchObject({ persons: people, wishes: people, journal: 2 * people, imports: 1 });

      const again = await write(await sampleReport(sample.headers));
      expect(again).toMatchObject({ ok: true, value: { created: 0, updated: 0, unchanged: people } });
      expect(await counted()).toEqual(before);
    });

    it(`made from ${sample.headers} change nothing while they have bad rows`, async () => {
      const refused = await write(await sampleReport(sample.headers), { skipBad: false });
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'people.roster_has_bad_rows' } });
      expect(await counted()).toMatchObject({ persons: 0, journal: 0, imports: 0 });
    });
  }

  it('are counted by a dry run that writes nothing', async () => {
    const report = await sampleReport('hn-personal-ledger');
    expect(await write(report, { dryRun: true })).toMatchObject({ value: { created: 3, unchanged: 0 } });
    expect(await counted()).toMatchObject({ persons: 0, wishes: 0, journal: 0 });
    await write(report);
    expect(await write(report, { dryRun: true })).toMatchObject({ value: { created: 0, unchanged: 3 } });
  });

  it('become people, households, care groups and wishes', async () => {
    await write(await sampleReport('poverty-member-fields'));
    const all = await wishes();
    expect(all.find((it) => it.name === '谭秋实')).toMatchObject({
      kind: 'sameJob',
      mode: 'ours',
      destination: '330302',
      gate_text: '样例鞋业二厂',
      person_area: '500156101203',
      area: '500156101203',
      status: 'recorded',
    });
    expect(await counted()).toMatchObject({ households: 3, care: 1 });
    const [registered, recorded] = await events();
    expect(registered).toMatchObject({ type: 'people.person_registered', data: { channel: 'import' } });
    expect(recorded).toMatchObject({
      type: 'people.wish_recorded',
      data: { kind: 'sameJob', destination: '330302' },
    });
    expect(JSON.stringify(await events())).not.toMatch(/谭|500299|1990000|脱贫|personWithDisability/);
  });
});

const TAN = {
  name: '谭秋实',
  idNumber: fictionalId('1971-03-05', 41),
  birthDate: '1971-03-05',
  gender: 'male' as const,
};

describe('a second roster', () => {
  it('changes what it says, keeps what it leaves out, and seals what stood there', async () => {
    await write(
      reportOf([
        { ...TAN, phone: '19900000041', destination: '浙江省温州市鹿城区', destinationCode: '330302' },
      ]),
    );
    const next = await write(
      reportOf([{ ...TAN, phone: '19900000099', departFrom: '2022-02-13', departTo: '2022-02-13' }]),
    );
    expect(next).toMatchObject({ value: { created: 0, updated: 1, unchanged: 0 } });
    expect((await wishes())[0]).toMatchObject({ destination: '330302', earliest: '2022-02-13' });
    const [person] = (
      await asOffice(DISTRICT, (tx) =>
        sql<{ id: string; phone_sealed: Buffer; phone_tail: string }>`select * from people_person`.execute(
          tx,
        ),
      )
    ).rows;
    expect(person?.phone_tail).toBe('0099');
    const unseen = insideOnly('compareRoster');
    const place = { table: 'people_person', column: 'phone_sealed', row: person?.id ?? '' };
    expect(fresh.secrets.open(place, person?.phone_sealed ?? Buffer.alloc(0), unseen)).toBe('19900000099');
    const [old] = (
      await asOffice(DISTRICT, (tx) =>
        sql<{ id: string; sealed: Buffer }>`select * from people_history where part = 'person'`.execute(tx),
      )
    ).rows;
    const opened = fresh.secrets.open(
      { table: 'people_history', column: 'sealed', row: old?.id ?? '' },
      old?.sealed ?? Buffer.alloc(0),
      unseen,
    );
    expect(JSON.parse(opened)).toEqual({ phone: '19900000041' });
    const types = (await events()).slice(2);
    expect(types).toMatchObject([
      { type: 'people.person_changed', data: { fields: ['phone'] } },
      { type: 'people.wish_changed', data: { fields: ['earliest', 'latest'], destination: '330302' } },
    ]);
  });

  it('moves a person to another village with everything that belongs to the person', async () => {
    await write(reportOf([{ ...TAN, careGroups: ['retiredFisher'] }]));
    await write(reportOf([{ ...TAN, areaCode: '500156101208' }]));
    expect((await wishes())[0]).toMatchObject({ person_area: '500156101208', area: '500156101208' });
    await write(reportOf([{ ...TAN, areaCode: TOWN }]));
    expect((await wishes())[0]).toMatchObject({ person_area: '500156101208' });
    const care = sql<{ area: string }>`select area from people_care`;
    const { rows } = await asOffice(DISTRICT, async (tx) => {
      await openCare(tx, insideOnly('count'));
      return care.execute(tx);
    });
    expect(rows).toEqual([{ area: '500156101208' }]);
    expect((await asOffice(DISTRICT, (tx) => care.execute(tx))).rows).toEqual([]);
  });

  it('does not bring back a wish that was withdrawn', async () => {
    await write(reportOf([TAN]));
    await asOffice(DISTRICT, (tx) => sql`update people_wish set status = 'withdrawn'`.execute(tx));
    const again = await write(reportOf([{ ...TAN, departFrom: '2022-02-13' }]));
    expect(again).toMatchObject({ value: { unchanged: 1 } });
    expect((await wishes())[0]).toMatchObject({ status: 'withdrawn', earliest: null });
  });

  it('knows people without papers again, and gives them their number when it is shown', async () => {
    const nobody = { name: '代守田', birthDate: '1980-01-02', phone: '19900000048' };
    await write(reportOf([nobody, { name: '冉小禾' }]));
    expect(await write(reportOf([nobody, { name: '冉小禾' }]))).toMatchObject({ value: { unchanged: 2 } });
    const shown = { ...nobody, idNumber: fictionalId('1980-01-02', 33) };
    expect(await write(reportOf([shown]))).toMatchObject({ value: { created: 0, updated: 1 } });
    expect(await write(reportOf([shown]))).toMatchObject({ value: { unchanged: 1 } });
    expect(await counted()).toMatchObject({ persons: 2, wishes: 2 });
  });

  it('of another district gives its own book, and one identity ties both', async () => {
    await write(reportOf([TAN]));
    const elsewhere = reportOf([{ ...TAN, areaCode: '500112000000' }]);
    const other = await write(elsewhere, { eyes: '500112000000', area: '500112000000' });
    expect(other).toMatchObject({ value: { created: 1 } });
    const identities = await Promise.all(
      [DISTRICT, '500112000000'].map(
        async (area) =>
          (
            await asOffice(area, (tx) =>
              sql<{ identity: string }>`select identity from people_person`.execute(tx),
            )
          ).rows,
      ),
    );
    expect(identities[0]).toHaveLength(1);
    expect(identities[0]).toEqual(identities[1]);
  });

  it('names a person whom another town of the district has, and changes nothing unless bad rows are skipped', async () => {
    await write(reportOf([TAN]));
    const rows = reportOf([
      { ...TAN, areaCode: '500156102000' },
      { name: '周麦穗', idNumber: fictionalId('1994-04-04', 44), areaCode: '500156102000' },
    ]);
    const town = { eyes: '500156102000', area: '500156102000' };
    const before = await counted();
    expect(await write(rows, { ...town, skipBad: false })).toMatchObject({
      refusal: { code: 'people.roster_has_bad_rows', facts: { bad: 1 } },
    });
    expect(await counted()).toEqual(before);
    expect(await write(rows, town)).toMatchObject({
      value: { created: 1, rejected: [{ row: 2, code: 'people.registered_elsewhere' }] },
    });
    expect(await counted()).toMatchObject({ persons: 2 });
  });
});

describe('parties', () => {
  const wenzhou = { destination: '浙江省温州市鹿城区', destinationCode: '330302' };
  const id = (order: number) => fictionalId('1980-05-05', order);
  const party = async () => Object.fromEntries((await wishes()).map((it) => [it.name, it.party]));

  it('are households with one destination and a common day, and companions by name', async () => {
    const rows = reportOf([
      {
        name: '甲一',
        idNumber: id(1),
        householdNo: '7',
        ...wenzhou,
        departFrom: '2022-02-12',
        departTo: '2022-02-14',
      },
      {
        name: '甲二',
        idNumber: id(3),
        householdNo: '7',
        ...wenzhou,
        departFrom: '2022-02-13',
        departTo: '2022-02-13',
      },
      {
        name: '甲三',
        idNumber: id(5),
        householdNo: '7',
        ...wenzhou,
        departFrom: '2022-02-20',
        departTo: '2022-02-21',
      },
      { name: '甲四', idNumber: id(7), householdNo: '7', destination: '广东省', destinationCode: '440000' },
      { name: '甲五', idNumber: id(9), householdNo: '7', ...wenzhou, willing: false },
      { name: '周和平', idNumber: id(11), ...wenzhou },
      { name: '乙一', idNumber: id(13), ...wenzhou, companions: '与周和平同行' },
    ]);
    await write(rows);
    const ids = await party();
    expect(ids.甲一).toBe(ids.甲二);
    expect(ids.乙一).toBe(ids.周和平);
    expect(new Set(Object.values(ids)).size).toBe(5);
    expect(await write(rows)).toMatchObject({ value: { unchanged: 7 } });
    expect(await party()).toEqual(ids);
  });

  it('part when they go to different places', async () => {
    const two = [
      { name: '甲一', idNumber: id(1), householdNo: '7', ...wenzhou },
      { name: '甲二', idNumber: id(3), householdNo: '7', ...wenzhou },
    ] as const;
    await write(reportOf(two));
    await write(reportOf([two[0], { ...two[1], destination: '广东省', destinationCode: '440000' }]));
    const ids = await party();
    expect(ids.甲一).not.toBe(ids.甲二);
  });
});

it('2,000 rows are written once, and nothing changes when they come again', async () => {
  const rows = reportOf(
    Array.from({ length: 2000 }, (_, i) => ({
      name: `谭秋${'实禾穗云山'.charAt(i % 5)}`,
      idNumber: fictionalId(
        `19${70 + (i % 30)}-0${1 + (Math.floor(i / 30) % 9)}-1${Math.floor(i / 270) % 10}`,
        i % 997,
      ),
      phone: `199${String(i).padStart(8, '0')}`,
      householdNo: String(Math.floor(i / 2)),
      destination: '浙江省温州市鹿城区',
      destinationCode: '330302',
    })),
  );
  await write(reportOf([TAN]));
  expect(await write(rows)).toMatchObject({ value: { created: 2000 } });
  expect(await write(rows)).toMatchObject({ value: { unchanged: 2000 } });
});
