import { words } from '@fangang/domain/basics/words.ts';
import { listTrips } from '@fangang/domain/trips/api.ts';
import { type TripLine, TripRole, TripStatus } from '@fangang/domain/trips/schema.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import { shortDate, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { LoadBar } from '../platform/ui/LoadBar.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';
import { DOORS_OF_TRIP } from './trip-parts.tsx';

const ALL = 'all';

interface Filter {
  readonly day?: string;
  readonly status?: TripStatus;
  readonly role?: TripRole;
}

/** What the address asks for; what it does not know is left out. */
function filterOf(search: Record<string, unknown>): Filter {
  const status = TripStatus.safeParse(search.status);
  const role = TripRole.safeParse(search.role);
  const day =
    typeof search.day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search.day) ? search.day : undefined;
  return {
    ...(day ? { day } : {}),
    ...(status.success ? { status: status.data } : {}),
    ...(role.success ? { role: role.data } : {}),
  };
}

function useColumns(minLoad: number): readonly Column<TripLine>[] {
  const say = useWords(tripWords);
  const names = useNames();
  const isCoach = (it: TripLine): boolean => it.mode === 'charterBus' && it.role === 'main';
  return [
    { key: 'code', title: say('code'), width: 132, cell: (it) => <b>{it.code}</b>, sortBy: (it) => it.code },
    {
      key: 'departs',
      title: say('departs'),
      width: 104,
      cell: (it) => `${shortDate(it.departAt)} ${timeOf(it.departAt)}`,
      sortBy: (it) => it.departAt,
    },
    {
      key: 'way',
      title: say('way'),
      cell: (it) => `${names(it.from, it.fromPinyin)} → ${names(it.to, it.toPinyin)}`,
      sortBy: (it) => it.toPinyin,
    },
    {
      key: 'doors',
      title: say('doors'),
      width: 76,
      cell: (it) => <ThreeDoorLine doors={DOORS_OF_TRIP[it.status]} />,
    },
    {
      key: 'status',
      title: say('filterStatus'),
      width: 104,
      cell: (it) => say(`status.${it.status}`),
      sortBy: (it) => it.status,
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
      width: 64,
      align: 'end',
      cell: (it) => it.boarded,
      sortBy: (it) => it.boarded,
    },
    {
      key: 'mode',
      title: say('vehicle'),
      width: 150,
      cell: (it) => [say(`mode.${it.mode}`), it.plate].filter(Boolean).join(' '),
      minor: true,
    },
  ];
}

function TripTable({ trips, minLoad }: { trips: readonly TripLine[]; minLoad: number }): ReactNode {
  const say = useWords(tripWords);
  const shell = useWords(words);
  const navigate = useNavigate();
  const columns = useColumns(minLoad);
  return (
    <RuledTable
      label={shell('trips')}
      columns={columns}
      rows={trips}
      keyOf={(it) => it.id}
      toneOf={(it) => (it.status === 'cancelled' ? 'quiet' : it.status === 'boarding' ? 'new' : 'plain')}
      onOpen={(it) => void navigate({ to: '/trips/$tripId', params: { tripId: it.id }, search: {} })}
      empty={<EmptyState title={say('noneHere')} next={say('noneNext')} />}
    />
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const say = useWords(tripWords);
  const { status: _status, ...noStatus } = filter;
  const { role: _role, ...noRole } = filter;
  return (
    <div className="actions">
      <SelectField
        label={say('filterRole')}
        value={filter.role ?? ALL}
        onChange={(role) => onChange(role === ALL ? noRole : { ...filter, role })}
        options={[
          { value: ALL, label: say('anyRole') },
          ...TripRole.options.map((value) => ({ value, label: say(`role.${value}`) })),
        ]}
      />
      <SelectField
        label={say('filterStatus')}
        value={filter.status ?? ALL}
        onChange={(status) => onChange(status === ALL ? noStatus : { ...filter, status })}
        options={[
          { value: ALL, label: say('anyStatus') },
          ...TripStatus.options
            .filter((it) => it !== 'proposed')
            .map((value) => ({ value, label: say(`status.${value}`) })),
        ]}
      />
    </div>
  );
}

/** The season's runs by day: how full, how far, what to do. Enter opens a run. */
export function TripsPage(): ReactNode {
  const say = useWords(tripWords);
  const shell = useWords(words);
  useTitle(shell('trips'));
  const { season } = useSession();
  const navigate = useNavigate();
  const filter = filterOf(useSearch({ strict: false }) as Record<string, unknown>);
  const { data, error, refetch } = useRead(
    listTrips,
    { query: { season: season?.id ?? '', ...filter } },
    { enabled: season !== null, everyMs: 30_000 },
  );
  const go = (next: Filter): void => void navigate({ to: '/trips', search: { ...next } });
  const { day: _day, ...anyDay } = filter;
  const isEmpty = data?.total === 0 && data.days.length === 0 && !filter.status && !filter.role;
  const tabs = (data?.days ?? []).map((it) => ({
    key: it.day,
    title: shortDate(it.day),
    sub: say('dayPeople', { trips: it.trips, people: it.people }),
  }));
  return (
    <div className="page-full">
      <div className="page-bar">
        <h1>{shell('trips')}</h1>
        {tabs.length > 0 && (
          <Tabs
            label={say('departs')}
            value={filter.day ?? ALL}
            tabs={[{ key: ALL, title: say('allDays') }, ...tabs]}
            onChange={(key) => go(key === ALL ? anyDay : { ...filter, day: key })}
          />
        )}
        <span className="space" />
        {!isEmpty && <Filters filter={filter} onChange={go} />}
      </div>
      {error && <ErrorNote error={error} tables={[tripRefusals]} onRetry={() => void refetch()} />}
      {!data && !error && season && <Loading />}
      {(isEmpty || !season) && (
        <EmptyState title={shell('tripsEmpty')} next={shell('tripsNext')}>
          <Link to="/planning" className="link">
            {shell('planning')}
          </Link>
        </EmptyState>
      )}
      {data && !isEmpty && (
        <div className="grow">
          <TripTable trips={data.trips} minLoad={data.minLoad} />
          {data.trips.length < data.total && (
            <p className="page-body">{say('someOf', { shown: data.trips.length, total: data.total })}</p>
          )}
        </div>
      )}
    </div>
  );
}
