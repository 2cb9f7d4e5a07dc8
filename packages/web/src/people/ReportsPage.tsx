import {
  addReport,
  listReports,
  type ReportLine,
  removeReport,
  takeReadyReport,
} from '@fangang/domain/people/api-report.ts';
import { reportRefusalWords, reportWords } from '@fangang/domain/people/words-report.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useRefresh, useWrite } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { FileDrop } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { ReportDesk } from './ReportDesk.tsx';
import './people.css';
import './report.css';

function Doubts({ n }: { n: number }): ReactNode {
  const say = useWords(reportWords);
  return (
    <StatusMark kind={n > 0 ? 'held' : 'done'}>{n > 0 ? say('nDoubts', { n }) : say('noDoubts')}</StatusMark>
  );
}

function Own({ rows, onOpen }: { rows: readonly ReportLine[]; onOpen: (id: string) => void }): ReactNode {
  const say = useWords(reportWords);
  const { send, busy } = useWrite(removeReport);
  const columns: Column<ReportLine>[] = [
    { key: 'title', title: say('own'), cell: (it) => <b>{it.title}</b> },
    { key: 'doubts', title: say('meaning'), width: 180, cell: (it) => <Doubts n={it.doubts} />, minor: true },
    {
      key: 'last',
      title: say('lastIssue'),
      width: 150,
      cell: (it) => (it.lastIssueAt ? momentOf(it.lastIssueAt) : say('never')),
      minor: true,
    },
    {
      key: 'do',
      title: '',
      width: 100,
      cell: (it) =>
        it.removed ? (
          <Button
            kind="link"
            disabled={busy}
            onPress={() => void send({ params: { reportId: it.id }, body: { removed: false } })}
          >
            {say('restore')}
          </Button>
        ) : (
          <Button kind="link" onPress={() => onOpen(it.id)}>
            {say('fill')}
          </Button>
        ),
    },
  ];
  if (rows.length === 0) return <EmptyState title={say('none')} next={say('noneNext')} />;
  return (
    <RuledTable
      columns={columns}
      rows={rows}
      keyOf={(it) => it.id}
      label={say('own')}
      onOpen={(it) => onOpen(it.id)}
    />
  );
}

interface ReadyLine {
  readonly id: string;
  readonly title: string;
  readonly columns: number;
}

function Ready({ rows, onTaken }: { rows: readonly ReadyLine[]; onTaken: (id: string) => void }): ReactNode {
  const say = useWords(reportWords);
  const { send, busy } = useWrite(takeReadyReport);
  const take = async (ready: string): Promise<void> => {
    const answer = await send({ body: { ready } });
    if (answer.ok) onTaken(answer.value.reportId);
  };
  return (
    <ul className="report-ready">
      {rows.map((it) => (
        <li key={it.id}>
          <span>
            {it.title} <small>{say('nColumns', { n: it.columns })}</small>
          </span>
          <Button kind="link" disabled={busy} onPress={() => void take(it.id)}>
            {say('take')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Brings a blank to the server; what it knows from an earlier one is said. */
function Upload({ onTaken }: { onTaken: (id: string) => void }): ReactNode {
  const say = useWords(reportWords);
  const toast = useToast();
  const refresh = useRefresh();
  const [problem, setProblem] = useState<unknown>(null);
  const take = async (file: File): Promise<void> => {
    setProblem(null);
    const form = new FormData();
    form.append('key', newKey());
    form.append('file', file);
    try {
      const answer = await call(addReport, { body: form as never });
      if (!answer.ok) return setProblem(answer.refusal);
      if (answer.value.remembered) toast({ text: say('remembered') });
      void refresh('people');
      onTaken(answer.value.reportId);
    } catch (fault) {
      setProblem(fault);
    }
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[reportRefusalWords]} />}
      <FileDrop
        accept=".xlsx"
        label={say('upload')}
        hint={say('uploadHint')}
        onFile={(file) => void take(file)}
      />
    </>
  );
}

/** Reports out: own layouts, those that come along, and one opened. */
export function ReportsPage(): ReactNode {
  const say = useWords(reportWords);
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error } = useRead(listReports, {});
  useTitle(say('title'));
  if (opened) return <ReportDesk key={opened} reportId={opened} onBack={() => setOpened(null)} />;
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
      </div>
      {error && <ErrorNote error={error} tables={[reportRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body reports">
          <Upload onTaken={setOpened} />
          <Own rows={data.reports} onOpen={setOpened} />
          <h2>{say('ready')}</h2>
          <Ready rows={data.ready} onTaken={setOpened} />
        </div>
      )}
    </>
  );
}
