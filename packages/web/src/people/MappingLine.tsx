import type { UploadView } from '@fangang/domain/people/api.ts';
import type { MappedColumn } from '@fangang/domain/people/roster.ts';
import { RosterField } from '@fangang/domain/people/roster-fields.ts';
import { fieldWords, peopleWords } from '@fangang/domain/people/words.ts';
import { type ReactNode, useState } from 'react';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import type { Choice } from './use-upload.ts';

/** What has been said of columns so far, with one more word. */
function choiceOf(columns: readonly MappedColumn[], letter: string, field: RosterField | null): Choice {
  const said = columns.filter((it) => it.basis === 'chosen').map((it) => [it.letter, it.field] as const);
  // A field has one column: the one that had it before is of no use any more.
  const before = columns.filter((it) => field !== null && it.field === field && it.letter !== letter);
  return {
    ...Object.fromEntries(said),
    ...Object.fromEntries(before.filter((it) => it.confidence !== 'ask').map((it) => [it.letter, null])),
    [letter]: field,
  };
}

function ColumnChoice({
  column,
  remembered,
  onChoose,
}: {
  column: MappedColumn;
  remembered: boolean;
  onChoose: (field: RosterField | null) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const sayField = useWords(fieldWords);
  const asked = column.confidence === 'ask';
  return (
    <div className={asked ? 'asked' : undefined}>
      <small title={column.header}>
        {say('columnLabel', { letter: column.letter, header: column.header })}
      </small>
      <select
        aria-label={say('columnLabel', { letter: column.letter, header: column.header })}
        value={column.field ?? ''}
        onChange={(event) =>
          onChoose(event.target.value === '' ? null : RosterField.parse(event.target.value))
        }
      >
        <option value="">{say('columnUnused')}</option>
        {RosterField.options.map((it) => (
          <option key={it} value={it}>
            {sayField(it)}
          </option>
        ))}
      </select>
      {asked && (
        <Button kind="link" onPress={() => onChoose(column.field)}>
          {say('confirm')}
        </Button>
      )}
      {asked && <StatusMark kind="now">{say('toConfirm')}</StatusMark>}
      {!asked && remembered && column.basis === 'chosen' && (
        <StatusMark kind="done">{say('remembered')}</StatusMark>
      )}
    </div>
  );
}

/** Which column is what: doubtful ones first to be confirmed, unused ones folded away. */
export function MappingLine({
  view,
  onChoose,
}: {
  view: UploadView;
  onChoose: (choice: Choice) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const [open, setOpen] = useState(view.problem !== null);
  const unused = view.columns.filter((it) => it.field === null);
  const used = view.columns.filter((it) => it.field !== null);
  const asked = used.filter((it) => it.confidence === 'ask').length;
  const shown = open || view.problem !== null ? view.columns : used;
  return (
    <>
      <div className="section-head">
        <h2>{say('columnsTitle')}</h2>
        <span>{say('columnsUsed', { n: used.length - asked })}</span>
        {asked > 0 && <StatusMark kind="now">{say('columnsAsk', { n: asked })}</StatusMark>}
        {unused.length > 0 && (
          <Button kind="link" aria-expanded={open} onPress={() => setOpen(!open)}>
            {say('columnsUnused', { n: unused.length })}
          </Button>
        )}
      </div>
      <div className="import-columns">
        {shown.map((it) => (
          <ColumnChoice
            key={it.index}
            column={it}
            remembered={view.remembered}
            onChoose={(field) => onChoose(choiceOf(view.columns, it.letter, field))}
          />
        ))}
      </div>
    </>
  );
}
