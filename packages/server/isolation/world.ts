import type { Secrets } from '../src/platform/secrets.ts';
import type { Canaries } from './canaries.ts';
import type { RowFacts } from './oracle.ts';
import type { StaffSpec } from './staff.ts';
import { addAccount, type WorldAccount } from './world-accounts.ts';
import { addDuplicates } from './world-duplicates.ts';
import {
  type DistrictAreas,
  EARLIER,
  type Gate,
  Maker,
  type Row,
  SEASON,
  type WorldPerson,
  type WorldTrip,
} from './world-maker.ts';
import { addPerson } from './world-people.ts';
import { addFleet, openTrip, writeTrip } from './world-trips.ts';

/** The made world: rows to write by table, and whose every canary is. */
export interface World {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly canaries: Canaries;
  readonly people: readonly WorldPerson[];
  readonly trips: readonly WorldTrip[];
  readonly accounts: readonly WorldAccount[];
}

/** Employers of the world, and who works in which office: known before the rows are made. */
export interface WorldAsk {
  readonly seed: number;
  readonly employers: readonly string[];
  readonly staff: readonly StaffSpec[];
}

/** Makes the world of a seed: every stored text is a canary, every number and id is known. Synthetic throughout. */
export function makeWorld(districts: readonly DistrictAreas[], secrets: Secrets, ask: WorldAsk): World {
  const maker = new Maker(secrets, ask.seed);
  const gates = ask.employers.map((employer, i) => addEmployer(maker, employer, i));
  districts.forEach((district, i) => {
    const at = (n: number) => gates[(i + n) % gates.length] as Gate;
    const of = (role: string) =>
      ask.staff.find((it) => !it.spare && it.role === role && it.area === district.code) as StaffSpec;
    addDistrict(maker, district, {
      gates: [at(0), at(1)],
      escort: of('escort').id,
      ledger: of('laborBroker').office,
    });
    addDuplicates(maker, district, of('laborBroker').office);
  });
  addTwice(maker, districts);
  addTransfers(maker, districts);
  addShare(maker, districts);
  const accounts = ask.staff.map((staff) => addAccount(maker, staff, factsOf(maker, staff)));
  addLeave(maker, districts, ask.staff);
  addLookers(maker, districts);
  const { rows, canaries, people, trips } = maker;
  return { rows, canaries, people, trips, accounts };
}

function addEmployer(maker: Maker, employer: string, i: number): Gate {
  const { canaries } = maker;
  const [gate, ways]: [string, string[]] = [maker.id(), []];
  const open = maker.facts('jobs_employer');
  const contact = maker.facts('jobs_gate.contact', { ways });
  const text = () => canaries.text(open);
  canaries.note(employer, open);
  canaries.note(gate, maker.facts('jobs_gate', { ways }));
  const county = ['440310', '310115', '330203'][i % 3];
  const area = '500000000000';
  maker.put('jobs_employer', { id: employer, area, name: `厂${text()}`, pinyin: text(), county });
  maker.put('jobs_gate', {
    ...{
      id: gate,
      employer_id: employer,
      area,
      name: `门${text()}`,
      pinyin: text(),
      county,
      lon: 114.3,
      lat: 22.7,
      windows: [],
    },
    contact_name: canaries.text(contact),
    contact_phone_sealed: maker.sealedPhone('jobs_gate', 'contact_phone_sealed', gate, contact),
  });
  return { employer, gate, ways };
}

interface DistrictAsk {
  readonly gates: readonly [Gate, Gate];
  readonly escort: string;
  readonly ledger: string;
}

function addDistrict(maker: Maker, { code, towns }: DistrictAreas, ask: DistrictAsk): void {
  const fleet = addFleet(maker, code);
  const open = (kind: WorldTrip['kind']) => openTrip(maker, { ...ask, area: code, kind, fleet });
  const [published, boarding, closed] = [open('published'), open('boarding'), open('closed')];
  for (const town of towns) {
    addPerson(maker, town.code, { trip: closed, ledger: ask.ledger });
    town.villages.forEach((village, i) => {
      addPerson(maker, village, { trip: i < 2 ? published : boarding, ledger: i === 0 ? ask.ledger : null });
      addPerson(maker, village, { ledger: i === 1 ? ask.ledger : null, party: maker.id() });
      addPerson(maker, village, { ledger: null, kind: i === 0 ? 'stayHome' : 'newJob' });
    });
  }
  const pickUps = towns.map((it) => it.code);
  for (const trip of [published, boarding, closed]) writeTrip(maker, trip, pickUps);
  addPapers(maker, code);
}

