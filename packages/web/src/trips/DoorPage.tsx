import { words } from '@fangang/domain/basics/words.ts';
import { readTrip, type TripView } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';
import { DoorBoarding } from './door-boarding.tsx';
import { DoorBetween, DoorLeave } from './door-leave.tsx';
import { DOORS_OF_TRIP, TripStops } from './trip-parts.tsx';
import './trips.css';

function ToTrip({ tripId }: { tripId: string }): ReactNode {
  const say = useWords(tripWords);
  return (
    <Link to="/trips/$tripId" params={{ tripId }} search={{}} className="link">
      {say('toTrip')}
    </Link>
  );
}

function DoorBody({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const [isLeaving, setLeaving] = useState(false);
  const { id, status } = view.trip;
  const open = view.stops.find((it) => it.no === view.atStop);
  const next = view.stops.find((it) => it.departedAt === null && it.arrivedAt === null);
  if (!['published', 'boarding', 'departed'].includes(status)) {
    const isDone = status === 'arrived' || status === 'closed';
    return (
      <EmptyState
        title={say(isDone ? 'doneTitle' : 'notOpenTitle')}
        next={say(isDone ? 'doneNext' : 'notOpenNext')}
      >
        <ToTrip tripId={id} />
      </EmptyState>
    );
  }
  if (open && isLeaving) return <DoorLeave view={view} stop={open} onBack={() => setLeaving(false)} />;
  if (open) return <DoorBoarding view={view} stop={open.no} onDepart={() => setLeaving(true)} />;
  if (!next) return <Loading />;
  return (
    <>
      <div className="field-body">
        <ThreeDoorLine doors={DOORS_OF_TRIP[status]} size="phone" />
        <TripStops view={view} />
      </div>
      <DoorBetween view={view} stop={next} />
    </>
  );
}

/** The escort's phone at the bus door: everything for the next person lies under one thumb. */
export function DoorPage(): ReactNode {
  const shell = useWords(words);
  const say = useWords(tripWords);
  const names = useNames();
  useTitle(shell('door'));
  const { tripId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useRead(readTrip, { params: { tripId } }, { everyMs: 5000 });
  const trip = data?.trip;
  return (
    <main className="field-page field door">
      <header className="field-head">
        <h1>{trip ? (trip.number ?? say('bus', { n: String(trip.nth) })) : shell('door')}</h1>
        {trip && (
          <span className="to">
            {say('goesTo', { at: timeOf(trip.departAt), place: names(trip.to, trip.toPinyin) })}
          </span>
        )}
      </header>
      {error && <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <DoorBody view={data} />}
    </main>
  );
}
