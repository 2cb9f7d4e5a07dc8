import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { allNormal, holdReasonOf } from '@fangang/domain/trips/rules-boarding.ts';
import {
  type DoorCheck,
  type DoorLeg,
  type DoorStop,
  type DoorTrip,
  HoldReason,
  type TripStatus,
} from '@fangang/domain/trips/schema.ts';
import type { MarkKind } from '../platform/ui/StatusMark.tsx';

export const MARK_OF_TRIP = {
  proposed: 'unbuilt',
  committed: 'todo',
  published: 'todo',
  boarding: 'now',
  departed: 'moved',
  arrived: 'still',
  closed: 'done',
  cancelled: 'wrong',
} as const satisfies Record<TripStatus, MarkKind>;

/** The door as the rules know it, from what the page has read: the phone asks the same rules as the server. */
export function doorTripOf(view: TripView): DoorTrip {
  const { id, role, status } = view.trip;
  return {
    id,
    role,
    status,
    stops: view.stops.map(
      (it): DoorStop => ({
        no: it.no,
        kind: it.kind,
        opened: it.openedAt !== null,
        departed: it.departedAt !== null,
        arrived: it.arrivedAt !== null,
        signed: it.signedAt !== null,
      }),
    ),
    legs: view.passengers.map(
      (it): DoorLeg => ({
        id: it.leg,
        seat: it.seat,
        board: it.board,
        alight: it.alight,
        state: it.state,
        packed: it.packed,
      }),
    ),
  };
}

export type SeasonCheck = 'temperature' | 'healthCode' | 'travelCode' | 'mask';

/** What the season looks at before somebody gets on; the pack is not among it. */
export function checksOf(view: TripView): SeasonCheck[] {
  const { settings } = view;
  const check = allNormal(settings);
  const asked: readonly [SeasonCheck, boolean][] = [
    ['temperature', settings.temperature !== null],
    ['healthCode', check.healthCodeGreen !== null],
    ['travelCode', check.travelCodeGreen !== null],
    ['mask', check.mask !== null],
  ];
  return asked.filter(([, isAsked]) => isAsked).map(([name]) => name);
}

/** The same for a line of few words: the two codes are one. */
export function checksInShort(view: TripView): (SeasonCheck | 'bothCodes')[] {
  const asked = checksOf(view);
  if (!asked.includes('healthCode') || !asked.includes('travelCode')) return asked;
  return asked.flatMap((it) =>
    it === 'healthCode' ? ['bothCodes' as const] : it === 'travelCode' ? [] : [it],
  );
}

/** Does this run hand out the season's pack? */
export function givesPacks(view: TripView): boolean {
  return allNormal(view.settings).pack && view.trip.role === 'main';
}

const FAILED: Partial<Record<HoldReason, Partial<DoorCheck>>> = {
  temperature: { temperatureC: 45 },
  healthCode: { healthCodeGreen: false },
  travelCode: { travelCodeGreen: false },
  mask: { mask: false },
};

/** Reasons to hold somebody that the season knows; papers and the rest are always among them. */
export function reasonsOf({ settings }: TripView): HoldReason[] {
  return HoldReason.options.filter((reason) => {
    const failed = FAILED[reason];
    return !failed || holdReasonOf({ ...allNormal(settings), ...failed }, settings) === reason;
  });
}

/** Are the letters in the text one after the other, the first at its beginning? `rxh` finds `ranxiaohe`. */
function runsThrough(letters: string, text: string): boolean {
  if (text[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, '');

/** Finds by a part of a name, its pinyin or initials, or whatever else stands in the row. */
export function finds(
  typed: string,
  names: readonly { readonly name: string; readonly pinyin: string }[],
  others: readonly string[] = [],
): boolean {
  const text = plain(typed);
  if (text === '') return true;
  const inNames = names.some(
    (it) =>
      it.name.includes(text) ||
      plain(it.pinyin).includes(text) ||
      (/^[a-z]{2,}$/.test(text) && runsThrough(text, plain(it.pinyin))),
  );
  return inNames || others.some((it) => plain(it).includes(text));
}

export function findsPassenger(typed: string, it: Passenger): boolean {
  return /^\d{1,2}$/.test(typed.trim())
    ? it.seat === Number(typed)
    : finds(typed, [it], [it.idTail, it.phoneTail]);
}
