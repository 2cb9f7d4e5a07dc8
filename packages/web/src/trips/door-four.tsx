import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import type { ReactNode } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { MARK_OF_LEG, partySeats } from './trip-parts.tsx';
import { checksInShort, givesPacks } from './trip-reading.ts';

const KEYS = ['1', '2', '3', '⌫', '4', '5', '6', 'X', '7', '8', '9', '0'] as const;
/** Characters that say who somebody is at the door. */
export const LENGTH = 4;

/** What stands there after a key: a fifth begins anew. */
export function pressed(tail: string, key: string): string {
  if (key === '⌫') return tail.slice(0, -1);
  return tail.length >= LENGTH ? key : tail + key;
}

/** People of this bus whose ID or phone number ends so. */
export function matchesOf(passengers: readonly Passenger[], tail: string): Passenger[] {
  if (tail.length < LENGTH) return [];
  return passengers.filter((it) => it.idTail.toUpperCase() === tail || it.phoneTail === tail);
}

/** What the one bar covers: the checks of the season and the pack; `pack` says it of one person, null of nobody yet. */
export function useChecksText(view: TripView, pack: boolean | null): string {
  const say = useWords(tripWords);
  const asked = checksInShort(view).map((it) => say(`check.${it}`));
  if (pack === true) asked.push(say('packToo'));
  if (pack === null && givesPacks(view)) asked.push(say('check.pack'));
  return asked.length > 0 ? say('allMeans', { checks: asked.join(say('listJoin')) }) : say('allMeansPlain');
}

/** What is typed and whom it is. */
export function FourLine({
  view,
  tail,
  chosen,
  matches,
}: {
  view: TripView;
  tail: string;
  chosen: Passenger | undefined;
  matches: readonly Passenger[];
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  return (
    <div className="field-four">
      <div className="digits" aria-hidden="true">
        {[0, 1, 2, 3].map((i) => (
          <span key={i} className={tail[i] ? undefined : 'open'}>
            {tail[i]}
          </span>
        ))}
      </div>
      <p className="who" role="status">
        {chosen && say('seatAndName', { seat: String(chosen.seat), name: names(chosen.name, chosen.pinyin) })}
        {chosen ? (
          <PersonFacts view={view} person={chosen} only={tail !== '' && matches.length === 1 ? tail : null} />
        ) : (
          <small>
            {tail.length < LENGTH
              ? say('typeFour')
              : matches.length === 0
                ? say('nobodyOf', { tail })
                : say('chooseOne', { n: matches.length })}
          </small>
        )}
      </p>
    </div>
  );
}

/** What helps to tell somebody apart and to seat them: state, tail, wheelchair, companions. */
function PersonFacts({
  view,
  person,
  only,
}: {
  view: TripView;
  person: Passenger;
  /** The tail that is this person's alone. */
  only: string | null;
}): ReactNode {
  const say = useWords(tripWords);
  const seats = partySeats(person, view.passengers);
  const facts = [
    only === null && person.idTail ? `**${person.idTail}` : null,
    person.wheelchair ? say('wheelchair') : null,
    seats.length > 0 ? say('withSeat', { seats: seats.slice(0, 4).join('/') }) : null,
    only !== null ? say('onlyOne', { tail: only }) : null,
  ].filter((it) => it !== null);
  return (
    <small>
      {person.state !== 'expected' && (
        <StatusMark kind={MARK_OF_LEG[person.state]}>{say(`state.${person.state}`)}</StatusMark>
      )}{' '}
      {facts.join(say('listJoin'))}
    </small>
  );
}

/** Twelve keys of 72 px: ID numbers end in a digit or X. */
export function Keypad({ tail, onChange }: { tail: string; onChange: (tail: string) => void }): ReactNode {
  const say = useWords(tripWords);
  return (
    <div className="keypad">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className={key === '⌫' || key === 'X' ? 'function' : undefined}
          aria-label={key === '⌫' ? say('erase') : key}
          // The keys of a keyboard go on working: a tap does not take the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChange(pressed(tail, key))}
        >
          {key}
        </button>
      ))}
    </div>
  );
}

/** People as rows to tap: number of the seat, name, state. */
export function PeopleList({
  people,
  chosen = null,
  onChoose,
}: {
  people: readonly Passenger[];
  chosen?: string | null;
  onChoose: (person: Passenger) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  return (
    <ul className="door-people">
      {people.map((it) => (
        <li key={it.leg}>
          <button type="button" aria-pressed={it.leg === chosen} onClick={() => onChoose(it)}>
            <b>{it.seat}</b>
            <span>
              <b>{names(it.name, it.pinyin)}</b> <small>{it.idTail && `**${it.idTail}`}</small>
            </span>
            <StatusMark kind={MARK_OF_LEG[it.state]}>{say(`state.${it.state}`)}</StatusMark>
          </button>
        </li>
      ))}
    </ul>
  );
}
