import type { WishLine } from '@fangang/domain/people/api.ts';
import { isLive, wantsToGo } from '@fangang/domain/people/rules.ts';
import { DOORS, type DoorStates } from '../platform/ui/ThreeDoorLine.tsx';

/** The three-door line of a wish; null for who asks us for no way. How far the way itself has come is the trip's. */
export function doorsOf(wish: WishLine | null): DoorStates | null {
  if (!wish || !wantsToGo(wish)) return null;
  return wish.unplacedReason === null ? DOORS.waiting : DOORS.cannotLeave;
}

type StateWord =
  | 'statusNoWish'
  | 'statusWithdrawn'
  | 'statusWants'
  | 'statusUnplaced'
  | 'statusOwnWay'
  | 'statusStays';

/** The word for a wish in a list. */
export function stateWord(wish: WishLine | null): StateWord {
  if (!wish) return 'statusNoWish';
  if (!isLive(wish.status)) return 'statusWithdrawn';
  if (wantsToGo(wish)) return wish.unplacedReason === null ? 'statusWants' : 'statusUnplaced';
  return wish.kind === 'sameJob' || wish.kind === 'newJob' ? 'statusOwnWay' : 'statusStays';
}
