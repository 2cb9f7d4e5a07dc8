import { downloadIssue, type IssueLine, openIssue } from '@fangang/domain/people/api-report.ts';
import { reportRefusalWords, reportWords, rowChangeWords } from '@fangang/domain/people/words-report.ts';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { addressOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';

/** Who stands behind a cell of an issue; without a cell, who differs from the one before. */
function Behind({
  reportId,
  issueId,
  onClose,
}: {
  reportId: string;
  issueId: string;
  onClose: () => void;
}): ReactNode {
  const say = useWords(reportWords);
  const sayChange = useWords(rowChangeWords);
  const nameOf = useNames();
  const [typed, setTyped] = useState('');
  const place = typed.trim().toUpperCase();
  const ref = /^[A-Z]{1,3}[1-9]\d{0,6}$/.test(place) ? place : undefined;
  const params = { reportId, issueId };
  const { data, error } = useRead(openIssue, { params, query: ref ? { ref } : {} });
  return (
    <Drawer title={ref ? say('behind', { ref }) : say('behindAll')} onClose={onClose}>
      <TextField label={say('cellRef')} value={typed} onChange={setTyped} maxLength={10} />
      {error && <ErrorNote error={error} tables={[reportRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && <p>{data.total === 0 ? say('nobody') : say('nPeople', { n: data.total })}</p>}
      <ul className="report-people">
        {data?.people.map((it) => (
          <li key={it.id}>
            <b>{nameOf(it.name, it.pinyin)}</b> <span>•••• {it.idTail}</span>{' '}
            <small>{sayChange(it.change)}</small>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

/** Issues of a layout, the latest first, each against the one before. */
export function ReportIssues({
  reportId,
  issues,
}: {
  reportId: string;
  issues: readonly IssueLine[];
}): ReactNode {
  const say = useWords(reportWords);
  const [opened, setOpened] = useState<string | null>(null);
  const columns: Column<IssueLine>[] = [
    { key: 'at', title: say('at'), width: 150, cell: (it) => momentOf(it.at) },
    { key: 'by', title: say('by'), width: 120, cell: (it) => it.by ?? '', minor: true },
    { key: 'people', title: say('people'), width: 80, align: 'end', cell: (it) => it.people },
    {
      key: 'changes',
      title: say('changes'),
      cell: (it) => `${it.new} / ${it.changed} / ${it.gone}`,
      minor: true,
    },
    {
      key: 'file',
      title: '',
      width: 90,
      cell: (it) =>
        it.hasFile ? (
          <a href={addressOf(downloadIssue, { params: { reportId, issueId: it.id } })}>{say('download')}</a>
        ) : (
          say('fileGone')
        ),
    },
    {
      key: 'open',
      title: '',
      width: 100,
      cell: (it) => (
        <Button kind="link" onPress={() => setOpened(it.id)}>
          {say('open')}
        </Button>
      ),
    },
  ];
  return (
    <section>
      <h2>{say('issues')}</h2>
      {issues.length === 0 ? (
        <EmptyState title={say('noIssues')} next={say('noIssuesNext')} />
      ) : (
        <RuledTable columns={columns} rows={issues} keyOf={(it) => it.id} label={say('issues')} />
      )}
      {opened && <Behind reportId={reportId} issueId={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
