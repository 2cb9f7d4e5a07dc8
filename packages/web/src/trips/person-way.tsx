import { holdsLedger } from '@fangang/domain/offices/schema.ts';
import type { WishLine } from '@fangang/domain/people/api.ts';
import { wantsToGo } from '@fangang/domain/people/rules.ts';
import { peopleWords } from '@fangang/domain/people/words.ts';
import type { PastLine, readWay, WayLeg, WayLine } from '@fangang/domain/trips/api-people.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { pastWords, standingWords, wayReasonWords, wayWords } from '@fangang/domain/trips/words-people.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReplyOf } from '../platform/call.ts';
import { momentOf, shortDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { MARK_OF_LEG } from './trip-parts.tsx';
import { standingOf } from './way-reading.ts';
import './person-way.css';

type Way = NonNullable<ReplyOf<typeof readWay>['way']>;

/** Words of a reason; a code without words is shown as it is. */
function useReasonWords(): (code: string) => string {
  const { language } = useLanguage();
  return (code) => wayReasonWords[code]?.[language] ?? code;
}

/** Where somebody stands: the line of three doors and the word for it. */
export function StandingMark({
  wish,
  way,
  size = 'row',
}: {
  wish: WishLine | null;
  way: WayLine | null;
  size?: 'row' | 'title';
}): ReactNode {
  const sayWay = useWords(standingWords);
  const sayWish = useWords(peopleWords);
  const reasonOf = useReasonWords();
  const { doors, word, tone, reason } = standingOf(wish, way);
  const said = word.of === 'wish' ? sayWish(word.key) : sayWay(word.key);
  return (
    <>
      {doors && <ThreeDoorLine doors={doors} size={size} label="" />}{' '}
      <span className={tone === 'plain' ? undefined : `tone-${tone}`}>
        {said}
        {reason !== null && ` · ${reasonOf(reason)}`}
      </span>
    </>
  );
}

/** The code of a run, open to who may see runs. */
export function RunLink({ trip }: { trip: { id: string; code: string } | null }): ReactNode {
  const { role } = useStaff();
  if (!trip) return null;
  if (holdsLedger(role)) return trip.code;
  return (
    // In a list the row beneath opens the person; the run is another way.
    <Link
      to="/trips/$tripId"
      params={{ tripId: trip.id }}
      className="link"
      onClick={(event) => event.stopPropagation()}
    >
      {trip.code}
    </Link>
  );
}

/** Run, day and time, and seat of a person in a list. */
export function RunCell({ way }: { way: WayLine | null }): ReactNode {
  const say = useWords(wayWords);
  if (!way?.stage) return null;
  return (
    <>
      <RunLink trip={way.trip} /> {way.departAt && `${shortDate(way.departAt)} ${timeOf(way.departAt)}`}{' '}
      {way.seat !== null && say('seat', { n: way.seat })}
    </>
  );
}

function Ride({ leg }: { leg: WayLeg }): ReactNode {
  const say = useWords(wayWords);
  const sayTrip = useWords(tripWords);
  const nameOf = useNames();
  const at = (moment: string) => ({ day: shortDate(moment), time: timeOf(moment) });
  return (
    <li>
      <p>
        <b>
          <RunLink trip={leg.trip} />
        </b>{' '}
        {leg.mode && sayTrip(`mode.${leg.mode}`)}{' '}
        {leg.role && leg.role !== 'main' && sayTrip(`role.${leg.role}`)} {say('seat', { n: leg.seat })}{' '}
        <StatusMark kind={MARK_OF_LEG[leg.state]}>{sayTrip(`state.${leg.state}`)}</StatusMark>
      </p>
      <p>{say('fromTo', { from: nameOf(leg.from, leg.fromPinyin), to: nameOf(leg.to, leg.toPinyin) })}</p>
      <p className="sub">
        {leg.departAt && say('leaves', at(leg.departAt))}
        {leg.arriveAt && ` · ${say('arrives', at(leg.arriveAt))}`}
      </p>
    </li>
  );
}

/** A person's way: where they stand, each ride, and the ticket. */
export function PersonWay({ wish, way }: { wish: WishLine | null; way: Way | null }): ReactNode {
  const say = useWords(wayWords);
  return (
    <section className="person-way">
      <p className="person-standing">
        <StandingMark wish={wish} way={way} size="title" />
      </p>
      {way ? (
        <>
          <ol className="person-rides">
            {way.legs.map((it) => (
              <Ride key={`${it.trip?.id} ${it.departAt} ${it.seat}`} leg={it} />
            ))}
          </ol>
          <p>
            <a href={way.ticketPath} target="_blank" rel="noreferrer" className="link">
              {say('openTicket')}
            </a>
          </p>
        </>
      ) : (
        wish && wantsToGo(wish) && <p className="sub">{say('noWay')}</p>
      )}
    </section>
  );
}

/** What has happened to a person in the season, as the journal tells it. */
export function PersonPast({ past }: { past: readonly PastLine[] }): ReactNode {
  const say = useWords(wayWords);
  const sayPast = useWords(pastWords);
  const reasonOf = useReasonWords();
  if (past.length === 0) return null;
  return (
    <>
      <h3>{say('past')}</h3>
      <ol className="person-past">
        {past.map((it, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the past does not change its order
          <li key={i}>
            <time dateTime={it.at}>{momentOf(it.at)}</time>
            <span>
              {sayPast(it.type)}
              {it.reason !== null && ` · ${reasonOf(it.reason)}`}
            </span>
            <span className="sub">{it.tripCode}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
