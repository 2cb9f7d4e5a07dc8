import { words } from '@fangang/domain/basics/words.ts';
import { readRows } from '@fangang/domain/figures/api.ts';
import type { FigureKey, FigureRows, PersonRow, TripRow } from '@fangang/domain/figures/schema.ts';
import { figurePageWords, figureRefusalWords, figureWords } from '@fangang/domain/figures/words.ts';
import { PERSON_READERS } from '@fangang/domain/people/api.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { momentOf, shortDate, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';

/** Which of the people not yet placed; what is left out does not narrow. */
interface UnmetOf {
  readonly reason?: string;
  readonly remedy?: string;
  /** 12 digits. */
  readonly district?: string;
  readonly owner?: string;
}

/** A figure whose rows are open. */
export interface OpenedRows {
  readonly key: FigureKey;
  /** Of those not yet placed: whom a draft plan seats, or whom none does. */
  readonly drafted?: 'yes' | 'no' | undefined;
  /** Of those not yet placed: one reason, one district, whom one member of staff answers for. */
  readonly which?: UnmetOf | undefined;
  /** Says whose rows they are, where that is not the figure itself. */
  readonly title?: string | undefined;
  /** 12 digits; none = all one may see. */
  readonly area?: string | undefined;
  /** Name of the area, as the title says it. */
  readonly place?: string | undefined;
  /** Now unless told. */
  readonly asOf?: string | undefined;
}

function useTripColumns(): Column<TripRow>[] {
  const say = useWords(figurePageWords);
  const nameOf = useNames();
  const { staff } = useSession();
  return [
    {
      key: 'code',
      title: say('code'),
      width: 104,
      cell: (it) =>
        staff ? (
          <Link to="/trips/$tripId" params={{ tripId: it.id }} className="link">
            {it.code}
          </Link>
        ) : (
          it.code
        ),
    },
    {
      key: 'day',
      title: say('day'),
      width: 84,
      cell: (it) => `${shortDate(it.departAt)} ${timeOf(it.departAt)}`,
      sortBy: (it) => it.departAt,
    },
    {
      key: 'mode',
      title: say('mode'),
      width: 84,
      cell: (it) => say(`mode.${it.mode}`),
      sortBy: (it) => it.mode,
    },
    {
      key: 'from',
      title: say('from'),
      cell: (it) => `${nameOf(it.district, it.districtPinyin)} ${nameOf(it.from, it.fromPinyin)}`,
    },
    { key: 'to', title: say('to'), cell: (it) => nameOf(it.to, it.toPinyin) },
    {
      key: 'people',
      title: say('people'),
      width: 56,
      align: 'end',
      cell: (it) => it.persons,
      sortBy: (it) => it.persons,
    },
  ];
}

function usePersonColumns(): Column<PersonRow>[] {
  const say = useWords(figurePageWords);
  const nameOf = useNames();
  const { staff } = useSession();
  const reads = staff !== null && (PERSON_READERS as readonly string[]).includes(staff.role);
  const called = (it: PersonRow): ReactNode => <b>{nameOf(it.name, it.pinyin) || say('forgotten')}</b>;
  return [
    {
      key: 'name',
      title: say('name'),
      cell: (it) =>
        reads && it.personId ? (
          <Link to="/people" search={{ person: it.personId }} className="link">
            {called(it)}
          </Link>
        ) : (
          called(it)
        ),
    },
    { key: 'district', title: say('district'), cell: (it) => nameOf(it.district, it.districtPinyin) },
    { key: 'town', title: say('town'), cell: (it) => nameOf(it.town, it.townPinyin) },
    { key: 'tail', title: say('idTail'), width: 84, cell: (it) => it.idTail },
    { key: 'times', title: say('times'), width: 44, align: 'end', cell: (it) => it.times || '' },
  ];
}

function Rows({ rows }: { rows: FigureRows }): ReactNode {
  const say = useWords(figurePageWords);
  const figure = useWords(figureWords)(rows.key);
  const trips = useTripColumns();
  const people = usePersonColumns();
  const label = say('rowsOf', { figure });
  return rows.trips.length > 0 ? (
    <RuledTable label={label} columns={trips} rows={rows.trips} keyOf={(it) => it.id} />
  ) : (
    <RuledTable label={label} columns={people} rows={rows.people} keyOf={(it) => it.row} />
  );
}

/** The rows behind a figure, page by page: their number is the figure. */
export function RowsDrawer({ open, onClose }: { open: OpenedRows; onClose: () => void }): ReactNode {
  const say = useWords(figurePageWords);
  const shell = useWords(words);
  const sayFigure = useWords(figureWords);
  const [page, setPage] = useState(0);
  const { key, area, asOf, place, drafted, which } = open;
  const { data, error, refetch } = useRead(readRows, {
    query: { key, page, ...which, ...(area && { area }), ...(asOf && { asOf }), ...(drafted && { drafted }) },
  });
  const named = drafted
    ? say(drafted === 'yes' ? 'draftedRows' : 'undraftedRows')
    : say('rowsOf', { figure: sayFigure(key) });
  const title = open.title ?? named;
  const last = data ? Math.max(0, Math.ceil(data.n / data.size) - 1) : 0;
  return (
    <Drawer
      title={place ? `${place} · ${title}` : title}
      sub={
        data && (
          <>
            {say('rowsSub', { at: momentOf(data.asOf), n: data.n })}
            <br />
            {shell('definition', { text: drafted ? say(`drafted.${drafted}.as`) : sayFigure(`${key}.as`) })}
          </>
        )
      }
      onClose={onClose}
      width={760}
      foot={
        last > 0 && (
          <>
            <Button disabled={page === 0} onPress={() => setPage(page - 1)}>
              {say('earlier')}
            </Button>
            <Button disabled={page >= last} onPress={() => setPage(page + 1)}>
              {say('later')}
            </Button>
            <span>{shell('progressOf', { done: page + 1, total: last + 1 })}</span>
          </>
        )
      }
    >
      {error && <ErrorNote error={error} tables={[figureRefusalWords]} onRetry={() => void refetch()} />}
      {data ? <Rows rows={data} /> : !error && <Loading />}
    </Drawer>
  );
}
