import { sealWords } from '../src/people/difficulty-words.ts';
import { sealedHistory } from '../src/people/record-history.ts';
import { sealedId, sealedPhone } from '../src/people/sealed-numbers.ts';
import { ticketCodeOf } from '../src/trips/ticket-code.ts';
import { madeNumber } from './id-numbers.ts';
import { EARLIER, type Maker, SEASON } from './world-maker.ts';
import { facesOf, type OpenTrip, seat } from './world-trips.ts';

export interface PersonAsk {
  readonly trip?: OpenTrip;
  readonly ledger: string | null;
  readonly kind?: string;
  readonly party?: string;
  /** A town that has asked for the person, and has the books once they are handed over. */
  readonly askedFor?: string;
  /** On the books of another district already. */
  readonly same?: { readonly identity: string; readonly idNumber: string };
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴'];
const GIVEN = [...'建国秀英志强春梅海燕'];
/** Puts a person with household, wish and care on the books, on a seat where a trip is said; answers id, identity and number. */
export function addPerson(
  maker: Maker,
  area: string,
  ask: PersonAsk,
): { id: string; identity: string; idNumber: string } {
  const { canaries, secrets } = maker;
  const keys = { secrets, indexNo: 1, nextNo: null };
  const n = maker.number();
  const [id, wish, way, leg] = [maker.id(), maker.id(), maker.id(), maker.id()];
  const { identity, idNumber } = ask.same ?? { identity: maker.id(), idNumber: madeNumber(n) };
  const { ledger, trip } = ask;
  const code = ticketCodeOf(secrets, way);
  const rider = { person: id, identity, area, ledger, wish, way, code, leg };
  const whose = trip ? facesOf(trip, rider) : { area, ledger };
  const of = (table: string) => maker.facts(table, whose);
  const note = (mark: string, table: string) => {
    canaries.note(mark, of(table));
    if (ask.askedFor) canaries.note(mark, maker.facts(table, { area: ask.askedFor }));
    return mark;
  };
  const text = (table: string) => note(canaries.text(of(table)), table);
  const phone = `138${String(10_000_000 + n * 13)}`;
  for (const mark of [id, identity]) note(mark, 'people_person');
  for (const mark of [idNumber, phone]) note(mark, 'people_person.number');
  note(wish, 'people_wish');
  const name = `${SURNAMES[n % 10]}${GIVEN[n % 7]}${GIVEN[(n * 3) % 10]}·${text('people_person')}`;
  const household = maker.id();
  maker.put('people_household', { id: household, area, number: text('people_household') });
  if (!ask.same)
    maker.put('people_identity', { id: identity, id_index: secrets.blindIndex('idNumber', '', idNumber, 1) });
  maker.put('people_person', {
    ...{
      id,
      identity,
      area,
      name,
      pinyin: text('people_person'),
      initials: 'wjg',
      gender: n % 2 ? 'female' : 'male',
    },
    ...{
      birth: '1980-01-01',
      id_kind: 'eighteen',
      channel: 'import',
      registered_at: EARLIER,
      registered_by: 'world',
    },
    ...{ ...sealedId(keys, id, area, idNumber), ...sealedPhone(keys, id, area, phone) },
    ...{ household_id: household, ledger_office: ledger },
    ...{ nation: text('people_person'), education: text('people_person') },
    ...{ job_type: text('people_person'), workplace: text('people_person') },
    ...{ address: text('people_person'), registered_place: text('people_person') },
  });
  const mine = { person_id: id, area };
  addBeside(maker, n, mine, { text, note });
  addWish(maker, ask, { ...mine, id: wish, identity }, text);
  const onTrip = trip ? { way, code, leg, trip: trip.id } : { way: null, code: null, leg: null, trip: null };
  maker.people.push({ id, area, ledger, name, idNumber, phone, ...onTrip });
  if (trip) seat(maker, trip, rider);
  return { id, identity, idNumber };
}

/** Care status, consent, what stood before and a need. */
function addBeside(
  maker: Maker,
  n: number,
  mine: { person_id: string; area: string },
  { text, note }: { text: (table: string) => string; note: (mark: string, table: string) => string },
): void {
  if (n % 4 === 0)
    maker.put('people_care', {
      ...mine,
      kind: 'personWithDisability',
      since: '2021-01-01',
      source: text('people_care'),
    });
  if (n % 5 === 0)
    maker.put('people_consent', {
      ...{ ...mine, purpose: 'showToEmployer', state: 'given', how: 'counter' },
      ...{ at: EARLIER, actor: 'world' },
    });
  addParts(maker, mine, text);
  const need = { ...mine, id: note(maker.id(), 'people_need'), season: SEASON, due: '2022-02-14' };
  maker.put('people_need', { ...need, kind: 'health', status: 'open', source: 'said' });
  const told = note(maker.id(), 'people_difficulty');
  maker.put('people_difficulty', {
    ...{ ...mine, id: told, season: SEASON, kind: 'road', channel: 'phone', status: 'answered' },
    ...{ told_at: EARLIER, due: '2022-02-12' },
    told_sealed: sealWords(maker.secrets, told, 'told_sealed', text('people_difficulty.told')),
    answer_sealed: sealWords(maker.secrets, told, 'answer_sealed', text('people_difficulty')),
  });
}

/** Parts of the record, and what stood there before. */
function addParts(
  maker: Maker,
  mine: { person_id: string; area: string },
  text: (table: string) => string,
): void {
  const { person_id: personId, area } = mine;
  const [spell, certificate] = [maker.id(), maker.id()];
  const days = { from_day: '2020-01-01', to_day: '2020-12-31', source: 'declared', county: '440310' };
  const worked = {
    employer: text('people_spell'),
    occupation: text('people_spell'),
    monthly_pay_fen: 500_000,
  };
  maker.put('people_spell', { ...mine, ...days, ...worked, id: spell });
  maker.put('people_skill', { ...mine, id: maker.id(), name: text('people_skill'), source: 'declared' });
  const place = { table: 'people_certificate', column: 'number_sealed', row: certificate };
  maker.put('people_certificate', {
    ...{ ...mine, id: certificate, name: text('people_certificate'), level: text('people_certificate') },
    number_sealed: maker.secrets.seal(place, text('people_certificate')),
  });
  const before = { workplace: text('people_history') };
  const changed = { part: 'person' as const, record: null, fields: ['workplace'], before };
  const kept = { personId, area, at: EARLIER, actor: 'world', ...changed };
  const { personId: _, ...row } = sealedHistory(maker.secrets, kept, maker.id());
  maker.put('people_history', { ...row, person_id: personId, fields: '{workplace}' });
}

/** What the person wishes, and what the journal says of both. */
function addWish(
  maker: Maker,
  ask: PersonAsk,
  it: { id: string; person_id: string; identity: string; area: string },
  text: (table: string) => string,
): void {
  const { identity, area, person_id } = it;
  const said = { kind: ask.kind ?? 'sameJob', mode: 'ours', destination: '440310' };
  maker.put('people_wish', {
    ...{ ...it, ...said, season: SEASON, ledger_office: ask.ledger, party: ask.party ?? it.id },
    ...{ destination_text: text('people_wish'), gate_text: text('people_wish'), remark: text('people_wish') },
    ...{ may_part: false, wheelchair: false, status: 'confirmed', recorded_at: EARLIER },
    unplaced_reason: ask.trip ? null : 'no_seat',
    unplaced_remedy: ask.trip ? null : 'next_run',
    unplaced_numbers: ask.trip ? null : {},
  });
  const known = { identity, channel: 'import' };
  maker.event({ subject: person_id, type: 'people.person_registered', area, data: known });
  maker.event({
    subject: it.id,
    type: 'people.wish_recorded',
    area,
    data: { person: person_id, identity, ...said },
  });
}
