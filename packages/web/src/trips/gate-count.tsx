import type { Arrival, GateStop, GateView } from '@fangang/domain/trips/api.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useState } from 'react';
import { timeOf } from '../platform/dates.ts';
import { useKeys } from '../platform/keys.tsx';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { MarkShape, StatusMark } from '../platform/ui/StatusMark.tsx';
import { orTheFocused } from './door-keys.ts';
import { GONE, type Gone, goneOf, hereOf, type Turned, turn } from './gate-reading.ts';
import { useTravellerNames } from './traveller-name.ts';
import { MARK_OF_LEG } from './trip-parts.tsx';

/** Columns of the roll on a phone: 向春秀 is half as wide as Xiang Chunxiu. */
const COLUMNS = { zh: 3, en: 2 } as const;

interface Ticking {
  readonly people: readonly Arrival[];
  readonly turned: Turned;
  readonly onTurned: (turned: Turned) => void;
}

function Person({ it, turned, onTurned, rows }: Omit<Ticking, 'people'> & { it: Arrival; rows: boolean }) {
  const say = useWords(tripWords);
  const travellers = useTravellerNames();
  const isHere = hereOf([it], turned).length > 0;
  return (
    <li className={isHere ? undefined : 'missing'}>
      <label>
        <input type="checkbox" checked={isHere} onChange={() => onTurned(turn(turned, it))} />
        <span>{it.seat}</span>
        <b>{travellers(it)}</b>
        {rows && it.state !== 'arrived' && (
          <StatusMark kind={MARK_OF_LEG[it.state]}>{say(`state.${it.state}`)}</StatusMark>
        )}
      </label>
    </li>
  );
}

/** The whole roll on one screen; a tap on a name says that nobody came for it. */
function Roll({ isLarge, ...ticking }: Ticking & { isLarge: boolean }): ReactNode {
  const { language } = useLanguage();
  const say = useWords(tripWords);
  const columns = COLUMNS[language];
  const rows = Math.ceil(ticking.people.length / columns);
  return (
    <ol
      className={isLarge ? 'gate-roll' : 'gate-names'}
      aria-label={say('rollLabel')}
      style={
        isLarge
          ? undefined
          : {
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gridTemplateRows: `repeat(${rows}, minmax(28px, 44px))`,
            }
      }
    >
      {ticking.people.map((it) => (
        <Person key={it.leg} it={it} turned={ticking.turned} onTurned={ticking.onTurned} rows={isLarge} />
      ))}
    </ol>
  );
}

/** Who is missing, each with why: noted at the door already, or said by the guard. */
function MissingList({ people, turned, onTurned }: Ticking): ReactNode {
  const say = useWords(tripWords);
  const travellers = useTravellerNames();
  const gone = goneOf(people, turned);
  if (gone.length === 0) return null;
  return (
    <section className="gate-short" aria-live="polite">
      <h2>
        <MarkShape kind="again" size={20} />
        {say('missingTitle', { n: gone.length })}
      </h2>
      <ul>
        {gone.map(({ person, reason }) => (
          <li key={person.leg}>
            <b>{say('seatAndName', { seat: String(person.seat), name: travellers(person) })}</b>
            {reason === null ? (
              <span>{say(`state.${person.state}`)}</span>
            ) : (
              <select
                aria-label={say('goneWhy', { name: travellers(person) })}
                value={reason}
                onChange={(event) => onTurned(new Map(turned).set(person.leg, event.target.value as Gone))}
              >
                {GONE.map((it) => (
                  <option key={it} value={it}>
                    {say(`gone.${it}`)}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({ view, stop, here }: { view: GateView; stop: GateStop; here: number }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const { trip } = view;
  return (
    <div className="field-count gate-count">
      <p className="n" role="status">
        {here}
        <small>/{stop.people.length}</small>
      </p>
      <p className="missing">
        <b>{say('busHere', { n: String(trip.nth) })}</b>
        <br />
        {say('fromPlace', {
          at: timeOf(stop.arrivedAt ?? stop.arriveAt),
          place: names(trip.areaName, trip.areaPinyin),
        })}
      </p>
    </div>
  );
}

/** Who came off the bus: all are ticked, the guard only looks for who is missing. */
export function GateCounts({
  view,
  stop,
  turned,
  onTurned,
  onCounted,
}: {
  view: GateView;
  stop: GateStop;
  turned: Turned;
  onTurned: (turned: Turned) => void;
  onCounted: () => void;
}): ReactNode {
  const say = useWords(tripWords);
  const [isLarge, setLarge] = useState(false);
  const ticking: Ticking = { people: stop.people, turned, onTurned };
  const here = hereOf(stop.people, turned).length;
  useKeys([
    {
      keys: 'Enter',
      label: say('headsRight', { n: here }),
      run: (event) => orTheFocused(event, onCounted),
      whileTyping: true,
    },
  ]);
  return (
    <>
      <Head view={view} stop={stop} here={here} />
      <MissingList {...ticking} />
      <p className="gate-hint">{say('tickHint')}</p>
      <Roll {...ticking} isLarge={isLarge} />
      <div className="field-foot">
        <Button onPress={() => setLarge(!isLarge)}>{say(isLarge ? 'wholeRoll' : 'someoneWrong')}</Button>
        <Button kind="main" onPress={onCounted}>
          {say('headsRight', { n: here })}
        </Button>
      </div>
    </>
  );
}
