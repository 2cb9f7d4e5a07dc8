import { msOf } from '@fangang/domain/basics/moment.ts';
import type { PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningPageWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { type ReactNode, useMemo, useState } from 'react';
import { dateOf, durationText, shortDate, timeOf, weekdayOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { DOORS, ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { placesOf } from './planning-map.tsx';
import { PlanTripDrawer } from './planning-trip-drawer.tsx';

const ORDER = ['main', 'feeder', 'lastMile'];

/** Pick-ups with their times, then where it goes. */
function Way({ trip }: { trip: PlanTripLine }): ReactNode {
  const nameOf = useNames();
  const stops = trip.stops.filter((it) => it.boards > 0 || (it.kind === 'pickUp' && it.alights === 0));
  const ups = stops.map((it) => `${nameOf(it.name, it.pinyin)} ${timeOf(it.departAt)}`).join('　');
  const downs = placesOf(trip, nameOf).join('·');
  return (
    <span title={`${ups} → ${downs}`}>
      <b>{downs}</b>
      <span className="plan-quiet"> ← {ups}</span>
    </span>
  );
}

function Arrives({ trip }: { trip: PlanTripLine }): ReactNode {
  const other = dateOf(trip.arriveAt) !== trip.day;
  const seconds = (msOf(trip.arriveAt) - msOf(trip.departAt)) / 1000;
  return (
    <>
      {other && `${shortDate(trip.arriveAt)} `}
      <b>{timeOf(trip.arriveAt)}</b> <span className="plan-quiet">{durationText(seconds)}</span>
    </>
  );
}

function Change({ trip }: { trip: PlanTripLine }): ReactNode {
  const say = useWords(planningWords);
  return (
    <>
      <ThreeDoorLine doors={trip.standing ? DOORS.ticketed : DOORS.waiting} />{' '}
      {trip.standing ? (
        <StatusMark kind="moved">{say('takesMore', { n: trip.load })}</StatusMark>
      ) : (
        <StatusMark kind="fresh">{say('newRun')}</StatusMark>
      )}
    </>
  );
}

function useColumns(minLoad: number): readonly Column<PlanTripLine>[] {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  return useMemo(
    () => [
      {
        key: 'departs',
        title: say('departs'),
        width: 68,
        cell: (it) => <b>{timeOf(it.departAt)}</b>,
        sortBy: (it) => it.departAt,
      },
      {
        key: 'code',
        title: page('vehicle'),
        width: 124,
        cell: (it) => it.standing?.code ?? it.number ?? page('newCoach', { seats: it.places }),
        minor: true,
      },
      { key: 'way', title: say('way'), cell: (it) => <Way trip={it} /> },
      {
        key: 'load',
        title: say('load'),
        width: 140,
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
        width: 144,
        cell: (it) => <Arrives trip={it} />,
        sortBy: (it) => it.arriveAt,
      },
      {
        key: 'role',
        title: page('role'),
        width: 76,
        cell: (it) => page(it.role),
        sortBy: (it) => ORDER.indexOf(it.role),
      },
      { key: 'change', title: say('lineAndChange'), width: 148, cell: (it) => <Change trip={it} /> },
    ],
    [say, page, minLoad],
  );
}

/** Runs of a plan by day; a click or Enter opens one with its stops. */
export function PlanTrips({ plan, onPapers }: { plan: PlanView; onPapers: () => void }): ReactNode {
  const page = useWords(planningPageWords);
  const { language } = useLanguage();
  const columns = useColumns(plan.minLoad);
  const [chosen, setChosen] = useState<number | null>(null);
  const rows = useMemo(
    () =>
      plan.trips.toSorted(
        (a, b) =>
          (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
          ORDER.indexOf(a.role) - ORDER.indexOf(b.role) ||
          msOf(a.departAt) - msOf(b.departAt) ||
          a.no - b.no,
      ),
    [plan.trips],
  );
  const people = useMemo(() => {
    const sums = new Map<string, number>();
    for (const it of plan.trips) {
      if (it.role === 'main') sums.set(it.day, (sums.get(it.day) ?? 0) + it.load);
    }
    return sums;
  }, [plan.trips]);
  const trip = plan.trips.find((it) => it.no === chosen);
  return (
    <>
      <RuledTable
        label={page('tabList')}
        columns={columns}
        rows={rows}
        keyOf={(it) => String(it.no)}
        groupOf={({ day }) =>
          page('dayGroup', {
            day: shortDate(day),
            weekday: weekdayOf(day, language),
            people: people.get(day) ?? 0,
          })
        }
        chosenKey={chosen === null ? null : String(chosen)}
        onChoose={(it) => setChosen(it.no)}
        onOpen={(it) => setChosen(it.no)}
        height="100%"
      />
      {trip && <PlanTripDrawer plan={plan} trip={trip} onPapers={onPapers} onClose={() => setChosen(null)} />}
    </>
  );
}
