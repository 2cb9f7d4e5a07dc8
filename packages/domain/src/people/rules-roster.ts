import { areaRange } from '../offices/schema.ts';
import type { LaborAbility } from './registry.ts';
import type { RosterRow } from './roster.ts';
import { readLaborAbility } from './rules-registry.ts';
import type { CareGroup, PersonField, WishKind, WishMode } from './schema.ts';

/** What the books say of a person, numbers in the clear: for comparing only. */
export interface PersonFacts {
  readonly name: string;
  readonly area: string;
  readonly gender: 'male' | 'female' | null;
  readonly birth: string | null;
  /** Null = without papers. */
  readonly idNumber: string | null;
  readonly idKind: RosterRow['idKind'];
  readonly phone: string | null;
  readonly phone2: string | null;
  /** Number of the household in its village. */
  readonly household: string | null;
  readonly nation: string | null;
  readonly education: string | null;
  readonly jobType: string | null;
  readonly workplace: string | null;
  readonly relation: string | null;
  readonly address: string | null;
  readonly laborAbility: LaborAbility | null;
}

/** Fields of a person's row that a roster can say. */
export type RosterPersonField = Extract<PersonField, keyof PersonFacts>;

/** What a wish says, but for who travels along. */
export interface WishFacts {
  readonly kind: WishKind;
  readonly mode: WishMode;
  readonly destination: string | null;
  readonly destinationText: string | null;
  readonly gateText: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly wheelchair: boolean;
  readonly remark: string | null;
}

export interface Changed<Facts, Field = keyof Facts> {
  readonly after: Facts;
  readonly fields: readonly Field[];
}

function joined(parts: readonly (string | undefined)[], by: string): string | null {
  return [...new Set(parts.filter((it) => it !== undefined))].join(by) || null;
}

/** A person as a row tells, registered in `area` where the row names no village. */
export function personOf(row: RosterRow, area: string): PersonFacts {
  return {
    name: row.name,
    area: row.areaCode ?? area,
    gender: row.gender ?? null,
    birth: row.birthDate ?? null,
    idNumber: row.idNumber,
    idKind: row.idKind,
    phone: row.phone ?? null,
    phone2: row.phone2 ?? null,
    household: row.householdNo ?? null,
    nation: row.nation ?? null,
    education: row.education ?? null,
    jobType: row.jobType ?? null,
    workplace: joined([row.workplace, row.employer], ' '),
    relation: row.relation ?? null,
    address: row.address ?? null,
    laborAbility: readLaborAbility(row.laborAbility ?? '') ?? null,
  };
}

/**
 * A known person after a row: what the row says wins, what it does not say stays. A town never replaces a village
 * within it, and a number once known is not taken away.
 */
export function personAfter(known: PersonFacts, row: RosterRow): Changed<PersonFacts, RosterPersonField> {
  const said = personOf(row, known.area);
  const { from, to } = areaRange(said.area);
  const area = known.area >= from && known.area <= to ? known.area : said.area;
  const idNumber = known.idNumber ?? said.idNumber;
  const after: PersonFacts = {
    name: said.name,
    area,
    gender: said.gender ?? known.gender,
    birth: said.birth ?? known.birth,
    idNumber,
    idKind: known.idNumber === null ? said.idKind : known.idKind,
    phone: said.phone ?? known.phone,
    phone2: said.phone2 ?? known.phone2,
    household: said.household ?? known.household,
    nation: said.nation ?? known.nation,
    education: said.education ?? known.education,
    jobType: said.jobType ?? known.jobType,
    workplace: said.workplace ?? known.workplace,
    relation: said.relation ?? known.relation,
    address: said.address ?? known.address,
    laborAbility: said.laborAbility ?? known.laborAbility,
  };
  const fields = PERSON_FIELDS.filter((it) => after[it] !== known[it]);
  return { after, fields };
}

const PERSON_FIELDS = [
  'name',
  'area',
  'gender',
  'birth',
  'idNumber',
  'phone',
  'phone2',
  'household',
  'nation',
  'education',
  'jobType',
  'workplace',
  'relation',
  'address',
  'laborAbility',
] as const satisfies readonly RosterPersonField[];

/** Care groups a row names that the books do not hold yet; what a row leaves out stays. */
export function newCareGroups(known: readonly CareGroup[], row: RosterRow): readonly CareGroup[] {
  return row.careGroups.filter((it) => !known.includes(it));
}

/** Stays where the row says no; back to the same job where it names a workplace or a destination, else a new job. */
function kindOf(row: RosterRow): WishKind {
  if (row.willing === false) return 'stayHome';
  return row.workplace || row.employer || row.destination ? 'sameJob' : 'newJob';
}

/** The wish a row tells, for a person without one in this season. Who does not say how goes by our transport. */
export function wishOf(row: RosterRow): WishFacts {
  return {
    kind: kindOf(row),
    mode: row.mode ?? 'ours',
    destination: row.destinationCode?.slice(0, 6) ?? null,
    destinationText: row.destination ?? null,
    gateText: row.gate ?? row.employer ?? null,
    earliest: row.departFrom ?? null,
    latest: row.departTo ?? null,
    wheelchair: row.wheelchair,
    remark: joined([row.remark, row.accessNote], '；'),
  };
}

