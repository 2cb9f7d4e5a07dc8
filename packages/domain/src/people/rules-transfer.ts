import { compareMoments } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';

/**
 * How far the transfer of a person between offices has come. Only what an office does is kept; an asking that nobody answers in time has
 * expired, and so has one about somebody whom nobody has on the books: the two cannot be told apart.
 */
export type TransferState = 'asked' | 'agreed' | 'done' | 'refused' | 'withdrawn' | 'expired';

export const TRANSFER_NEXT = {
  asked: ['agreed', 'refused', 'withdrawn', 'expired'],
  agreed: ['done'],
  done: [],
  refused: [],
  withdrawn: [],
  expired: [],
} as const satisfies Record<TransferState, readonly TransferState[]>;

/** Days of the installation's clock after which an asking has had no answer. */
export const TRANSFER_DAYS = 14;

/** Why an office wants somebody on its own books. */
export const TRANSFER_WHYS = ['livesHere', 'travelsFromHere', 'householdHere'] as const;
export type TransferWhy = (typeof TRANSFER_WHYS)[number];

/** Why a holding office does not let somebody go. */
export const TRANSFER_REFUSALS = ['stillOurs', 'otherPerson', 'askedFirst', 'didNotAgree'] as const;
export type TransferRefusal = (typeof TRANSFER_REFUSALS)[number];

export type TransferEvent =
  | {
      readonly type: 'people.transfer_asked';
      readonly data: { how: 'idNumber' | 'nameTail'; why: TransferWhy };
    }
  | { readonly type: 'people.transfer_agreed'; readonly data: { person: string } }
  | { readonly type: 'people.transfer_done'; readonly data: { person: string } }
  | { readonly type: 'people.transfer_refused'; readonly data: { person: string; reason: TransferRefusal } }
  | { readonly type: 'people.transfer_withdrawn'; readonly data: Record<never, never> };

/** The state of an asking at a moment. */
export function transferStateAt(
  kept: { readonly state: Exclude<TransferState, 'expired' | 'agreed'>; readonly expiresAt: string },
  now: string,
): TransferState {
  const over = compareMoments(now, kept.expiresAt) >= 0;
  return kept.state === 'asked' && over ? 'expired' : kept.state;
}

/** The asker no longer wants an answer. Refuses what is not open any more. */
export function withdrawTransfer(
  state: TransferState,
): Result<TransferEvent, { code: 'people.transfer_closed'; facts: { state: TransferState } }> {
  if (state !== 'asked') return refuse({ code: 'people.transfer_closed', facts: { state } });
  return accept({ type: 'people.transfer_withdrawn', data: {} });
}

/** The state after an event. */
export function transferAfter(event: TransferEvent): TransferState {
  switch (event.type) {
    case 'people.transfer_asked':
      return 'asked';
    case 'people.transfer_agreed':
      return 'agreed';
    case 'people.transfer_done':
      return 'done';
    case 'people.transfer_refused':
      return 'refused';
    case 'people.transfer_withdrawn':
      return 'withdrawn';
  }
}
