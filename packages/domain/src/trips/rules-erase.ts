import { z } from 'zod';
import { accept, type Result, refuse } from '../basics/result.ts';
import type { ItineraryStatus } from './schema.ts';

/** Why a person's data is erased. PIPL art. 47: the person asks, the purpose is reached, it should never have been kept, the term is over. */
export const EraseReason = z.enum(['asked', 'purposeEnded', 'wronglyKept']);
export type EraseReason = z.infer<typeof EraseReason>;

export interface EraseEvent {
  readonly type: 'people.person_erased';
  readonly data: { readonly why: EraseReason | 'retention' };
}

export type EraseRefusal = { readonly code: 'people.still_travels' };

const OVER: readonly ItineraryStatus[] = ['signedFor', 'cancelled', 'broken'];

/** Refuses somebody who holds a seat or is on the way: the escort and the gate must know who comes. */
export function erase(
  journeys: readonly ItineraryStatus[],
  why: EraseEvent['data']['why'],
): Result<EraseEvent, EraseRefusal> {
  if (journeys.some((it) => !OVER.includes(it))) return refuse({ code: 'people.still_travels' });
  return accept({ type: 'people.person_erased', data: { why } });
}