/** The row speaks of the kind only where it says willing or not, or names a place where none was known. */
function kindAfter(known: WishFacts, row: RosterRow): WishKind {
  const said = kindOf(row);
  if (row.willing === false) return said;
  const goes = known.kind === 'sameJob' || known.kind === 'newJob';
  if (row.willing === true && !goes) return said;
  const firstPlace = known.kind === 'newJob' && known.destinationText === null && known.gateText === null;
  return firstPlace ? said : known.kind;
}

/**
 * A known wish after a row: what the row says wins, what it does not say stays.
 *
 * @param accessSaid the roster has a column on access needs: then "no" is said, too.
 */
export function wishAfterRow(known: WishFacts, row: RosterRow, accessSaid: boolean): Changed<WishFacts> {
  const said = wishOf(row);
  const placed = said.destinationText !== null;
  const after: WishFacts = {
    kind: kindAfter(known, row),
    mode: row.mode ?? known.mode,
    destination: placed ? said.destination : known.destination,
    destinationText: placed ? said.destinationText : known.destinationText,
    gateText: said.gateText ?? known.gateText,
    earliest: said.earliest ?? known.earliest,
    latest: said.latest ?? known.latest,
    wheelchair: accessSaid || said.wheelchair ? said.wheelchair : known.wheelchair,
    remark: said.remark ?? known.remark,
  };
  const fields = (Object.keys(after) as (keyof WishFacts)[]).filter((it) => after[it] !== known[it]);
  return { after, fields };
}

/** Sets that grow together: each member leads to the least one of its set. */
class Sets {
  readonly #up: number[];
  constructor(count: number) {
    this.#up = Array.from({ length: count }, (_, i) => i);
  }
  of(i: number): number {
    let at = i;
    while (this.#up[at] !== at) at = this.#up[at] as number;
    this.#up[i] = at;
    return at;
  }
  join(a: number, b: number): void {
    const [x, y] = [this.of(a), this.of(b)];
    this.#up[Math.max(x, y)] = Math.min(x, y);
  }
}

/** The one row that a name in another row's companions means: of the same village, else town, else any; several = none. */
function companion(rows: readonly RosterRow[], of: RosterRow, named: readonly number[]): number | undefined {
  for (const digits of [12, 9, 0]) {
    const near = named.filter(
      (i) => rows[i]?.areaCode?.slice(0, digits) === of.areaCode?.slice(0, digits) || digits === 0,
    );
    if (near.length > 0) return near.length === 1 ? near[0] : undefined;
  }
  return undefined;
}

/** Names of the roster that a text holds, the longest first where one begins another. */
function namesIn(text: string, known: ReadonlyMap<string, unknown>): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length - 1; at += 1) {
    for (let length = Math.min(15, text.length - at); length >= 2; length -= 1) {
      const name = text.slice(at, at + length);
      if (!known.has(name)) continue;
      found.push(name);
      at += length - 1;
      break;
    }
  }
  return found;
}

function acquainted(rows: readonly RosterRow[]): Sets {
  const sets = new Sets(rows.length);
  const households = new Map<string, number>();
  const byName = new Map<string, number[]>();
  rows.forEach((row, i) => {
    byName.set(row.name, [...(byName.get(row.name) ?? []), i]);
    if (row.householdNo === undefined) return;
    const key = `${row.areaCode ?? ''} ${row.householdNo}`;
    const first = households.get(key);
    if (first === undefined) households.set(key, i);
    else sets.join(first, i);
  });
  rows.forEach((row, i) => {
    for (const name of namesIn(row.companions ?? '', byName)) {
      const named = (byName.get(name) ?? []).filter((it) => it !== i);
      const found = companion(rows, row, named);
      if (found !== undefined) sets.join(i, found);
    }
  });
  return sets;
}

/**
 * Who travels together: people of one household, or named as companions, with the same destination, the same way of
 * travel and a day that suits all of them. Answers for each row the first row of its party.
 */
export function partiesOf(rows: readonly RosterRow[]): readonly number[] {
  const sets = acquainted(rows);
  const groups = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const place = row.willing === false ? undefined : (row.destinationCode ?? row.destination);
    const key = place === undefined ? `alone ${i}` : `${sets.of(i)} ${row.mode ?? 'ours'} ${place}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  const leads: number[] = rows.map((_, i) => i);
  const from = (i: number) => rows[i]?.departFrom ?? '';
  for (const members of groups.values()) {
    const ordered = [...members].sort((a, b) => (from(a) < from(b) ? -1 : from(a) > from(b) ? 1 : a - b));
    let until = '';
    let party: number[] = [];
    const close = () => {
      const lead = Math.min(...party);
      for (const i of party) leads[i] = lead;
    };
    for (const i of ordered) {
      const to = rows[i]?.departTo ?? '9999-12-31';
      if (party.length > 0 && from(i) > until) {
        close();
        party = [];
      }
      until = party.length === 0 || to < until ? to : until;
      party.push(i);
    }
    close();
  }
  return leads;
}
