import type { FieldChanges } from '@fangang/domain/people/api.ts';
import type { RosterRow } from '@fangang/domain/people/roster.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import {
  type Changed,
  newCareGroups,
  type PersonFacts,
  partiesOf,
  personAfter,
  personOf,
  type RosterPersonField,
  type WishFacts,
  wishAfterRow,
  wishOf,
} from '@fangang/domain/people/rules-roster.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, type NumberKeys } from '../platform/index-keys.ts';
import type { Secrets } from '../platform/secrets.ts';
import { insideOnly } from '../platform/witness.ts';
import { districtDigits, openNumber } from './sealed-numbers.ts';
import { type FoundPerson, findCare, findKnown, findWishes } from './store-roster.ts';
import type { WishRow } from './tables.ts';

/** What one row comes to: a person new or known, and the wish. */
export interface RowPlan {
  readonly row: RosterRow;
  readonly personId: string;
  readonly known: FoundPerson | undefined;
  /** Of a known person, numbers in the clear. */
  readonly before: PersonFacts | undefined;
  readonly person: Changed<PersonFacts, RosterPersonField>;
  readonly newCare: readonly CareGroup[];
  readonly wishId: string;
  readonly knownWish: WishRow | undefined;
  readonly wish: Changed<WishFacts, keyof WishFacts | 'party'>;
  readonly party: string;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

/** Whether a row changes anything on the books. */
export function outcomeOf(plan: RowPlan): Outcome {
  if (!plan.known) return 'created';
  const changed =
    plan.person.fields.length > 0 ||
    plan.newCare.length > 0 ||
    !plan.knownWish ||
    plan.wish.fields.length > 0;
  return changed ? 'updated' : 'unchanged';
}

/** How often the rows fill a field that the books leave empty, or say otherwise; the most changed first. */
export function fieldChanges(plans: readonly RowPlan[]): FieldChanges[] {
  const counts = new Map<string, { fills: number; differs: number }>();
  const count = (field: string, before: unknown): void => {
    const at = counts.get(field) ?? { fills: 0, differs: 0 };
    if (before === null || before === undefined) at.fills += 1;
    else at.differs += 1;
    counts.set(field, at);
  };
  for (const { known, before, person, knownWish, wish } of plans) {
    if (!known) continue;
    for (const field of person.fields) count(field, before?.[field]);
    const wished = knownWish && wishFacts(knownWish);
    if (wished) for (const field of wish.fields) if (field !== 'party') count(field, wished[field]);
  }
  return [...counts]
    .map(([field, n]) => ({ field, ...n }))
    .sort((a, b) => b.fills + b.differs - a.fills - a.differs);
}

/** A person's row as facts: numbers opened, for comparing inside the program only. */
function factsOf(secrets: Secrets, person: FoundPerson): PersonFacts {
  const unseen = insideOnly('compareRoster');
  return {
    name: person.name,
    area: person.area,
    gender: person.gender,
    birth: person.birth,
    idNumber: openNumber(secrets, person, 'id_sealed', unseen),
    idKind: person.id_kind,
    phone: openNumber(secrets, person, 'phone_sealed', unseen),
    phone2: openNumber(secrets, person, 'phone2_sealed', unseen),
    household: person.household_number,
    nation: person.nation,
    education: person.education,
    jobType: person.job_type,
    workplace: person.workplace,
    relation: person.relation,
    address: person.address,
    laborAbility: person.labor_ability,
  };
}

interface Match {
  readonly person: FoundPerson;
  readonly facts: PersonFacts;
}

/** The people on the books that rows may mean; each answers to one row at most. */
class Books {
  readonly #byId = new Map<string, Match>();
  readonly #withoutPapers = new Map<string, Match[]>();

  constructor(secrets: Secrets, people: readonly FoundPerson[]) {
    for (const person of people) {
      const match = { person, facts: factsOf(secrets, person) };
      const district = districtDigits(person.area);
      if (match.facts.idNumber !== null) this.#byId.set(`${district} ${match.facts.idNumber}`, match);
      else {
        const key = `${district} ${person.name}`;
        this.#withoutPapers.set(key, [...(this.#withoutPapers.get(key) ?? []), match]);
      }
    }
  }

  /** By ID number; else somebody without papers of the same name, and the same birth or telephone. */
  take(row: RosterRow, area: string): Match | undefined {
    const district = districtDigits(area);
    const byId = row.idNumber === null ? undefined : this.#byId.get(`${district} ${row.idNumber}`);
    if (byId) return byId;
    const named = this.#withoutPapers.get(`${district} ${row.name}`) ?? [];
    const found = named.find((it) => isSame(it.facts, row, area));
    if (found) {
      this.#withoutPapers.set(
        `${district} ${row.name}`,
        named.filter((it) => it !== found),
      );
    }
    return found;
  }
}

