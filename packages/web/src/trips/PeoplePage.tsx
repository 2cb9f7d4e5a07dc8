import { words } from '@fangang/domain/basics/words.ts';
import { holdsLedger } from '@fangang/domain/offices/schema.ts';
import { PAGE_ROWS, type PeopleStatus } from '@fangang/domain/people/api.ts';
import { peopleRefusalWords, peopleWords, wishModeWords } from '@fangang/domain/people/words.ts';
import { listPeople, PeopleState, searchPeople, type WayStage } from '@fangang/domain/trips/api-people.ts';
import { standingWords, wayWords } from '@fangang/domain/trips/words-people.ts';
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { AddPerson } from '../people/AddPerson.tsx';
import { PickHome, PickPlace, type Place } from '../people/PickPlace.tsx';
import { WishDays } from '../people/WishDays.tsx';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Pages } from '../platform/ui/Pages.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { useTitle } from '../platform/use-title.ts';
import { PersonDrawer } from './PersonDrawer.tsx';
import { RunCell, StandingMark } from './person-way.tsx';
import { standingOf } from './way-reading.ts';
import '../people/people.css';

type Row = z.output<typeof listPeople.reply>['people'][number];

/** What the address holds: a list can be sent to a colleague and opened again. Whom one looks for stands in no address. */
interface Asked {
  readonly person?: string;
  readonly area?: string;
  readonly status?: string;
  readonly destination?: string;
  readonly place?: string;
  readonly page?: string;
  readonly add?: string;
}

const WISH_STATES = {
  unplaced: 'statusUnplaced',
  wants: 'statusWants',
  ownWay: 'statusOwnWay',
  stays: 'statusStays',
  withdrawn: 'statusWithdrawn',
  noWish: 'statusNoWish',
} as const satisfies Record<PeopleStatus, keyof typeof peopleWords>;

const WAY_STATES = [
  'notPlaced',
  'seated',
  'missed',
  'underWay',
  'left',
  'arrived',
  'signedFor',
] as const satisfies readonly (WayStage | 'notPlaced')[];

/** The states a list can be narrowed to, along the way first. */
function useStates(): readonly { value: PeopleState | 'all'; label: string }[] {
  const say = useWords(peopleWords);
  const sayWay = useWords(standingWords);
  const wish = Object.entries(WISH_STATES) as [PeopleStatus, (typeof WISH_STATES)[PeopleStatus]][];
  return [
    { value: 'all', label: say('all') },
    ...WAY_STATES.map((value) => ({ value, label: sayWay(value) })),
    ...wish.map(([value, word]) => ({ value, label: say(word) })),
  ];
}

/** The search goes with the entry of the history: there again on the way back, and never sent. */
type Asking = Asked & { readonly find?: string };
type Change = (more: Partial<Record<keyof Asking, string | undefined>>) => void;

function useAsked(): [Asking, Change] {
  const search = useSearch({ strict: false }) as Asked;
  const { find } = useLocation().state;
  const asked: Asking = { ...search, ...(find && { find }) };
  const navigate = useNavigate();
  const change: Change = (more) => {
    const { find: looked, ...next } = { ...asked, ...more };
    const said = Object.entries(next).filter(([, it]) => it !== undefined && it !== '');
    const state = looked ? { find: looked } : {};
    void navigate({ to: '/people', search: Object.fromEntries(said), state, replace: true });
  };
  return [asked, change];
}

const WAIT_MS = 200;

