/** What seats are given out on: places there are, how many may be taken (from the front), bays for wheelchairs, seats taken already. */
export interface SeatGround {
  readonly places: number;
  readonly cap: number;
  readonly bays: number;
  readonly taken: ReadonlySet<number>;
}

/** People who sit together; `wheelchairs` of them come first in the party's order. */
export interface SeatParty {
  readonly size: number;
  readonly wheelchairs: number;
}

/** Row of a seat and its place across, numbered as coaches are: rows of four (small buses three), a rest in front, the last row closed. */
function layOut(places: number): (seat: number) => { row: number; across: number } {
  const perRow = places <= 22 ? 3 : 4;
  const front = Math.max(0, places - perRow - 1) % perRow;
  return (seat) =>
    seat <= front
      ? { row: 0, across: seat - 1 }
      : {
          row: 1 + Math.floor((seat - front - 1) / perRow),
          across: (seat - front - 1) % perRow,
        };
}

/** Seats that stand in the rows of the wheelchair bays: the first seats of the first full rows. */
export function baySeats(places: number, bays: number): number[] {
  const at = layOut(places);
  const seats = Array.from({ length: places }, (_, i) => i + 1);
  return seats.filter((it) => at(it).row > 0 && at(it).across === 0).slice(0, bays);
}

/**
 * Gives seats: members of a party side by side, wheelchair users in the bay rows with their companions nearest, the last rows kept free.
 *
 * Answers one list per party, in the order of its members, or undefined for a party for which too few seats are left. Seats are
 * 1..cap, so the observation rows at the back stay empty; larger parties choose first. Whether bays are left is the caller's to count.
 */
export function giveSeats(
  ground: SeatGround,
  parties: readonly SeatParty[],
): (readonly number[] | undefined)[] {
  const at = layOut(ground.places);
  const bays = baySeats(ground.places, ground.bays).filter((it) => it <= ground.cap);
  const free = new Set<number>();
  for (let seat = 1; seat <= ground.cap; seat++) if (!ground.taken.has(seat)) free.add(seat);
  const order = parties
    .map((party, index) => ({ party, index }))
    .sort(
      (a, b) => b.party.wheelchairs - a.party.wheelchairs || b.party.size - a.party.size || a.index - b.index,
    );
  let baysNeeded = parties.reduce((sum, it) => sum + it.wheelchairs, 0);
  const given: (readonly number[] | undefined)[] = parties.map(() => undefined);
  for (const { party, index } of order) {
    if (party.size > free.size) continue;
    const inBays = bays.filter((it) => free.has(it)).slice(0, party.wheelchairs);
    const lowest = [...free].filter((it) => !inBays.includes(it)).sort((a, b) => a - b);
    // Where walking people hold a bay's seat, the user takes the first free one: the bay itself is counted apart.
    const rolling = [...inBays, ...lowest.slice(0, party.wheelchairs - inBays.length)];
    for (const seat of rolling) free.delete(seat);
    baysNeeded -= party.wheelchairs;
    const kept = new Set(bays.filter((it) => free.has(it)).slice(0, baysNeeded));
    const rest = party.size - rolling.length;
    const open = [...free].sort((a, b) => a - b);
    const walking = open.filter((it) => !kept.has(it));
    const choice = walking.length >= rest ? walking : open;
    const seats =
      rolling.length > 0 ? nearest(choice, rolling[0] as number, rest) : together(choice, rest, at);
    for (const seat of seats) free.delete(seat);
    given[index] = [...rolling, ...seats];
  }
  return given;
}

function nearest(open: readonly number[], to: number, count: number): number[] {
  return [...open].sort((a, b) => Math.abs(a - to) - Math.abs(b - to) || a - b).slice(0, count);
}

/** The run of free seats that crosses fewest rows and leaves fewest single seats beside it; else the closest ones. */
function together(
  open: readonly number[],
  count: number,
  at: (seat: number) => { row: number; across: number },
): number[] {
  if (count === 0) return [];
  const isOpen = new Set(open);
  let best: { seats: number[]; score: number } | undefined;
  for (let i = 0; i + count <= open.length; i++) {
    const seats = open.slice(i, i + count);
    const [first, last] = [seats[0] as number, seats[count - 1] as number];
    const gaps = last - first + 1 - count;
    const rows = at(last).row - at(first).row;
    const aligned = at(first).across % 2 === 0 ? 0 : 1;
    const lonely = [first - 1, last + 1].filter(
      (it) => isOpen.has(it) && !isOpen.has(it < first ? it - 1 : it + 1),
    ).length;
    const score = gaps * 100 + rows * 10 + (count > 1 ? aligned * 4 : 0) + lonely * 2;
    if (!best || score < best.score) best = { seats, score };
  }
  return best?.seats ?? [];
}