function isSame(known: PersonFacts, row: RosterRow, area: string): boolean {
  const birth = known.birth !== null && known.birth === row.birthDate;
  const phone = known.phone !== null && known.phone === row.phone;
  // A number now shown for the first time must be borne out by the birth it holds.
  if (row.idNumber !== null) return birth && (phone || known.area === area);
  const differs = known.birth !== null && row.birthDate !== undefined && !birth;
  const nothing = known.birth === null && known.phone === null && !row.birthDate && !row.phone;
  return known.area === area && !differs && (birth || phone || nothing);
}

function wishFacts(wish: WishRow): WishFacts {
  return {
    kind: wish.kind,
    mode: wish.mode,
    destination: wish.destination,
    destinationText: wish.destination_text,
    gateText: wish.gate_text,
    earliest: wish.earliest,
    latest: wish.latest,
    wheelchair: wish.wheelchair,
    remark: wish.remark,
  };
}

/**
 * The party of each row: the one its people have, else a new one. People who were one party and now go to different
 * places are parted; who travels alone keeps the party of before.
 */
function partyIds(rows: readonly RosterRow[], wishes: readonly (WishRow | undefined)[]): readonly string[] {
  const leads = partiesOf(rows);
  const ids = new Map<number, string>();
  const places = new Map<string, string>();
  leads.forEach((lead, i) => {
    const before = wishes[i]?.party;
    if (before === undefined || ids.has(lead)) return;
    const place = rows[i]?.destinationCode ?? wishes[i]?.destination ?? rows[i]?.destination ?? '';
    if ((places.get(before) ?? place) !== place) return;
    places.set(before, place);
    ids.set(lead, before);
  });
  return leads.map((lead) => {
    const id = ids.get(lead) ?? newId();
    ids.set(lead, id);
    return id;
  });
}

export interface PlanInput {
  readonly keys: NumberKeys;
  readonly rows: readonly RosterRow[];
  readonly area: string;
  readonly season: string;
  /** The roster has a column on access needs. */
  readonly accessSaid: boolean;
}

/** Compares clean rows with the books; writes nothing. */
export async function planRows(tx: Tx, input: PlanInput): Promise<readonly RowPlan[]> {
  const { keys, rows, area, season } = input;
  const areas = rows.map((row) => row.areaCode ?? area);
  const indexes = rows.flatMap((row, i) =>
    row.idNumber === null
      ? []
      : [indexesOf(keys, 'idNumber', districtDigits(areas[i] ?? area), row.idNumber)],
  );
  const districts = [...new Set(areas.map(districtDigits))];
  const found = { now: indexes.map((it) => it.now), next: indexes.flatMap((it) => it.next ?? []) };
  const people = await findKnown(tx, districts, found, [...new Set(rows.map((it) => it.name))]);
  const books = new Books(keys.secrets, people);
  const matches = rows.map((row, i) => books.take(row, areas[i] ?? area));
  const known = matches.flatMap((it) => (it ? [it.person.id] : []));
  const care = new Map<string, CareGroup[]>();
  for (const it of await findCare(tx, known))
    care.set(it.person_id, [...(care.get(it.person_id) ?? []), it.kind]);
  const wishOfPerson = new Map((await findWishes(tx, season, known)).map((it) => [it.person_id, it]));
  const wishes = matches.map((it) => it && wishOfPerson.get(it.person.id));
  const parties = partyIds(rows, wishes);
  return rows.map((row, i) => {
    const match = matches[i];
    const knownWish = wishes[i];
    const party = parties[i] as string;
    return {
      row,
      personId: match?.person.id ?? newId(),
      known: match?.person,
      before: match?.facts,
      person: match ? personAfter(match.facts, row) : { after: personOf(row, area), fields: [] },
      newCare: newCareGroups(match ? (care.get(match.person.id) ?? []) : [], row),
      wishId: knownWish?.id ?? newId(),
      knownWish,
      wish: wishPlan(knownWish, row, party, input.accessSaid),
      party,
    };
  });
}

/** A wish withdrawn or met another way is left alone: an old list does not bring it back. */
function wishPlan(
  known: WishRow | undefined,
  row: RosterRow,
  party: string,
  accessSaid: boolean,
): RowPlan['wish'] {
  if (!known) return { after: wishOf(row), fields: [] };
  const facts = wishFacts(known);
  if (!isLive(known.status)) return { after: facts, fields: [] };
  const { after, fields } = wishAfterRow(facts, row, accessSaid);
  return { after, fields: known.party === party ? fields : [...fields, 'party'] };
}
