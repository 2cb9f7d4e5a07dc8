import { words } from '@fangang/domain/basics/words.ts';
import { listTrips, manifestPdfOf } from '@fangang/domain/trips/api.ts';
import type { TripLine } from '@fangang/domain/trips/schema.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useRead } from '../platform/asking.ts';
import { addressOf, type ReplyOf } from '../platform/call.ts';
import { dateOf, shortDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';
import { filterOf, TripDays, type TripFilter, TripFilters } from './trip-filter.tsx';
import { AT_DOOR, DOORS_OF_TRIP } from './trip-parts.tsx';
import { finds, MARK_OF_TRIP } from './trip-reading.ts';
import './trips.css';

type Reply = ReplyOf<typeof listTrips>;

function useDoorColumns(): readonly Column<TripLine>[] {
  const say = useWords(tripWords);
  const { language } = useLanguage();
  const { staff } = useSession();
  const base: Column<TripLine>[] = [
    {
      key: 'doors',
      title: say('doors'),
      width: 76,
      cell: (it) => <ThreeDoorLine doors={DOORS_OF_TRIP[it.status]} />,
    },
    {
      key: 'status',
      title: say('filterStatus'),
      width: 112,
      cell: (it) => <StatusMark kind={MARK_OF_TRIP[it.status]}>{say(`status.${it.status}`)}</StatusMark>,
      sortBy: (it) => it.status,
    },
    {
      key: 'mode',
      title: say('vehicle'),
      width: 168,
      cell: (it) => [say(`mode.${it.mode}`), it.plate].filter(Boolean).join(' '),
      minor: true,
    },
  ];
  if (!staff || !AT_DOOR.includes(staff.role)) return base;
  const pdf = (it: TripLine): string =>
    addressOf(manifestPdfOf, { params: { tripId: it.id }, query: { lang: language } });
  return [
    ...base,
    {
      key: 'register',
      title: say('register'),
      width: 76,
      cell: (it) => (
        <a className="link" href={pdf(it)} target="_blank" rel="noopener">
          PDF
        </a>
      ),
      minor: true,
    },
  ];
}

function useColumns(minLoad: number): readonly Column<TripLine>[] {
  const say = useWords(tripWords);
  const names = useNames();
  const doors = useDoorColumns();
  const isCoach = (it: TripLine): boolean => it.mode === 'charterBus' && it.role === 'main';
  return [
    {
      key: 'code',
      title: say('code'),
      width: 128,
      cell: (it) => (
        <Link className="trip-code" to="/trips/$tripId" params={{ tripId: it.id }} search={{}} tabIndex={-1}>
          {it.code}
        </Link>
      ),
      sortBy: (it) => it.code,
    },
    {
      key: 'departs',
      title: say('departs'),
      width: 96,
      cell: (it) => `${shortDate(it.departAt)} ${timeOf(it.departAt)}`,
      sortBy: (it) => it.departAt,
    },
    {
      key: 'arrives',
      title: say('arrives'),
      width: 96,
      cell: (it) =>
        dateOf(it.arriveAt) === dateOf(it.departAt)
          ? timeOf(it.arriveAt)
          : `${shortDate(it.arriveAt)} ${timeOf(it.arriveAt)}`,
      sortBy: (it) => it.arriveAt,
      minor: true,
    },
    {
      key: 'way',
      title: say('way'),
      cell: (it) => `${names(it.from, it.fromPinyin)} → ${names(it.to, it.toPinyin)}`,
      sortBy: (it) => it.toPinyin,
    },
    {
      key: 'load',
      title: say('load'),
      width: 150,
      cell: (it) => <LoadBar taken={it.sold} cap={it.cap} {...(isCoach(it) ? { min: minLoad } : {})} />,
      sortBy: (it) => it.sold,
    },
    {
      key: 'boarded',
      title: say('boarded'),
      width: 68,
      align: 'end',
      cell: (it) => it.boarded,
      sortBy: (it) => it.boarded,
    },
    ...doors,
  ];
}

function Nothing({
  filter,
  days,
  go,
}: {
  filter: TripFilter;
  days: Reply['days'];
  go: (next: TripFilter) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const shell = useWords(words);
  const isFiltered = Boolean(filter.status || filter.role || filter.text);
  if (days.length === 0 && !isFiltered) {
    return (
      <EmptyState title={shell('tripsEmpty')} next={shell('tripsNext')}>
        <Link to="/planning" className="link">
          {shell('planning')}
        </Link>
      </EmptyState>
    );
  }
  const { day } = filter;
  const hasRuns = days.some((it) => it.day === day);
  const other = hasRuns ? undefined : (days.find((it) => day !== null && it.day > day) ?? days.at(-1));
  return (
    <EmptyState
      title={day && !hasRuns ? say('noneThisDay', { day: shortDate(day) }) : say('noneHere')}
      next={say('noneNext')}
    >
      {other && day && (
        <Button kind="main" onPress={() => go({ ...filter, day: other.day })}>
          {say('nextDayWithRuns', { day: shortDate(other.day), n: other.trips })}
        </Button>
      )}
      {isFiltered && <Button onPress={() => go({ day, text: '' })}>{say('dropFilter')}</Button>}
    </EmptyState>
  );
}

function TripTable({
  reply,
  filter,
  go,
}: {
  reply: Reply;
  filter: TripFilter;
  go: (next: TripFilter) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const shell = useWords(words);
  const navigate = useNavigate();
  const columns = useColumns(reply.minLoad);
  const rows = reply.trips.filter((it) =>
    finds(
      filter.text,
      [
        { name: it.from, pinyin: it.fromPinyin },
        { name: it.to, pinyin: it.toPinyin },
      ],
      [it.code, it.plate ?? ''],
    ),
  );
  return (
    <div className="grow">
      <RuledTable
        label={shell('trips')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        toneOf={(it) => (it.status === 'cancelled' ? 'quiet' : it.status === 'boarding' ? 'new' : 'plain')}
        onOpen={(it) => void navigate({ to: '/trips/$tripId', params: { tripId: it.id }, search: {} })}
        empty={<Nothing filter={filter} days={reply.days} go={go} />}
      />
      {reply.trips.length < reply.total && (
        <p className="page-body">{say('someOf', { shown: reply.trips.length, total: reply.total })}</p>
      )}
    </div>
  );
}

/** The season's runs by day, beginning with the clock's: how full, how far, what to do. Enter opens a run. */
export function TripsPage(): ReactNode {
  const shell = useWords(words);
  useTitle(shell('trips'));
  const { season, clock } = useSession();
  const navigate = useNavigate();
  const today = dateOf(clock.now);
  const filter = filterOf(useSearch({ strict: false }) as Record<string, unknown>, today);
  const { day, status, role } = filter;
  const query = {
    season: season?.id ?? '',
    count: 500,
    ...(day && { day }),
    ...(status && { status }),
    ...(role && { role }),
  };
  const { data, error, refetch } = useRead(
    listTrips,
    { query },
    { enabled: season !== null, everyMs: 30_000 },
  );
  // While another day is on its way, the days stay in their place.
  const last = useRef(data);
  last.current = data ?? last.current;
  const go = (next: TripFilter): void => {
    const { text, ...rest } = next;
    void navigate({
      to: '/trips',
      search: { ...rest, day: next.day ?? 'all', ...(text && { text }) },
      replace: true,
    });
  };
  if (!season) {
    return <EmptyState title={shell('tripsEmpty')} next={shell('tripsNext')} />;
  }
  return (
    <div className="page-full">
      <div className="page-bar">
        <h1>{shell('trips')}</h1>
        <TripDays filter={filter} today={today} days={last.current?.days ?? []} onChange={go} />
        <span className="space" />
        <TripFilters filter={filter} onChange={go} />
      </div>
      {error && <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <TripTable reply={data} filter={filter} go={go} />}
    </div>
  );
}
