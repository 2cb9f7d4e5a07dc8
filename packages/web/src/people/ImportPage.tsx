import { FILE_ENDINGS } from '@fangang/domain/basics/file-names.ts';
import { words } from '@fangang/domain/basics/words.ts';
import { readUpload, type UploadView } from '@fangang/domain/people/api.ts';
import { rosterWords, wordedFacts } from '@fangang/domain/people/roster-words.ts';
import { peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import { importWords } from '@fangang/domain/people/words-import.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useRead, useRefresh } from '../platform/asking.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { FileDrop, SelectField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Progress, Steps } from '../platform/ui/Progress.tsx';
import { useTitle } from '../platform/use-title.ts';
import { BadGrid } from './BadGrid.tsx';
import { WouldBe } from './import-would.tsx';
import { MappingLine } from './MappingLine.tsx';
import { pastedCsv } from './pasted.ts';
import './people.css';
import {
  type Fixing,
  type Problem,
  type Sending,
  useFixing,
  useSending,
  useWriting,
  type Written,
} from './use-upload.ts';

const TABLES = [peopleRefusalWords, rosterWords];

/** What is wrong with a roster's file or its columns, its facts in words. */
function RosterNote({ error }: { error: Problem | UploadView['problem'] }): ReactNode {
  const { language } = useLanguage();
  const facts = error && 'facts' in error ? error.facts : undefined;
  const worded = facts ? { ...error, facts: wordedFacts(facts, language) } : error;
  return <ErrorNote error={worded} tables={TABLES} />;
}

function StepLine({ at }: { at: number }): ReactNode {
  const say = useWords(peopleWords);
  const steps = [say('stepFile'), say('stepColumns'), say('stepFix'), say('stepWrite')];
  return (
    <div className="people-steps">
      <Steps steps={steps} at={at} />
    </div>
  );
}

/** Takes a table that is pasted anywhere on the page, but into a field; true while the last one was none. */
function usePaste(name: string, take: (file: File) => Promise<void>): boolean {
  const [refused, setRefused] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
      const csv = pastedCsv(event.clipboardData?.getData('text/plain') ?? '');
      setRefused(csv === undefined);
      if (csv !== undefined) void latest.current(new File([csv], `${name}.csv`, { type: 'text/csv' }));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [name]);
  return refused;
}

function DropPart({ sending, onTaken }: { sending: Sending; onTaken: (id: string) => void }): ReactNode {
  const say = useWords(peopleWords);
  const sayImport = useWords(importWords);
  const take = async (file: File): Promise<void> => {
    const id = await sending.send(file);
    if (id) onTaken(id);
  };
  const noTable = usePaste(sayImport('pasted'), take);
  return (
    <div className="page-body import-drop">
      {sending.problem && <RosterNote error={sending.problem} />}
      {noTable && (
        <p className="labelled-error" role="alert">
          {sayImport('pasteNeedsTable')} → {sayImport('pasteNeedsTable.remedy')}
        </p>
      )}
      {sending.busy ? (
        <Progress label={say('reading', { file: sending.file?.name ?? '' })} />
      ) : (
        <>
          <FileDrop
            accept={FILE_ENDINGS.spreadsheet.join()}
            hint={say('dropHint')}
            onFile={(file) => void take(file)}
          />
          <p className="labelled-hint">{sayImport('paste')}</p>
        </>
      )}
    </div>
  );
}

