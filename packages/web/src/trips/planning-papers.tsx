import { listTrips, manifestPdfOf, manifestXlsxOf } from '@fangang/domain/trips/api.ts';
import type { PlanView } from '@fangang/domain/trips/api-planning.ts';
import type { TripLine } from '@fangang/domain/trips/schema.ts';
import { planningPageWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { addressOf, read } from '../platform/call.ts';
import { shortDate, timeOf, weekdayOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';

const MOST_A_DAY = 500;

/** Days on which the plan has a run, new or standing, in order. */
export function daysOfPlan(plan: Pick<PlanView, 'trips'>): string[] {
  return [...new Set(plan.trips.map((it) => it.day))].sort();
}

/** The district's runs with people on them, on the days of a committed plan: each has a list to print. */
export function usePapers(plan: PlanView): UseQueryResult<TripLine[]> {
  const season = useSession().season?.id ?? '';
  const days = daysOfPlan(plan);
  return useQuery({
    queryKey: ['trips', 'papers', plan.id, season],
    enabled: plan.state === 'committed' && days.length > 0,
    queryFn: async () => {
      const answers = await Promise.all(
        days.map((day) => read(listTrips, { query: { season, day, count: MOST_A_DAY } })),
      );
      return answers
        .flatMap((it) => it.trips)
        .filter(
          (it) => it.area.slice(0, 6) === plan.area.slice(0, 6) && it.status !== 'cancelled' && it.sold > 0,
        );
    },
  });
}

function Papers({ trip }: { trip: TripLine }): ReactNode {
  const page = useWords(planningPageWords);
  const { language } = useLanguage();
  const ask = { params: { tripId: trip.id }, query: { lang: language } };
  return (
    <span className="plan-papers">
      <a className="link" href={addressOf(manifestPdfOf, ask)} target="_blank" rel="noreferrer">
        {page('pdf')}
        <span className="unseen"> {trip.code}</span>
      </a>
      <a className="link" href={addressOf(manifestXlsxOf, ask)} download>
        {page('xlsx')}
        <span className="unseen"> {trip.code}</span>
      </a>
    </span>
  );
}

function useColumns(): readonly Column<TripLine>[] {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  return useMemo(
    () => [
      {
        key: 'departs',
        title: say('departs'),
        width: 72,
        cell: (it) => <b>{timeOf(it.departAt)}</b>,
        sortBy: (it) => it.departAt,
      },
      {
        key: 'code',
        title: say('code'),
        width: 128,
        cell: (it) => (
          <Link to="/trips/$tripId" params={{ tripId: it.id }} search={{}} className="link">
            {it.code}
          </Link>
        ),
        sortBy: (it) => it.code,
      },
      {
        key: 'way',
        title: say('way'),
        cell: (it) => (
          <>
            {nameOf(it.from, it.fromPinyin)} → <b>{nameOf(it.to, it.toPinyin)}</b>
          </>
        ),
        sortBy: (it) => it.toPinyin,
      },
      { key: 'role', title: page('role'), width: 88, cell: (it) => page(it.role), minor: true },
      {
        key: 'people',
        title: page('people'),
        width: 72,
        align: 'end',
        cell: (it) => it.sold,
        sortBy: (it) => it.sold,
      },
      {
        key: 'state',
        title: page('runState'),
        width: 128,
        cell: (it) =>
          it.status === 'committed' ? (
            <StatusMark kind="todo">{page('unpublishedRun')}</StatusMark>
          ) : (
            <StatusMark kind="done">{page('publishedRun')}</StatusMark>
          ),
      },
      { key: 'papers', title: page('papers'), width: 164, cell: (it) => <Papers trip={it} /> },
    ],
    [say, page, nameOf],
  );
}

/** The bus lists of a committed plan, day by day, to print or to take along. */
export function PlanPapers({ plan }: { plan: PlanView }): ReactNode {
  const page = useWords(planningPageWords);
  const { language } = useLanguage();
  const columns = useColumns();
  const papers = usePapers(plan);
  const people = useMemo(() => {
    const sums = new Map<string, number>();
    for (const it of papers.data ?? []) {
      if (it.role === 'main') sums.set(it.day, (sums.get(it.day) ?? 0) + it.sold);
    }
    return sums;
  }, [papers.data]);
  if (papers.error) return <ErrorNote error={papers.error} onRetry={() => void papers.refetch()} />;
  if (daysOfPlan(plan).length === 0) return <EmptyState title={page('noPapers')} />;
  if (!papers.data) return <Loading />;
  return (
    <RuledTable
      label={page('tabPapers')}
      columns={columns}
      rows={papers.data}
      keyOf={(it) => it.id}
      groupOf={({ day }) =>
        page('dayGroup', {
          day: shortDate(day),
          weekday: weekdayOf(day, language),
          people: people.get(day) ?? 0,
        })
      }
      empty={<EmptyState title={page('noPapers')} />}
      height="100%"
    />
  );
}