/** The list follows what is typed, after a breath. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }): ReactNode {
  const say = useWords(peopleWords);
  const [text, setText] = useState(value);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => onChange(next), WAIT_MS);
  };
  return <TextField label={say('search')} value={text} onChange={type} type="search" maxLength={40} />;
}

function Filters({ asked, change }: { asked: Asking; change: Change }): ReactNode {
  const say = useWords(peopleWords);
  const place: Place | null = asked.destination
    ? { code: asked.destination, name: asked.place ?? asked.destination }
    : null;
  const options = useStates();
  const any = asked.find || asked.area || asked.status || asked.destination;
  return (
    <search className="people-filters">
      <SearchField value={asked.find ?? ''} onChange={(find) => change({ find, page: undefined })} />
      <SelectField
        label={say('status')}
        value={PeopleState.safeParse(asked.status).data ?? 'all'}
        options={options}
        onChange={(status) => change({ status: status === 'all' ? undefined : status, page: undefined })}
      />
      <PickHome
        value={asked.area ?? null}
        onChange={(area) => change({ area: area ?? undefined, page: undefined })}
      />
      <PickPlace
        label={say('destination')}
        value={place}
        onChange={(it) => change({ destination: it?.code, place: it?.name, page: undefined })}
      />
      {any && (
        <Button
          kind="link"
          onPress={() =>
            change({
              find: undefined,
              area: undefined,
              status: undefined,
              destination: undefined,
              place: undefined,
              page: undefined,
            })
          }
        >
          {say('clearFilters')}
        </Button>
      )}
    </search>
  );
}

function useColumns(): readonly Column<Row>[] {
  const say = useWords(peopleWords);
  const sayMode = useWords(wishModeWords);
  const sayWay = useWords(wayWords);
  const nameOf = useNames();
  return useMemo(
    () => [
      {
        key: 'name',
        title: say('name'),
        width: 140,
        cell: (it) => <b>{nameOf(it.name, it.pinyin)}</b>,
        sortBy: (it) => it.pinyin,
      },
      {
        key: 'home',
        title: say('home'),
        cell: (it) => nameOf(it.areaName, it.areaPinyin),
        sortBy: (it) => it.area,
        minor: true,
      },
      {
        key: 'id',
        title: say('idTail'),
        width: 84,
        cell: (it) => it.idTail || say('withoutPapers'),
        minor: true,
      },
      { key: 'phone', title: say('phoneTail'), width: 84, cell: (it) => it.phoneTail, minor: true },
      {
        key: 'status',
        title: say('status'),
        width: 196,
        cell: (it) => <StandingMark wish={it.wish} way={it.way} />,
        sortBy: (it) => standingOf(it.wish, it.way).word.key,
      },
      {
        key: 'run',
        title: sayWay('run'),
        width: 212,
        cell: (it) => <RunCell way={it.way} />,
        sortBy: (it) => it.way?.departAt,
      },
      {
        key: 'destination',
        title: say('destination'),
        cell: (it) =>
          it.wish?.destinationName ? nameOf(it.wish.destinationName, it.wish.destinationPinyin) : '',
        sortBy: (it) => it.wish?.destinationName,
      },
      {
        key: 'days',
        title: say('days'),
        width: 128,
        cell: (it) => it.wish && <WishDays wish={it.wish} />,
        sortBy: (it) => it.wish?.earliest,
      },
      {
        key: 'mode',
        title: say('mode'),
        width: 112,
        cell: (it) => it.wish && sayMode(it.wish.mode),
        minor: true,
      },
    ],
    [say, sayMode, sayWay, nameOf],
  );
}

function NoPeople({ filtered, onAdd }: { filtered: boolean; onAdd: () => void }): ReactNode {
  const say = useWords(words);
  const sayPeople = useWords(peopleWords);
  const { role } = useStaff();
  if (holdsLedger(role))
    return <EmptyState title={filtered ? sayPeople('nobodyFits') : sayPeople('ledgerEmpty')} />;
  return (
    <EmptyState
      title={filtered ? sayPeople('nobodyFits') : say('peopleEmpty')}
      next={filtered ? sayPeople('nobodyFitsNext') : say('peopleNext')}
    >
      {filtered ? (
        <Button onPress={onAdd}>{sayPeople('add')}</Button>
      ) : (
        <Link to="/people/import" className="button button-main">
          {say('import')}
        </Link>
      )}
    </EmptyState>
  );
}

/** Drawer of one person, or of a new one. */
function Beside({ asked, season, change }: { asked: Asking; season: string; change: Change }): ReactNode {
  const close = (): void => change({ person: undefined, add: undefined });
  if (asked.add) {
    const added = (person: string): void => change({ add: undefined, person });
    return <AddPerson season={season} onAdded={added} onClose={close} />;
  }
  if (!asked.person) return null;
  return <PersonDrawer key={asked.person} personId={asked.person} season={season} onClose={close} />;
}

/** Everybody on the books of this office: what they wish, and how far they have come. It lies with the trips, which know that (ADR 0007). */
export function PeoplePage(): ReactNode {
  const say = useWords(words);
  const sayPeople = useWords(peopleWords);
  const { role } = useStaff();
  const { season } = useSession();
  const [asked, change] = useAsked();
  const columns = useColumns();
  const page = Math.max(1, Number(asked.page) || 1);
  const status = PeopleState.safeParse(asked.status).data;
  const query = {
    season: season?.id ?? '',
    page,
    ...(asked.area && { area: asked.area }),
    ...(asked.destination && { destination: asked.destination }),
    ...(status && { status }),
  };
  const text = asked.find?.trim() ?? '';
  const all = useRead(listPeople, { query }, { enabled: season !== null && text === '' });
  const some = useRead(
    searchPeople,
    { body: { ...query, text } },
    { enabled: season !== null && text !== '' },
  );
  const list = text === '' ? all : some;
  useTitle(say('people'));
  if (!season) return <EmptyState title={sayPeople('noSeason')} />;
  const filtered = Boolean(asked.find || asked.area || status || asked.destination);
  const add = (): void => change({ add: '1', person: undefined });
  return (
    <div className="page-full">
      <div className="page-bar">
        <h1>{say('people')}</h1>
        {list.data && <span className="sub">{sayPeople('peopleTotal', { n: list.data.total })}</span>}
        <span className="space" />
        {!holdsLedger(role) && (
          <div className="actions">
            <Button keys="N" onPress={add}>
              {sayPeople('add')}
            </Button>
            <Link to="/people/import" className="button button-main">
              {say('import')}
            </Link>
          </div>
        )}
      </div>
      <Filters asked={asked} change={change} />
      {list.isLoading && <Loading />}
      {list.error && <ErrorNote error={list.error} tables={[peopleRefusalWords]} />}
      {list.data && (
        <div className="grow">
          <RuledTable
            label={say('people')}
            columns={columns}
            rows={list.data.people}
            keyOf={(it) => it.id}
            chosenKey={asked.person ?? null}
            onOpen={(it) => change({ person: it.id, add: undefined })}
            onChoose={(it) => change({ person: it.id, add: undefined })}
            empty={<NoPeople filtered={filtered} onAdd={add} />}
          />
          <Pages
            page={page}
            total={list.data.total}
            rows={PAGE_ROWS}
            onPage={(to) => change({ page: String(to) })}
          />
        </div>
      )}
      <Beside asked={asked} season={season.id} change={change} />
    </div>
  );
}