function FileBar({
  view,
  sending,
  onTaken,
  onAway,
}: {
  view: UploadView;
  sending: Sending;
  onTaken: (id: string) => void;
  onAway: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const { file } = sending;
  const other = async (sheet: string): Promise<void> => {
    const id = file && (await sending.send(file, sheet));
    if (id) onTaken(id);
  };
  return (
    <div className="page-bar">
      <h1>{view.file}</h1>
      {view.sheet && <span className="sub">{`${say('sheet')} ${view.sheet}`}</span>}
      <span className="sub">{say('headerRow', { row: view.headerRows.join('–') })}</span>
      <span className="sub">{say('rowsRead', { n: view.rows })}</span>
      {view.dropped > 0 && <span className="sub">{say('rowsDropped', { n: view.dropped })}</span>}
      {view.merged > 0 && <span className="sub">{say('rowsMerged', { n: view.merged })}</span>}
      <span className="space" />
      {file && view.sheets.length > 1 && (
        <SelectField
          label={say('sheet')}
          value={view.sheet}
          options={view.sheets.map((it) => ({ value: it, label: it }))}
          onChange={(sheet) => void other(sheet)}
        />
      )}
      <Button onPress={onAway}>{say('discard')}</Button>
    </div>
  );
}

function WriteFoot({
  view,
  fixing,
  onWritten,
}: {
  view: UploadView;
  fixing: Fixing;
  onWritten: (written: Written) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const writing = useWriting(view.uploadId);
  const write = async (): Promise<void> => {
    const written = await writing.write(view.bad > 0);
    if (written) onWritten(written);
  };
  const label =
    view.bad > 0 ? say('writeGood', { n: view.good, bad: view.bad }) : say('write', { n: view.good });
  return (
    <footer className="import-foot">
      {writing.problem && <RosterNote error={writing.problem} />}
      {writing.busy ? (
        <Progress label={say('writing')} />
      ) : (
        <Button
          kind="main"
          keys="Ctrl+Enter"
          disabled={view.good === 0 || fixing.busy}
          onPress={() => void write()}
        >
          {label}
        </Button>
      )}
      <span className="sub">{say('sameFileAgain')}</span>
    </footer>
  );
}

function stepOf(view: UploadView): number {
  if (view.problem || view.columns.some((it) => it.confidence === 'ask')) return 1;
  return view.bad > 0 ? 2 : 3;
}

/** How many rows are still bad. Mended ones stay in the grid, so that it says when nothing is left to do. */
function BadHead({ view }: { view: UploadView }): ReactNode {
  const say = useWords(peopleWords);
  const mended = view.bad === 0 && view.badRows.length > 0;
  return (
    <div className="section-head">
      <h2>{mended ? say('noBadRows') : say('badOnly', { n: view.bad })}</h2>
      <span>{mended ? say('noBadRowsNext') : say('goodRest', { n: view.good })}</span>
    </div>
  );
}

function UploadPart(props: {
  view: UploadView;
  sending: Sending;
  onTaken: (id: string) => void;
  onAway: () => void;
  onWritten: (written: Written) => void;
}): ReactNode {
  const { view } = props;
  const fixing = useFixing(view.uploadId, view.fixes);
  const writing = useWriting(view.uploadId);
  const away = (): void => void writing.discard().then(props.onAway);
  return (
    <div className="page-full">
      <StepLine at={stepOf(view)} />
      <FileBar view={view} sending={props.sending} onTaken={props.onTaken} onAway={away} />
      <div className="grow import-frame">
        <section>
          {view.problem && <RosterNote error={view.problem} />}
          {fixing.problem && <RosterNote error={fixing.problem} />}
          <MappingLine view={view} onChoose={fixing.choose} />
          {!view.problem && (
            <>
              <BadHead view={view} />
              <BadGrid view={view} onFix={fixing.add} />
            </>
          )}
        </section>
        <WouldBe view={view} />
      </div>
      <WriteFoot view={view} fixing={fixing} onWritten={props.onWritten} />
    </div>
  );
}

function DonePart({ written, onAgain }: { written: Written; onAgain: () => void }): ReactNode {
  const say = useWords(peopleWords);
  const { created, updated, unchanged, left } = written;
  const rows = new Set(left.map((it) => it.row)).size;
  return (
    <>
      <StepLine at={4} />
      <EmptyState
        title={say('written', { file: written.file })}
        next={say('writtenCounts', { created, updated, unchanged })}
      >
        <Link to="/planning" className="button button-main">
          {say('planNext')}
        </Link>{' '}
        <Link to="/people" className="link">
          {say('seePeople')}
        </Link>{' '}
        <Button kind="link" onPress={onAgain}>
          {say('anotherRoster')}
        </Button>
        {rows > 0 && <p>{say('leftRows', { n: rows })}</p>}
      </EmptyState>
    </>
  );
}

/** From a township's spreadsheet to people on the books: file, columns, bad rows, submit. */
export function ImportPage({ below }: { below: ReactNode }): ReactNode {
  const say = useWords(words);
  const sayPeople = useWords(peopleWords);
  const staff = useStaff();
  const { season } = useSession();
  const { upload } = useSearch({ strict: false }) as { upload?: string };
  const navigate = useNavigate();
  const [written, setWritten] = useState<Written | null>(null);
  const sending = useSending(season?.id ?? '', staff.areaCode);
  const view = useRead(
    readUpload,
    { params: { uploadId: upload ?? '' } },
    { enabled: upload !== undefined && !written },
  );
  const refresh = useRefresh();
  // After the upload is no longer read: it is gone, and reading it again would be refused.
  useEffect(() => {
    if (written) void refresh('people', 'trips', 'figures');
  }, [written, refresh]);
  useTitle(say('import'));
  const goTo = (id: string | undefined): void => {
    setWritten(null);
    void navigate({ to: '/people/import', search: id ? { upload: id } : {}, replace: true });
  };
  if (!season) return <EmptyState title={sayPeople('noSeason')} />;
  if (written) return <DonePart written={written} onAgain={() => goTo(undefined)} />;
  if (upload && view.data) {
    return (
      <UploadPart
        key={upload}
        view={view.data}
        sending={sending}
        onTaken={goTo}
        onAway={() => goTo(undefined)}
        onWritten={setWritten}
      />
    );
  }
  return (
    <>
      <StepLine at={0} />
      <div className="page-bar">
        <h1>{say('import')}</h1>
        <span className="sub">{sayPeople('registersTo', { area: staff.areaName, season: season.name })}</span>
      </div>
      {upload && view.isLoading && <Loading />}
      {upload && view.error && <RosterNote error={view.error} />}
      <DropPart sending={sending} onTaken={goTo} />
      {below}
    </>
  );
}