/** A layout of the office's own, filled once for somebody. */
function addReport(maker: Maker, area: string): void {
  const text = (table: string) => maker.canaries.text(maker.facts(table, { area }));
  const [report, issue] = [maker.id(), maker.id()];
  const person = maker.people.filter((it) => it.area.startsWith(area.slice(0, 6))).at(-1)?.id;
  const seal = (table: string, column: string, row: string, said: string) =>
    maker.secrets.seal({ table, column, row }, said);
  const blank = JSON.stringify({ file: '', grid: [[text('people_report')]] });
  maker.put('people_report', {
    ...{ id: report, area, title: text('people_report'), file: text('people_report'), made_by: 'world' },
    ...{ layout_hash: text('people_report'), map: { sheet: '1', list: null, cells: [] }, made_at: EARLIER },
    file_sealed: seal('people_report', 'file_sealed', report, blank),
  });
  for (const [id, table] of [
    [report, 'people_report'],
    [issue, 'people_report_issue'],
  ] as const)
    maker.canaries.note(id, maker.facts(table, { area }));
  const file = Buffer.from(text('people_report_issue')).toString('base64');
  maker.put('people_report_issue', {
    ...{ id: issue, report_id: report, area, at: EARLIER, actor: 'world', filter: {}, settings: {} },
    ...{ people: 1, added: 1, changed: 0, gone: 0 },
    file_sealed: seal('people_report_issue', 'file_sealed', issue, file),
    cells_sealed: seal('people_report_issue', 'cells_sealed', issue, '{}'),
  });
  const line = { issue_id: issue, person_id: person, area, no: 1, hash: Buffer.from('00'), change: 'new' };
  maker.put('people_report_line', line);
}

/** What lies about: an imported file, what was said of its columns, an audit row. */
function addPapers(maker: Maker, area: string): void {
  const text = (table: string) => maker.canaries.text(maker.facts(table, { area }));
  const file = {
    season: SEASON,
    area,
    at: EARLIER,
    actor: 'world',
    counts: { rows: 3, created: 2, updated: 1, unchanged: 0, bad: 0 },
  };
  maker.put('people_import', {
    ...file,
    id: maker.id(),
    file: text('people_import'),
    sha256: text('people_import'),
  });
  maker.put('people_mapping', { area, headers_hash: text('people_mapping'), choice: { A: 'name' } });
  addReport(maker, area);
  const run = maker.id();
  maker.canaries.note(run, maker.facts('people_retention_run', { area }));
  maker.put('people_retention_run', {
    ...{ id: run, area, at: EARLIER, ended_before: '2021-07-01', erased: 1, still_travel: 2, actor: 'world' },
  });
  const told = text('figures_comparison');
  const counts = { wants: 7, unmet: null, persons: 9, signedFor: null };
  maker.put('figures_comparison', {
    ...{ season: SEASON, area, as_of: EARLIER, published_at: EARLIER, published_by: run },
    cells: {
      asOf: '2022-02-10T17:00:00+08:00',
      rows: [{ area, name: told, pinyin: told, own: true, runs: 1, ...counts }],
      total: { runs: 1, ...counts },
    },
  });
  const facts = { what: text('offices_audit') };
  maker.put('offices_audit', {
    id: maker.id(),
    at: EARLIER,
    actor: 'world',
    area,
    action: 'people.care_read',
    facts,
  });
}

/** The same person on the books of two districts, of which neither may learn. */
function addTwice(maker: Maker, districts: readonly DistrictAreas[]): void {
  const villages = districts.map((it) => it.towns[0]?.villages[0] as string);
  const [one, two, city] = [maker.id(), maker.id(), '500000000000'];
  const told = maker.facts('people_collision', { area: city });
  for (const mark of [one, two]) maker.canaries.note(mark, told);
  maker.put('people_collision', {
    ...{
      first_person: one,
      second_person: two,
      area: city,
      first_area: villages[0],
      second_area: villages[1],
    },
    ...{ first_office: maker.canaries.text(told), second_office: maker.canaries.text(told) },
    ...{ how: 'bothRight', actor: 'world', at: EARLIER },
  });
  const same = addPerson(maker, villages[0] as string, { ledger: null });
  addPerson(maker, villages[1] as string, { ledger: null, same });
}

/** Each district asks the next one for somebody, and has answered once itself. */
function addTransfers(maker: Maker, districts: readonly DistrictAreas[]): void {
  const { canaries, secrets } = maker;
  districts.forEach(({ code, towns }, i) => {
    const next = districts[(i + 1) % districts.length] as DistrictAreas;
    const [home, toArea] = [next.towns[0]?.villages[1] as string, towns[0]?.code as string];
    const { idNumber, id: person } = addPerson(maker, home, { ledger: null, askedFor: toArea });
    const [asking, settled] = [maker.id(), maker.id()];
    const mine = maker.facts('people_transfer', { area: code });
    const office = canaries.text(mine);
    // The holder reads who asks: that is what the asking is for.
    for (const mark of [office, asking]) canaries.note(mark, maker.facts('people_transfer', { area: home }));
    for (const mark of [asking, settled]) canaries.note(mark, mine);
    const common = {
      ...{ area: code, area_upto: `${code.slice(0, 6)}999999`, to_area: toArea, why: 'livesHere' },
      ...{ asked_by: maker.id(), asked_at: EARLIER, expires_at: '2022-02-25T10:00:00+08:00' },
    };
    maker.put('people_transfer', {
      ...{
        ...common,
        id: asking,
        office_name: office,
        how: 'idNumber',
        tail: idNumber.slice(-4),
        state: 'asked',
      },
      id_index: secrets.blindIndex('idNumber', '', idNumber, 1),
    });
    maker.put('people_transfer', {
      ...{ ...common, id: settled, office_name: office, how: 'nameTail', tail: '0000', state: 'withdrawn' },
      name: canaries.text(mine),
    });
    const told = maker.facts('people_transfer_answer', { area: home });
    maker.put('people_transfer_answer', {
      ...{ transfer_id: settled, person_id: person, area: home, answer: 'refused', reason: 'otherPerson' },
      ...{ office_name: canaries.text(told), from_area: code, actor: 'world', at: EARLIER },
    });
    canaries.note(settled, told);
    const rider = maker.people.find((it) => it.trip !== null && it.area.startsWith(code.slice(0, 6)));
    if (rider) addGuest(maker, rider, code);
  });
}

