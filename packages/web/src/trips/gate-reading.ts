import type { Arrival } from '@fangang/domain/trips/api.ts';

/** Why somebody of the list is not at the gate, as its guard can know it. */
export const GONE = ['unseen', 'onTheWay', 'elsewhere'] as const;
export type Gone = (typeof GONE)[number];

/** People whom the guard has turned over: off the list with a reason, or on it though the escort had noted otherwise. */
export type Turned = ReadonlyMap<string, Gone>;

export function turn(turned: Turned, { leg }: Arrival): Turned {
  const next = new Map(turned);
  if (!next.delete(leg)) next.set(leg, 'unseen');
  return next;
}

export function hereOf(people: readonly Arrival[], turned: Turned): Arrival[] {
  return people.filter((it) => (it.state === 'arrived') !== turned.has(it.leg));
}

/** Who is missing; no reason where the door or the way has noted one already. */
export function goneOf(
  people: readonly Arrival[],
  turned: Turned,
): { readonly person: Arrival; readonly reason: Gone | null }[] {
  const here = new Set(hereOf(people, turned));
  return people
    .filter((it) => !here.has(it))
    .map((person) => ({ person, reason: turned.get(person.leg) ?? null }));
}

/** Longest remark the server takes. */
const MOST = 500;

/**
 * The remark that is signed: the seats that came to no gate, by reason, and what else was said.
 * Seats and no names: a signature is kept longer than people are.
 */
export function noteOf(
  people: readonly Arrival[],
  turned: Turned,
  said: string,
  say: (reason: Gone, seats: string) => string,
): string | null {
  const gone = goneOf(people, turned);
  const parts = GONE.map((reason) => {
    const seats = gone.filter((it) => it.reason === reason).map((it) => it.person.seat);
    return seats.length > 0 ? say(reason, seats.join(' ')) : '';
  });
  const text = [...parts, said.trim()].filter(Boolean).join(' · ');
  return text === '' ? null : text.slice(0, MOST);
}
