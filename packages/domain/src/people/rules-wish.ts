import { accept, type Result, refuse } from '../basics/result.ts';
import { ageOn } from './id-number.ts';
import { isLive } from './rules.ts';
import type { WishFacts } from './rules-roster.ts';
import type { WishEvent, WishStatus } from './schema.ts';

/** A wish with the consent to part from the others of the party. */
export interface FullWish extends WishFacts {
  readonly mayPart: boolean;
}

export type WishRefusal =
  | { code: 'people.wish_days_reversed' }
  | { code: 'people.wish_needs_destination' }
  | { code: 'people.under_sixteen'; facts: { age: number } };

const FIELDS = [
  'kind',
  'mode',
  'destination',
  'destinationText',
  'gateText',
  'earliest',
  'latest',
  'wheelchair',
  'mayPart',
  'remark',
] as const satisfies readonly (keyof FullWish)[];

/**
 * What an office writes down of a person's wish: recorded, changed, or nothing (undefined) where it says the same.
 * A wish that was withdrawn is recorded again by the change.
 *
 * Refuses days in the wrong order, a way of ours back to a job without a destination, and work away for anyone under
 * sixteen (Labor Law art. 15).
 *
 * @param today ISO date of the installation's clock.
 */
export function sayWish(
  known: { readonly status: WishStatus; readonly facts: FullWish } | undefined,
  said: FullWish,
  person: { readonly id: string; readonly identity: string; readonly birth: string | null },
  today: string,
): Result<WishEvent | undefined, WishRefusal> {
  const { kind, mode, destination, earliest, latest } = said;
  const goes = kind === 'sameJob' || kind === 'newJob';
  if (earliest !== null && latest !== null && latest < earliest) {
    return refuse({ code: 'people.wish_days_reversed' });
  }
  if (kind === 'sameJob' && mode === 'ours' && destination === null) {
    return refuse({ code: 'people.wish_needs_destination' });
  }
  const age = person.birth === null ? undefined : ageOn(person.birth, today);
  if (goes && age !== undefined && age < 16) return refuse({ code: 'people.under_sixteen', facts: { age } });
  const { id, identity } = person;
  if (!known) {
    return accept({ type: 'people.wish_recorded', data: { person: id, identity, kind, mode, destination } });
  }
  const fields = FIELDS.filter((it) => said[it] !== known.facts[it]);
  if (fields.length === 0 && isLive(known.status)) return accept(undefined);
  return accept({ type: 'people.wish_changed', data: { identity, fields, kind, mode, destination } });
}
