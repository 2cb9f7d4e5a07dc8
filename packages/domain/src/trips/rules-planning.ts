import { accept, type Result, refuse } from '../basics/result.ts';

export type ProposalState = 'running' | 'ready' | 'committed' | 'discarded' | 'failed';

/** Which state of a draft plan may follow which: nothing moves until it is committed, and that happens once. */
export const PROPOSAL_NEXT = {
  running: ['ready', 'failed', 'discarded'],
  ready: ['committed', 'discarded'],
  committed: [],
  discarded: [],
  failed: ['discarded'],
} as const satisfies Record<ProposalState, readonly ProposalState[]>;

type NotReady = { code: 'trips.proposal_not_ready'; facts: { state: ProposalState } };

/** A draft plan becomes `to`. Refuses a step its state does not allow: a plan is committed once. */
export function proposalStep(
  from: ProposalState,
  to: 'committed' | 'discarded',
): Result<ProposalState, NotReady> {
  const next: readonly ProposalState[] = PROPOSAL_NEXT[from];
  return next.includes(to)
    ? accept(to)
    : refuse({ code: 'trips.proposal_not_ready', facts: { state: from } });
}

/** So many coaches of so many seats: "3 × 49". */
export interface FleetLine {
  readonly seats: number;
  readonly count: number;
}

type BadFleet = { code: 'trips.fleet_not_understood'; facts: { text: string } };

const MOST_SEATS = 120;
const MOST_COACHES = 500;

/**
 * Reads a fleet as people write it: `3 × 49`, `3x49,1x19`, `3辆49座、1 × 19`. Coaches first, seats second; full-width digits too.
 *
 * An empty text is no fleet (what the district can hire then counts). Refuses what it does not understand.
 */
export function readFleet(text: string): Result<readonly FleetLine[], BadFleet> {
  const plain = text.normalize('NFKC').replace(/座|seats?|个/gi, ' ');
  const parts = plain.split(/[,;、，；]|\s\+\s/).map((it) => it.trim());
  const lines: FleetLine[] = [];
  for (const part of parts.filter((it) => it !== '')) {
    const found = /^(\d{1,3})\s*(?:[x×*]|辆|buses of|coaches of)\s*(\d{1,3})$/i.exec(part);
    const line = { count: Number(found?.[1]), seats: Number(found?.[2]) };
    if (!found || line.count > MOST_COACHES || line.seats < 1 || line.seats > MOST_SEATS) {
      return refuse({ code: 'trips.fleet_not_understood', facts: { text: part.slice(0, 30) } });
    }
    if (line.count > 0) lines.push(line);
  }
  return accept(lines);
}

/** `3 × 49 + 1 × 19` */
export function writeFleet(fleet: readonly FleetLine[]): string {
  return fleet.map((it) => `${it.count} × ${it.seats}`).join(' + ');
}

/**
 * Code of a run: `WL0212-01`, a feeder `WL0212-J01`, a last mile `WL0212-M01`.
 *
 * `letters` are the initials of the district's name; `taken` are the codes the season has under them already.
 */
export function tripCodes(
  letters: string,
  trips: readonly { readonly role: 'main' | 'feeder' | 'lastMile'; readonly day: string }[],
  taken: Iterable<string>,
): string[] {
  const used = new Set(taken);
  const mark = { main: '', feeder: 'J', lastMile: 'M' } as const;
  const next = new Map<string, number>();
  return trips.map(({ role, day }) => {
    const head = `${letters}${day.slice(5, 7)}${day.slice(8, 10)}-${mark[role]}`;
    let no = next.get(head) ?? 1;
    while (used.has(`${head}${String(no).padStart(2, '0')}`)) no++;
    next.set(head, no + 1);
    const code = `${head}${String(no).padStart(2, '0')}`;
    used.add(code);
    return code;
  });
}

export interface OwnerCandidate {
  readonly id: string;
  readonly role: string;
  readonly area: string;
}

const OWNER_ROLES = ['dispatcher', 'districtOfficer', 'townOfficer', 'cityOfficer'];

/**
 * Who answers for a person without a way: the dispatcher of the person's district, else its officer, else the clerk of the person's town,
 * else the city's officer. Undefined only where no such account exists (law 7 then names the office that asked).
 */
export function ownerOf(staff: readonly OwnerCandidate[], area: string): string | undefined {
  const mine = staff.filter((it) => {
    if (it.role === 'townOfficer') return it.area.slice(0, 9) === area.slice(0, 9);
    if (it.role === 'cityOfficer') return it.area.slice(0, 2) === area.slice(0, 2);
    return it.area === `${area.slice(0, 6)}000000`;
  });
  for (const role of OWNER_ROLES) {
    const found = mine.find((it) => it.role === role);
    if (found) return found.id;
  }
  return undefined;
}
