import type { WishLine } from '@fangang/domain/people/api.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import type { peopleWords } from '@fangang/domain/people/words.ts';
import type { WayLine } from '@fangang/domain/trips/api-people.ts';
import type { standingWords } from '@fangang/domain/trips/words-people.ts';
import { doorsOf, stateWord } from '../people/wish-doors.ts';
import { DOORS, type DoorStates } from '../platform/ui/ThreeDoorLine.tsx';

/** Where somebody stands between home door and factory gate: as shape, word and colour. */
export interface Standing {
  /** Null for who asks us for no way. */
  readonly doors: DoorStates | null;
  readonly word: { readonly of: 'way'; readonly key: keyof typeof standingWords } | WishWord;
  readonly tone: 'plain' | 'ok' | 'warn' | 'danger';
  /** Code of why the way is broken. */
  readonly reason: string | null;
}

interface WishWord {
  readonly of: 'wish';
  readonly key: Extract<keyof typeof peopleWords, `status${string}`>;
}

type Stage = NonNullable<WayLine['stage']>;

const OF_STAGE = {
  seated: { doors: DOORS.ticketed, key: 'seated', tone: 'plain' },
  underWay: { doors: DOORS.departed, key: 'underWay', tone: 'plain' },
  left: { doors: DOORS.heldAtGate, key: 'left', tone: 'danger' },
  arrived: { doors: DOORS.arrived, key: 'arrived', tone: 'warn' },
  signedFor: { doors: DOORS.arrived, key: 'signedFor', tone: 'ok' },
} as const satisfies Record<Exclude<Stage, 'missed'>, object>;

function ofStage(stage: Stage, way: WayLine): Omit<Standing, 'word'> & { key: keyof typeof standingWords } {
  const { reason } = way;
  if (stage === 'missed')
    return reason === 'absent'
      ? { doors: DOORS.cannotLeave, key: 'absent', tone: 'danger', reason: null }
      : { doors: DOORS.heldAtDoor, key: 'held', tone: 'danger', reason };
  if (stage === 'underWay' && !way.departed)
    return { doors: DOORS.boarding, key: 'aboard', tone: 'plain', reason: null };
  return { ...OF_STAGE[stage], reason: null };
}

/** Reads a wish and the way that came of it; a way without a stage ended before the vehicle's door, so the wish speaks again. */
export function standingOf(wish: WishLine | null, way: WayLine | null): Standing {
  if (way?.stage) {
    const { key, ...rest } = ofStage(way.stage, way);
    return { ...rest, word: { of: 'way', key } };
  }
  const doors = doorsOf(wish);
  const key = stateWord(wish);
  const waits = wish !== null && isLive(wish.status) && doors !== null;
  if (!waits) return { doors, word: { of: 'wish', key }, tone: 'plain', reason: null };
  const told = wish.unplacedReason !== null;
  return {
    doors,
    word: told ? { of: 'wish', key } : { of: 'way', key: 'notPlaced' },
    tone: told ? 'danger' : 'warn',
    reason: way?.reason ?? null,
  };
}
