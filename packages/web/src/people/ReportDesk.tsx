import { readReport, removeReport } from '@fangang/domain/people/api-report.ts';
import { reportRefusalWords, reportWords } from '@fangang/domain/people/words-report.ts';
import type { ReactNode } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { ReportFill } from './ReportFill.tsx';
import { ReportIssues } from './ReportIssues.tsx';
import { ReportMap } from './ReportMap.tsx';

/** One layout: what its cells mean, its filling, its issues. */
export function ReportDesk({ reportId, onBack }: { reportId: string; onBack: () => void }): ReactNode {
  const say = useWords(reportWords);
  const toast = useToast();
  const { data, error } = useRead(readReport, { params: { reportId } });
  const { send, busy } = useWrite(removeReport);
  const remove = async (title: string): Promise<void> => {
    const answer = await send({ params: { reportId }, body: { removed: true } });
    if (!answer.ok) return;
    toast({ text: say('removed', { title }) });
    onBack();
  };
  return (
    <>
      <div className="page-bar">
        <h1>{data?.title ?? say('title')}</h1>
        <span className="space" />
        <div className="actions">
          <Button onPress={onBack}>{say('back')}</Button>
          {data && (
            <Button disabled={busy} onPress={() => void remove(data.title)}>
              {say('remove')}
            </Button>
          )}
        </div>
      </div>
      {error && <ErrorNote error={error} tables={[reportRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body reports">
          <ReportMap reportId={reportId} report={data} />
          {data.doubts.length === 0 && <ReportFill reportId={reportId} map={data.map} />}
          <ReportIssues reportId={reportId} issues={data.issues} />
        </div>
      )}
    </>
  );
}
