import { words } from '@fangang/domain/basics/words.ts';
import { readTrip, type TripStop, type TripView } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FieldMenu } from '../offices/SignOut.tsx';
import { useRead } from '../platform/asking.ts';
import { timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';
import { DoorBoarding } from './door-boarding.tsx';
import { DoorBetween, DoorLeave } from './door-leave.tsx';
import { DOORS_OF_TRIP, TripStops } from './trip-parts.tsx';
import './door.css';

function ToTrip({ tripId }: { tripId: string }): ReactNode {
  const say = useWords(tripWords);
  return (
    <Link to="/trips/$tripId" params={{ tripId }} search={{}} className="button button-plain">
      {say('toTrip')}
    </Link>
  );
}

/** Gates the bus has reached where nobody has signed yet. */
function ToGates({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const open = view.stops.filter((it) => it.kind === 'gate' && it.arrivedAt !== null && it.signedAt === null);
  return open.map((it) => (
    <p key={it.no} className="door-gate">
      {say('waitsForSign', { place: names(it.name, it.pinyin) })}
      <Link
        to="/gate/$tripId"
        params={{ tripId: view.trip.id }}
        search={{ stop: String(it.no) }}
        className="button button-main"
      >
        {say('toGate')}
      </Link>
    </p>
  ));
}

/** The stop that comes next: not left yet, or left and with people still to get off. */
function nextStop(view: TripView): TripStop | undefined {
  return view.stops.find(
    (stop) =>
      stop.arrivedAt === null &&
      (stop.departedAt === null ||
        view.passengers.some((it) => it.alight === stop.no && it.state === 'boarded')),
  );
}

function DoorBody({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const [isLeaving, setLeaving] = useState(false);
  const [first, setFirst] = useState<string | null>(null);
  const { id, status } = view.trip;
  const open = view.stops.find((it) => it.no === view.atStop);
  const next = nextStop(view);
  if (!['published', 'boarding', 'departed'].includes(status)) {
    const isDone = status === 'arrived' || status === 'closed';
    return (
      <EmptyState
        title={say(isDone ? 'doneTitle' : 'notOpenTitle')}
        next={say(status === 'closed' ? 'signed' : isDone ? 'doneNext' : 'notOpenNext')}
      >
        <ToGates view={view} />
        <ToTrip tripId={id} />
      </EmptyState>
    );
  }
  const back = (leg: string | null): void => {
    setFirst(leg);
    setLeaving(false);
  };
  if (open && isLeaving) return <DoorLeave key={open.no} view={view} stop={open} onBack={back} />;
  if (open) {
    return (
      <DoorBoarding
        key={open.no}
        view={view}
        stop={open.no}
        first={first}
        onDepart={() => setLeaving(true)}
      />
    );
  }
  if (!next) return <Loading />;
  return (
    <>
      <div className="field-body door-between">
        <ThreeDoorLine doors={DOORS_OF_TRIP[status]} size="phone" />
        <TripStops view={view} />
        <ToGates view={view} />
      </div>
      <DoorBetween key={next.no} view={view} stop={next} />
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
        <FieldMenu />
      </header>
      {error && <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <DoorBody view={data} />}
    </main>
  );
}