/** Who gives a share away reads who has looked at it. */
function addLookers(maker: Maker, [giver, partner]: readonly DistrictAreas[]): void {
  const { canaries, rows } = maker;
  const told = maker.facts('trips_share_look', { area: giver?.code ?? null });
  for (const it of rows.get('staff') ?? []) {
    if (it.area !== partner?.code || !['districtOfficer', 'dispatcher'].includes(String(it.role))) continue;
    for (const mark of canaries.marksIn(`${it.name} ${it.officeName}`)) canaries.note(mark, told);
  }
}

/** In each district a town's officer is on leave, and the district's officer may act. */
function addLeave(maker: Maker, districts: readonly DistrictAreas[], staff: readonly StaffSpec[]): void {
  for (const { code, towns } of districts) {
    const of = (role: string, area: string) => staff.find((it) => it.role === role && it.area === area);
    const [from, to] = [of('townOfficer', towns[0]?.code ?? ''), of('districtOfficer', code)];
    if (!from || !to) throw new Error(`nobody to go on leave in ${code}`);
    maker.put('offices_delegation', {
      ...{ id: maker.id(), from_staff: from.id, to_staff: to.id, role: from.role, area: from.area },
      ...{ from_day: '2020-01-01', to_day: '2199-12-31' },
    });
  }
}

/** The first district shows the second one a run: names and boarding places become the partner's to see. */
function addShare(maker: Maker, [giver, partner]: readonly DistrictAreas[]): void {
  const run = maker.trips.find((it) => it.kind === 'boarding' && it.area === giver?.code);
  if (!giver || !partner || !run) throw new Error('no run to share');
  const { canaries, rows } = maker;
  const shown = maker.facts('trips_share', { area: partner.code });
  const mine = maker.facts('trips_share', { area: giver.code });
  const aboard = new Set(maker.people.filter((it) => it.trip === run.id).map((it) => it.id));
  const of = (table: string, is: (row: Row) => boolean, ...columns: string[]) =>
    (rows.get(table) ?? []).filter(is).flatMap((row) => columns.map((it) => String(row[it])));
  const texts = [
    ...of('people_person', (it) => aboard.has(String(it.id)), 'name', 'pinyin'),
    ...of('trips_stop', (it) => it.trip_id === run.id && it.kind === 'pickUp', 'name', 'pinyin'),
    ...of('trips_trip', (it) => it.id === run.id, 'code'),
  ];
  const id = maker.id();
  const office = canaries.text(mine);
  for (const mark of [office, id, ...texts.flatMap((it) => [...canaries.marksIn(it)])])
    canaries.note(mark, shown);
  canaries.note(id, mine);
  maker.put('trips_share', {
    ...{ id, area: giver.code, to_area: partner.code, trip_id: run.id, office_name: office },
    ...{ shared_by: maker.id(), shared_at: EARLIER, until: '2022-02-28' },
  });
  maker.put('trips_share_look', {
    ...{ id: maker.id(), share_id: id, area: giver.code, at: EARLIER },
    ...{ staff_name: canaries.text(mine), office_name: canaries.text(mine) },
  });
}

/** A traveller of the own runs whose books went elsewhere. */
function addGuest(maker: Maker, rider: WorldPerson, area: string): void {
  const text = () => maker.canaries.text(maker.facts('trips_guest', { area }));
  maker.put('trips_guest', {
    ...{ person_id: rider.id, area, name: text(), pinyin: text(), id_tail: '1234', phone_tail: '1234' },
  });
}

/** Who may be shown an account's name and its office's. */
function factsOf(maker: Maker, { id, area }: StaffSpec): RowFacts {
  // A ticket names whom to call: somebody of the traveller's town or district.
  const near = maker.people.filter((it) => it.area.startsWith(area.slice(0, 6)) && it.way !== null);
  return maker.facts('offices_staff', { area, actor: id, ways: near.map((it) => it.way as string) });
}
