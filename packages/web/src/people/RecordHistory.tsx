import { type HistoryLine, undoChange } from '@fangang/domain/people/api-registry.ts';
import type { LaborAbility, PhoneOwner, RecordSource } from '@fangang/domain/people/registry.ts';
import { rosterWords } from '@fangang/domain/people/roster-words.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import { careWords, peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import {
  abilityWords,
  partWords,
  phoneOwnerWords,
  recordFieldWords,
  recordWords,
  registryRefusalWords,
  sourceWords,
} from '@fangang/domain/people/words-registry.ts';
import type { ReactNode } from 'react';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useRecordWrite } from './use-record-write.ts';

/** An old value in words, where the books hold a code. */
function useValueWord(): (field: string, value: string) => string {
  const say = useWords(recordWords);
  const sayPeople = useWords(peopleWords);
  const sayAbility = useWords(abilityWords);
  const sayOwner = useWords(phoneOwnerWords);
  const saySource = useWords(sourceWords);
  const sayCare = useWords(careWords);
  return (field, value) => {
    if (value === 'male' || value === 'female') return sayPeople(value);
    if (field === 'laborAbility') return sayAbility(value as LaborAbility);
    if (field === 'phoneOwner' || field === 'phone2Owner') return sayOwner(value as PhoneOwner);
    if (field === 'source' && value in sourceWords) return saySource(value as RecordSource);
    if (field === 'kind') return sayCare(value as CareGroup);
    if (field === 'monthlyPayFen') return say('payOf', { yuan: Number(value) / 100 });
    return value;
  };
}

/** What stood there before, field by field; of a part its values. */
function Before({ line }: { line: HistoryLine }): ReactNode {
  const say = useWords(recordWords);
  const sayField = useWords(recordFieldWords);
  const word = useValueWord();
  if (line.part === 'registered') return null;
  if (line.before === null) return <span className="hint">{say('added')}</span>;
  const isPerson = line.part === 'person';
  const entries = Object.entries(line.before).filter(([, value]) => isPerson || value !== null);
  return (
    <ul className="record-before">
      {entries.map(([field, value]) => (
        <li key={field}>
          {field in recordFieldWords && `${sayField(field as keyof typeof recordFieldWords)} `}
          <span className="hint">{say('wasBefore')}</span> {value === null ? say('none') : word(field, value)}
        </li>
      ))}
    </ul>
  );
}

/** What was changed, by whom and when; each may be taken back while nobody has changed it since. */
export function RecordHistory({
  personId,
  history,
}: {
  personId: string;
  history: readonly HistoryLine[];
}): ReactNode {
  const say = useWords(recordWords);
  const sayPart = useWords(partWords);
  const { save, busy, problem } = useRecordWrite(undoChange);
  if (history.length === 0) return <p className="hint">{say('noHistory')}</p>;
  return (
    <>
      {problem !== null && (
        <ErrorNote error={problem} tables={[registryRefusalWords, peopleRefusalWords, rosterWords]} />
      )}
      <ul className="record-list">
        {history.map((line) => (
          <li key={line.id} className={line.undone ? 'record-undone' : undefined}>
            <div>
              <b>{sayPart(line.part)}</b>{' '}
              <span className="hint">
                {momentOf(line.at)} {line.fromImport ? say('byImport') : (line.by ?? say('bySystem'))}
              </span>
              <Before line={line} />
            </div>
            {line.undone && <span className="hint">{say('undone')}</span>}
            {line.mayUndo && (
              <Button
                kind="link"
                busy={busy}
                onPress={() =>
                  void save({ params: { personId, changeId: line.id }, body: {} as never }, 'undone')
                }
              >
                {say('undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
