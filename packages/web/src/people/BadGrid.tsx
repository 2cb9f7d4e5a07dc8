import type { BadRow, Finding, UploadView } from '@fangang/domain/people/api.ts';
import type { RosterFix } from '@fangang/domain/people/roster.ts';
import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import { fieldWords, peopleWords } from '@fangang/domain/people/words.ts';
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useKeys } from '../platform/keys.tsx';
import { useWords } from '../platform/language.tsx';
import { Button, Key, keyText } from '../platform/ui/Button.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import './people.css';

const cellKey = (it: { row: number; field: RosterField }): string => `${it.row} ${it.field}`;
/** A reason before its remedy. */
const reasonOf = (message: string): string => message.split(' → ')[0] ?? message;

/** The fields of the grid's columns, in the order in which rows show them. */
function fieldsOf(rows: readonly BadRow[]): RosterField[] {
  return [...new Set(rows.flatMap((it) => Object.keys(it.cells) as RosterField[]))];
}

interface FixProps {
  readonly finding: Finding;
  readonly text: string;
  readonly alike: readonly Finding[];
  readonly span: number;
  readonly onFix: (fixes: readonly RosterFix[]) => void;
}

/** Where one bad cell is mended: type over it, take a candidate, mark, or leave the row out. */
function FixLine({ finding, text, alike, span, onFix }: FixProps): ReactNode {
  const say = useWords(peopleWords);
  const sayField = useWords(fieldWords);
  const [value, setValue] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const { row, field } = finding;
  const fix = (to: string): void => onFix([{ row, field, value: to }]);
  const all = (): void => {
    const to = value === text ? (finding.candidates?.[0]?.name ?? value) : value;
    onFix(alike.map((it) => ({ row: it.row, field, value: to })));
  };
  const steps = [
    ...(alike.length > 1 ? [{ keys: 'Alt+A', label: say('fixSame', { n: alike.length }), run: all }] : []),
    ...(field === 'idNumber'
      ? [{ keys: 'Alt+N', label: say('markNoPapers'), run: () => fix('无证件') }]
      : []),
    { keys: 'Alt+S', label: say('skipRow'), run: () => onFix([{ row, skip: true }]) },
  ];
  useKeys(steps.map((it) => ({ ...it, whileTyping: true })));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    fix(value);
  };
  const column = finding.column || sayField(field);
  return (
    <tr className="import-fix">
      <td colSpan={span}>
        <p>
          {say('fixCell', { row: String(row), column })} <b>{finding.message}</b>
        </p>
        <form onSubmit={submit}>
          <input
            ref={input}
            className="input"
            value={value}
            aria-label={say('fixCell', { row: String(row), column })}
            onChange={(event) => setValue(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
          <Button kind="main" submit onPress={() => undefined}>
            {say('next')} ↵
          </Button>
          {finding.candidates?.map((it) => (
            <Button key={it.code} onPress={() => fix(it.name)}>
              {it.name}
            </Button>
          ))}
          {steps.map((it) => (
            <Button key={it.keys} onPress={it.run}>
              {it.label} <Key>{keyText(it.keys)}</Key>
            </Button>
          ))}
        </form>
      </td>
    </tr>
  );
}

interface RowProps {
  readonly row: BadRow;
  readonly fields: readonly RosterField[];
  readonly findings: readonly Finding[];
  readonly active: boolean;
  readonly onChoose: (finding: Finding) => void;
  readonly onTake: () => void;
}

function GridRow({ row, fields, findings, active, onChoose, onTake }: RowProps): ReactNode {
  const say = useWords(peopleWords);
  const classes = [row.skipped ? 'skipped' : '', active ? 'active' : ''].join(' ').trim();
  return (
    <tr className={classes || undefined}>
      <td className="row-no">{row.row}</td>
      {fields.map((field) => {
        const finding = findings.find((it) => it.field === field);
        const text = row.cells[field] ?? '';
        if (!finding) return <td key={field}>{text}</td>;
        return (
          <td key={field} className="bad">
            <button type="button" onClick={() => onChoose(finding)} title={finding.message}>
              {text || say('emptyCell')}
              <b>{reasonOf(finding.message)}</b>
            </button>
          </td>
        );
      })}
      <td>
        {row.skipped && (
          <>
            {say('skippedRow')}{' '}
            <Button kind="link" onPress={onTake}>
              {say('takeRow')}
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}

/** The cells still to be mended, and which one stands open: the first unless another is chosen. */
function useOpenCells(
  view: UploadView,
): [Finding | undefined, (key: string | null) => void, readonly Finding[]] {
  const [at, setAt] = useState<string | null>(null);
  const { rejected } = view;
  const current = rejected.find((it) => cellKey(it) === at) ?? rejected[0];
  return [current, setAt, rejected];
}

function useCellKeys(
  cells: readonly Finding[],
  current: Finding | undefined,
  goTo: (key: string | null) => void,
): void {
  const say = useWords(peopleWords);
  const step = (by: number): void => {
    const at = current ? cells.indexOf(current) : -1;
    const next = cells[(at + by + cells.length) % cells.length];
    if (next) goTo(cellKey(next));
  };
  useKeys([
    { keys: 'Alt+ArrowDown', label: say('keyNextCell'), run: () => step(1), whileTyping: true },
    { keys: 'Alt+ArrowUp', label: say('keyPreviousCell'), run: () => step(-1), whileTyping: true },
  ]);
}

/** The bad rows of a roster and nothing else; Enter mends a cell and goes to the next. */
export function BadGrid({
  view,
  onFix,
}: {
  view: UploadView;
  onFix: (fixes: readonly RosterFix[]) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const sayField = useWords(fieldWords);
  const [current, goTo, cells] = useOpenCells(view);
  useCellKeys(cells, current, goTo);
  const fields = useMemo(() => fieldsOf(view.badRows), [view.badRows]);
  const textOf = (it: Finding): string =>
    view.badRows.find((row) => row.row === it.row)?.cells[it.field] ?? '';
  if (view.badRows.length === 0) return <EmptyState title={say('noBadRows')} next={say('noBadRowsNext')} />;
  const alike = current
    ? cells.filter(
        (it) => it.field === current.field && it.code === current.code && textOf(it) === textOf(current),
      )
    : [];
  const mend = (fixes: readonly RosterFix[]): void => {
    const rows = new Set(fixes.map((it) => it.row));
    const at = current ? cells.indexOf(current) : -1;
    const mended = (it: Finding): boolean =>
      rows.has(it.row) &&
      fixes.some((fix) => fix.row === it.row && ('skip' in fix || fix.field === it.field));
    const next = [...cells.slice(at + 1), ...cells.slice(0, at)].find((it) => !mended(it));
    goTo(next ? cellKey(next) : null);
    onFix(fixes);
  };
  return (
    <div className="import-grid">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('rowNo')}</th>
            {fields.map((it) => (
              <th key={it} scope="col">
                {sayField(it)}
              </th>
            ))}
            <th scope="col" aria-label={say('skippedRow')} />
          </tr>
        </thead>
        <tbody>
          {view.badRows.flatMap((row) => {
            const active = current?.row === row.row;
            const line = (
              <GridRow
                key={row.row}
                row={row}
                fields={fields}
                findings={cells.filter((it) => it.row === row.row)}
                active={active}
                onChoose={(it) => goTo(cellKey(it))}
                onTake={() => onFix([{ row: row.row, skip: false }])}
              />
            );
            if (!active || !current) return [line];
            const props = { finding: current, text: textOf(current), alike, span: fields.length + 2 };
            return [line, <FixLine key={`fix ${cellKey(current)} ${props.text}`} {...props} onFix={mend} />];
          })}
        </tbody>
      </table>
    </div>
  );
}
