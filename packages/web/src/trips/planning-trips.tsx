import { msOf } from '@fangang/domain/basics/moment.ts';
import type { PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningWords } from '@fangang/domain/trips/words-planning.ts';
import { type ReactNode, useMemo } from 'react';
import { dateOf, durationText, shortDate, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { StopStrip } from '../platform/ui/StopStrip.tsx';
import { DOORS, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';

const ROLES = { main: 'roleMain', feeder: 'roleFeeder', lastMile: 'roleLastMile' } as const;

function Way({ trip }: { trip: PlanTripLine }): ReactNode {
  const nameOf = useNames();
  const ups = trip.stops.filter((it) => it.boards > 0 || (it.kind === 'pickUp' && it.alights === 0));
  const downs = trip.stops.filter((it) => it.alights > 0 || it.kind === 'gate');
  const names = (stops: PlanTripLine['stops']) =>
    [...new Set(stops.map((it) => nameOf(it.name, it.pinyin)))].join('·');
  return (
    <>
      {names(ups)} → <b>{names(downs)}</b>
    </>
  );
}

function Arrives({ trip }: { trip: PlanTripLine }): ReactNode {
  const other = dateOf(trip.arriveAt) !== dateOf(trip.departAt);
  const seconds = (msOf(trip.arriveAt) - msOf(trip.departAt)) / 1000;
  return (
    <>
      {other && `${shortDate(trip.arriveAt)} `}
      <b>{timeOf(trip.arriveAt)}</b> <span className="sub">{durationText(seconds)}</span>
    </>
  );
}

function Change({ trip }: { trip: PlanTripLine }): ReactNode {
  const say = useWords(planningWords);
  return (
    <>
      <ThreeDoorLine doors={trip.standing ? DOORS.ticketed : DOORS.waiting} />{' '}
      <StatusMark kind="fresh">
        {trip.standing ? say('takesMore', { n: trip.load }) : say('newRun')}
      </StatusMark>
    </>
  );
}

function useColumns(minLoad: number): readonly Column<PlanTripLine>[] {
  const say = useWords(planningWords);
  return useMemo(
    () => [
      {
        key: 'departs',
        title: say('departs'),
        width: 96,
        cell: (it) => (
          <>
            {shortDate(it.day)} <b>{timeOf(it.departAt)}</b>
          </>
        ),
        sortBy: (it) => it.departAt,
      },
      {
        key: 'code',
        title: say('code'),
        width: 104,
        cell: (it) => it.standing?.code ?? it.number ?? say('coachesOf', { n: 1, seats: it.places }),
        minor: true,
      },
      { key: 'way', title: say('way'), cell: (it) => <Way trip={it} /> },
      {
        key: 'load',
        title: say('load'),
        width: 136,
        cell: (it) => (
          <LoadBar
            taken={it.before + it.load}
            cap={it.cap}
            {...(it.role === 'main' && it.mode === 'charterBus' && { min: minLoad })}
          />
        ),
        sortBy: (it) => (it.before + it.load) / Math.max(1, it.cap),
      },
      {
        key: 'arrives',
        title: say('arrives'),
        width: 140,
        cell: (it) => <Arrives trip={it} />,
        sortBy: (it) => it.arriveAt,
      },
      { key: 'change', title: say('lineAndChange'), width: 156, cell: (it) => <Change trip={it} /> },
    ],
    [say, minLoad],
  );
}

/** Runs of a plan by kind, main runs first; the chosen one shows its stops. */
export function PlanTrips({
  plan,
  day,
  chosen,
  onChoose,
}: {
  plan: PlanView;
  /** One day, or all. */
  day: string | null;
  chosen: number | null;
  onChoose: (no: number) => void;
}): ReactNode {
  const say = useWords(planningWords);
  const columns = useColumns(plan.minLoad);
  const rows = useMemo(() => {
    const order = ['main', 'feeder', 'lastMile'];
    return plan.trips
      .filter((it) => day === null || it.day === day)
      .toSorted(
        (a, b) =>
          order.indexOf(a.role) - order.indexOf(b.role) || msOf(a.departAt) - msOf(b.departAt) || a.no - b.no,
      );
  }, [plan, day]);
  const trip = rows.find((it) => it.no === chosen);
  return (
    <section className="plan-section">
      <div className="section-head">
        <h2>{say('trips')}</h2>
      </div>
      <RuledTable
        label={say('trips')}
        columns={columns}
        rows={rows}
        keyOf={(it) => String(it.no)}
        groupOf={(it) => say(ROLES[it.role])}
        chosenKey={chosen === null ? null : String(chosen)}
        onChoose={(it) => onChoose(it.no)}
        {...(rows.length > 9 && { height: 380 })}
      />
      {trip && <Stops trip={trip} />}
    </section>
  );
}

function Stops({ trip }: { trip: PlanTripLine }): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const km = Math.round(trip.distanceM / 1000);
  const drivers = trip.drivers > 0 ? ` · ${say('drivers', { n: trip.drivers })}` : '';
  return (
    <div className="plan-section">
      <p className="sub">
        {km} km{drivers} · {say('cost', { yuan: Math.round(trip.costFen / 100) })}
      </p>
      <StopStrip
        label={say('way')}
        stops={trip.stops.map((it, i) => ({
          key: `${it.name} ${i}`,
          time: timeOf(i === trip.stops.length - 1 ? it.arriveAt : it.departAt),
          ...(dateOf(it.arriveAt) !== trip.day && { timeNote: shortDate(it.arriveAt) }),
          place: nameOf(it.name, it.pinyin),
          boarded: 0,
          expected: it.boards > 0 ? it.boards : it.alights,
          note: it.boards > 0 ? say('stopBoards') : say('stopAlights'),
          state: 'todo' as const,
          gate: it.kind === 'gate',
        }))}
      />
    </div>
  );
}
