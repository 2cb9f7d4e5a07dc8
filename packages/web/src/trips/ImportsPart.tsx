import { type ImportLine, listImports } from '@fangang/domain/people/api-import.ts';
import { peopleRefusalWords } from '@fangang/domain/people/words.ts';
import { importRefusalWords, importWords, leftWords } from '@fangang/domain/people/words-import.ts';
import { undoImport } from '@fangang/domain/trips/api-import.ts';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import '../people/people.css';

type Undone = z.output<typeof undoImport.reply>;

/** What taking an import back came to; whoever stays is named. */
function Outcome({ undone }: { undone: Undone }): ReactNode {
  const say = useWords(importWords);
  const sayLeft = useWords(leftWords);
  const nameOf = useNames();
  return (
    <div className="page-body" role="status">
      <p>
        <b>{say('done', { removed: undone.removed, restored: undone.restored })}</b>
      </p>
      {undone.left > 0 && (
        <>
          <p>{say('left', { n: undone.left })}</p>
          <ul>
            {undone.leftPeople.map(({ person, why }) => (
              <li key={person.id}>
                {nameOf(person.name, person.pinyin)} {nameOf(person.areaName, person.areaPinyin)}{' '}
                <span className="hint">{sayLeft(why)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function UndoCell({
  line,
  busy,
  onUndo,
}: {
  line: ImportLine;
  busy: boolean;
  onUndo: () => void;
}): ReactNode {
  const say = useWords(importWords);
  if (line.undoneAt) return <span className="hint">{say('undone')}</span>;
  if (!line.mayUndo) return <span className="hint">{say('over')}</span>;
  return (
    <Button kind="link" busy={busy} onPress={onUndo}>
      {say('undo')}
    </Button>
  );
}

/** Rosters that were written this season; each can be taken back for thirty days. */
export function ImportsPart({ season }: { season: string }): ReactNode {
  const say = useWords(importWords);
  const nameOf = useNames();
  const read = useRead(listImports, { query: { season } });
  const { send, busy } = useWrite(undoImport, ['people', 'figures']);
  const [undone, setUndone] = useState<Undone | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const undo = async (importId: string): Promise<void> => {
    setProblem(null);
    setUndone(null);
    try {
      const answer = await send({ params: { importId }, body: {} });
      if (answer.ok) setUndone(answer.value);
      else setProblem(answer.refusal);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const number = (key: 'created' | 'updated' | 'unchanged' | 'bad'): Column<ImportLine> => ({
    key,
    title: say(key),
    width: 64,
    align: 'end',
    cell: (it) => it[key],
    minor: key === 'unchanged' || key === 'bad',
  });
  const columns: readonly Column<ImportLine>[] = [
    { key: 'file', title: say('file'), cell: (it) => <b>{it.file}</b> },
    { key: 'at', title: say('when'), width: 140, cell: (it) => momentOf(it.at), minor: true },
    { key: 'by', title: say('by'), width: 110, cell: (it) => it.by, minor: true },
    {
      key: 'area',
      title: say('area'),
      width: 120,
      cell: (it) => nameOf(it.areaName, it.areaPinyin),
      minor: true,
    },
    ...(['created', 'updated', 'unchanged', 'bad'] as const).map(number),
    {
      key: 'until',
      title: say('until'),
      width: 150,
      cell: (it) => (it.undoneAt ? momentOf(it.undoneAt) : it.undoUntil),
      minor: true,
    },
    {
      key: 'undo',
      title: '',
      width: 90,
      cell: (it) => <UndoCell line={it} busy={busy} onUndo={() => void undo(it.id)} />,
    },
  ];
  const tables = [importRefusalWords, peopleRefusalWords];
  return (
    <section>
      <div className="section-head">
        <h2>{say('imports')}</h2>
      </div>
      {problem !== null && <ErrorNote error={problem} tables={tables} />}
      {read.error && <ErrorNote error={read.error} tables={tables} />}
      {undone && <Outcome undone={undone} />}
      {read.data && (
        <RuledTable
          label={say('imports')}
          columns={columns}
          rows={read.data.imports}
          keyOf={(it) => it.id}
          toneOf={(it) => (it.undoneAt ? 'quiet' : 'plain')}
          height={Math.min(400, 72 + read.data.imports.length * 36)}
          empty={<p className="hint page-body">{say('none')}</p>}
        />
      )}
    </section>
  );
}
