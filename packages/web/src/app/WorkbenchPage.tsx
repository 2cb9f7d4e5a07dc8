import { words } from '@fangang/domain/basics/words.ts';
import { readWorkbench } from '@fangang/domain/figures/api.ts';
import type { DepartureRow, OpenProposal, UnsignedRow } from '@fangang/domain/figures/schema.ts';
import {
  figurePageWords,
  figureRefusalWords,
  figureWords,
  workbenchWords,
} from '@fangang/domain/figures/words.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type OpenedRows, RowsDrawer } from '../figures/RowsDrawer.tsx';
import { UnmetTable } from '../figures/UnmetTable.tsx';
import { useRead } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { momentOf, timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Figure } from '../platform/ui/Figure.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { useTitle } from '../platform/use-title.ts';

type Facts = ReplyOf<typeof readWorkbench>;

/** Departures and signatures of the field come in by themselves. */
const EVERY_MS = 30_000;

function Part({ title, sub, children }: { title: string; sub?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="page-body figures-part">
      <div className="section-head">
        <h2>{title}</h2>
        {sub}
      </div>
      {children}
    </section>
  );
}

function Unmet({ facts, onRows }: { facts: Facts; onRows: (rows: OpenedRows) => void }): ReactNode {
  const say = useWords(workbenchWords);
  const sayFigure = useWords(figureWords);
  return (
    <Part
      title={say('unmet')}
      sub={
        <>
          <Figure
            n={facts.unmet}
            unit={sayFigure('unmet.unit')}
            tone={facts.unmet > 0 ? 'danger' : 'plain'}
            size="panel"
            asOf={momentOf(facts.asOf)}
            definition={sayFigure('unmet.as')}
            onOpen={() => onRows({ key: 'unmet' })}
          />
          <span className="space" />
          <Link to="/planning" className="link">
            {say('toPlanning')}
          </Link>
        </>
      }
    >
      {facts.unmet > 0 ? (
        <UnmetTable groups={facts.unmetGroups} onOpen={onRows} />
      ) : (
        <p className="table-empty">{say('nobodyUnmet')}</p>
      )}
    </Part>
  );
}

function Unsigned({ rows }: { rows: readonly UnsignedRow[] }): ReactNode {
  const say = useWords(workbenchWords);
  const page = useWords(figurePageWords);
  const nameOf = useNames();
  const navigate = useNavigate();
  const columns: Column<UnsignedRow>[] = [
    { key: 'code', title: page('code'), width: 120, cell: (it) => <b>{it.code}</b> },
    { key: 'gate', title: say('gate'), cell: (it) => nameOf(it.gate, it.gatePinyin) },
    {
      key: 'since',
      title: say('since'),
      width: 150,
      cell: (it) => momentOf(it.arrivedAt),
      sortBy: (it) => it.arrivedAt,
    },
    {
      key: 'n',
      title: page('people'),
      width: 72,
      align: 'end',
      cell: (it) => it.persons,
      sortBy: (it) => it.persons,
    },
  ];
  return (
    <Part title={say('unsigned')}>
      <RuledTable
        label={say('unsigned')}
        columns={columns}
        rows={rows}
        keyOf={(it) => `${it.tripId} ${it.stop}`}
        toneOf={() => 'warn'}
        onOpen={(it) => void navigate({ to: '/trips/$tripId', params: { tripId: it.tripId } })}
        empty={<p className="table-empty">{say('unsignedNone')}</p>}
      />
    </Part>
  );
}

function Departures({ rows }: { rows: readonly DepartureRow[] }): ReactNode {
  const say = useWords(workbenchWords);
  const page = useWords(figurePageWords);
  const nameOf = useNames();
  const navigate = useNavigate();
  const columns: Column<DepartureRow>[] = [
    {
      key: 'at',
      title: say('departs'),
      width: 72,
      cell: (it) => <b>{timeOf(it.departAt)}</b>,
      sortBy: (it) => it.departAt,
    },
    { key: 'code', title: page('code'), width: 120, cell: (it) => it.code, sortBy: (it) => it.code },
    { key: 'from', title: page('from'), cell: (it) => nameOf(it.from, it.fromPinyin) },
    { key: 'to', title: page('to'), cell: (it) => nameOf(it.to, it.toPinyin) },
    { key: 'mode', title: page('mode'), width: 110, minor: true, cell: (it) => page(`mode.${it.mode}`) },
    {
      key: 'status',
      title: say('status'),
      width: 110,
      cell: (it) => say(`status.${it.status}`),
      sortBy: (it) => it.status,
    },
    { key: 'load', title: say('load'), width: 120, align: 'end', cell: (it) => `${it.boarded} / ${it.sold}` },
  ];
  return (
    <Part title={say('today')}>
      <RuledTable
        label={say('today')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        toneOf={(it) => (it.status === 'boarding' ? 'new' : it.status === 'cancelled' ? 'quiet' : 'plain')}
        onOpen={(it) => void navigate({ to: '/trips/$tripId', params: { tripId: it.id } })}
        empty={<p className="table-empty">{say('todayNone')}</p>}
      />
    </Part>
  );
}

function Proposals({ rows }: { rows: readonly OpenProposal[] }): ReactNode {
  const say = useWords(workbenchWords);
  const page = useWords(figurePageWords);
  const nameOf = useNames();
  const navigate = useNavigate();
  const columns: Column<OpenProposal>[] = [
    { key: 'area', title: page('district'), cell: (it) => <b>{nameOf(it.areaName, it.areaPinyin)}</b> },
    {
      key: 'at',
      title: say('asked'),
      width: 150,
      cell: (it) => momentOf(it.askedAt),
      sortBy: (it) => it.askedAt,
    },
    {
      key: 'state',
      title: say('status'),
      width: 160,
      cell: (it) =>
        it.state === 'running'
          ? say('proposal.running', { share: Math.round(it.share * 100) })
          : say('proposal.ready'),
    },
  ];
  return (
    <Part title={say('proposals')}>
      <RuledTable
        label={say('proposals')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        onOpen={() => void navigate({ to: '/planning' })}
        empty={<p className="table-empty">{say('proposalsNone')}</p>}
      />
    </Part>
  );
}

function Nothing(): ReactNode {
  const say = useWords(words);
  return (
    <EmptyState title={say('workbenchEmpty')} next={say('workbenchNext')}>
      <Link to="/people/import" className="link">
        {say('import')}
      </Link>
    </EmptyState>
  );
}

function isEmpty(facts: Facts): boolean {
  return facts.wants === 0 && facts.departures.length + facts.unsigned.length + facts.proposals.length === 0;
}

/** What an office must do now; people still without a way to go come first. */
export function WorkbenchPage(): ReactNode {
  const say = useWords(words);
  const [open, setOpen] = useState<OpenedRows | null>(null);
  const { data, error, refetch } = useRead(readWorkbench, undefined, { everyMs: EVERY_MS });
  useTitle(say('workbench'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('workbench')}</h1>
        {data && <span className="sub">{say('asOf', { at: momentOf(data.asOf) })}</span>}
      </div>
      {error && <ErrorNote error={error} tables={[figureRefusalWords]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && isEmpty(data) && <Nothing />}
      {data && !isEmpty(data) && (
        <>
          <Unmet facts={data} onRows={setOpen} />
          <Unsigned rows={data.unsigned} />
          <Departures rows={data.departures} />
          <Proposals rows={data.proposals} />
        </>
      )}
      {open && <RowsDrawer open={open} onClose={() => setOpen(null)} />}
    </>
  );
}
