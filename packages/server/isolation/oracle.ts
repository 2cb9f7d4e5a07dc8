import {
  COLUMN_SEES,
  EYES_OF_ROLE,
  type Eyes,
  FINDS,
  IDS_TOLD,
  OWN,
  PHONE_OPENS,
  type Rule,
  SEES,
} from './policy-table.ts';

/** What a row says about whose it is. */
export interface RowFacts {
  /** A table, or `table.column` of the policy table. */
  readonly of: string;
  readonly area: string | null;
  readonly ledger: string | null;
  /** Employers at whose gates it arrives. */
  readonly employers: readonly string[];
  /** Itineraries it belongs to. */
  readonly ways: readonly string[];
  /** Who wrote it. */
  readonly actor: string | null;
}

/** Somebody who asks. */
export interface Actor {
  readonly name: string;
  readonly role: string;
  readonly eyes: Eyes;
  readonly id: string;
  readonly area: string;
  readonly office: string;
  readonly employer: string | null;
  readonly way: string | null;
  readonly cookie: string;
  /** Asks with the token of a field phone instead of a session: one that is good, or one that was revoked. */
  readonly phone: 'live' | 'revoked' | null;
}

export function eyesOf(role: string): Eyes {
  return EYES_OF_ROLE[role] ?? 'open';
}

/** First and last code of an area: its trailing zeros, in groups of two, four, three and three digits, stand for everything within. */
export function rangeOf(area: string): readonly [from: string, to: string] {
  const groups = [area.slice(0, 2), area.slice(2, 6), area.slice(6, 9), area.slice(9)];
  while (groups.length > 1 && /^0+$/.test(groups.at(-1) ?? '')) groups.pop();
  const fixed = groups.join('');
  return [area, fixed.padEnd(12, '9')];
}

function within(area: string | null, own: string): boolean {
  const [from, to] = rangeOf(own);
  return area !== null && area >= from && area <= to;
}

function districtOf(own: string): string {
  return own.slice(2, 6) === '0000' ? own : `${own.slice(0, 6)}000000`;
}

/** Whether a rule lets this actor have that row. */
export function allows(rule: Rule, actor: Actor, row: RowFacts): boolean {
  switch (rule) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'area':
      return within(row.area, actor.area);
    case 'district':
      return within(row.area, districtOf(actor.area));
    case 'line':
      return within(row.area, districtOf(actor.area)) || (row.area !== null && within(actor.area, row.area));
    case 'ledger':
      return row.ledger !== null && row.ledger === actor.office;
    case 'gates':
      return actor.employer !== null && row.employers.includes(actor.employer);
    case 'way':
      return actor.way !== null && row.ways.includes(actor.way);
    case 'own':
      return row.actor === actor.id;
  }
}

/** Whether the phone behind a request opens this operation: null where somebody asks without one, or where everybody may ask. */
export function phoneOpens(
  { phone, role }: Pick<Actor, 'phone' | 'role'>,
  { name, callers }: { readonly name: string; readonly callers: readonly string[] },
): boolean | null {
  if (phone === null || callers.includes('anyone')) return null;
  return phone === 'live' && (PHONE_OPENS[role] ?? []).includes(name);
}

/** What is wrong with an answer's status to a phone: anything but 401 where it opens nothing, 401 where it opens; null where all is well. */
export function phoneFault(
  actor: Pick<Actor, 'phone' | 'role'>,
  operation: { readonly name: string; readonly callers: readonly string[] },
  status: number,
): string | null {
  const opens = phoneOpens(actor, operation);
  if (opens === false && status !== 401) return `opens to a phone, ${status}`;
  return opens === true && status === 401 ? 'does not open to a phone' : null;
}

/** Whether this actor may be shown that row. */
export function maySee(actor: Actor, row: RowFacts): boolean {
  const rules = COLUMN_SEES[row.of] ?? SEES[row.of];
  if (!rules) throw new Error(`the policy table has no line for ${row.of}`);
  if (OWN.includes(row.of) && actor.id !== '' && row.actor === actor.id) return true;
  return allows(rules[actor.eyes] ?? 'none', actor, row);
}

/** Whether this actor may be shown a mark of that row: one of its texts, numbers, or its id. */
export function mayBeShown(actor: Actor, mark: string, row: RowFacts): boolean {
  const isId = mark.includes('-');
  return maySee(actor, row) || (isId && allows(IDS_TOLD[actor.eyes] ?? 'none', actor, row));
}

/** Whether that row may be looked for by this actor: what may be seen, and a little more. */
export function mayFind(actor: Actor, row: RowFacts): boolean {
  return maySee(actor, row) || allows(FINDS[row.of]?.[actor.eyes] ?? 'none', actor, row);
}
