import { mapReport, type readReport } from '@fangang/domain/people/api-report.ts';
import { CellValue, type LayoutMap, ReportField } from '@fangang/domain/people/report.ts';
import {
  cellValueWords,
  layoutDoubtWords,
  reportFieldWords,
  reportRefusalWords,
  reportWords,
} from '@fangang/domain/people/words-report.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check, SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

const EMPTY = 'empty';
const CODED: readonly string[] = ['gender', 'nation', 'education', 'county', 'town', 'village'];

const hasCode = (field: string | null): boolean =>
  field !== null && (CODED.includes(field) || /^(destination|workplace)/.test(field));

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

function Grid({
  grid,
  asked,
}: {
  grid: readonly (readonly string[])[];
  asked: ReadonlySet<string>;
}): ReactNode {
  const say = useWords(reportWords);
  const width = Math.max(1, ...grid.map((it) => it.length));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keys
    <section className="report-grid" aria-label={say('blank')} tabIndex={0}>
      <table>
        <tbody>
          {grid.slice(0, 12).map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a sheet is its number
            <tr key={r}>
              <th scope="row">{r + 1}</th>
              {Array.from({ length: width }, (_, c) => {
                const ref = `${letters(c + 1)}${r + 1}`;
                return (
                  <td key={ref} className={asked.has(ref) ? 'asked' : undefined} title={ref}>
                    {row[c]}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Column = NonNullable<LayoutMap['list']>['columns'][number];

function ColumnLine({ it, onChange }: { it: Column; onChange: (it: Column) => void }): ReactNode {
  const say = useWords(reportWords);
  const sayField = useWords(reportFieldWords);
  const sayDoubt = useWords(layoutDoubtWords);
  const options = [
    { value: EMPTY as ReportField | typeof EMPTY, label: say('leftEmpty') },
    ...ReportField.options.map((value) => ({ value, label: sayField(value) })),
  ];
  return (
    <li className={it.asked ? 'asked' : undefined}>
      <SelectField
        label={`${letters(it.column)} ${it.header}`}
        hint={it.asked ? sayDoubt('people.column_unclear') : ''}
        value={it.asked ? '' : (it.field ?? EMPTY)}
        options={options}
        onChange={(value) => onChange({ ...it, field: value === EMPTY ? null : value, asked: false })}
      />
      {hasCode(it.field) && (
        <Check
          label={say('codes')}
          checked={it.as === 'code'}
          onChange={(coded) => onChange({ ...it, as: coded ? 'code' : 'words' })}
        />
      )}
    </li>
  );
}

type Cell = LayoutMap['cells'][number];

function CellLine({ it, onChange }: { it: Cell; onChange: (it: Cell) => void }): ReactNode {
  const say = useWords(reportWords);
  const sayValue = useWords(cellValueWords);
  const sayDoubt = useWords(layoutDoubtWords);
  const options = [
    { value: EMPTY as CellValue | typeof EMPTY, label: say('leftEmpty') },
    ...CellValue.options.map((value) => ({ value, label: sayValue(value) })),
  ];
  return (
    <li className={it.asked ? 'asked' : undefined}>
      <SelectField
        label={`${it.ref} ${it.label}`}
        hint={it.asked ? sayDoubt('people.cell_unclear') : ''}
        value={it.asked ? '' : (it.value ?? EMPTY)}
        options={options}
        onChange={(value) => onChange({ ...it, value: value === EMPTY ? null : value, asked: false })}
      />
    </li>
  );
}

/** What each cell of a blank is filled with; the doubtful are marked. */
export function ReportMap({
  reportId,
  report,
}: {
  reportId: string;
  report: ReplyOf<typeof readReport>;
}): ReactNode {
  const say = useWords(reportWords);
  const toast = useToast();
  const { send, busy } = useWrite(mapReport);
  const [map, setMap] = useState(report.map);
  const [ref, setRef] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const { list, cells } = map;
  const asked = new Set(report.doubts.map((it) => it.ref));
  const place = ref.trim().toUpperCase();
  const save = async (): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ params: { reportId }, body: { map } });
      if (answer.ok) toast({ text: say('saved') });
      else setProblem(answer.refusal);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const add = (): void => {
    if (!/^[A-Z]{1,3}[1-9]\d{0,6}$/.test(place) || cells.some((it) => it.ref === place)) return;
    setMap({ ...map, cells: [...cells, { ref: place, label: '', value: null, asked: true }] });
    setRef('');
  };
  return (
    <details className="report-map" open={report.doubts.length > 0}>
      <summary>
        {say('meaning')} · {asked.size > 0 ? say('nDoubts', { n: asked.size }) : say('noDoubts')}
      </summary>
      {problem !== null && <ErrorNote error={problem} tables={[reportRefusalWords]} />}
      <Grid grid={report.grid} asked={asked} />
      <ul className="report-cells">
        {list?.columns.map((it) => (
          <ColumnLine
            key={it.column}
            it={it}
            onChange={(next) =>
              setMap({
                ...map,
                list: { ...list, columns: list.columns.map((c) => (c.column === next.column ? next : c)) },
              })
            }
          />
        ))}
        {cells.map((it) => (
          <CellLine
            key={it.ref}
            it={it}
            onChange={(next) => setMap({ ...map, cells: cells.map((c) => (c.ref === next.ref ? next : c)) })}
          />
        ))}
      </ul>
      <div className="report-add">
        <TextField label={say('cellRef')} value={ref} onChange={setRef} maxLength={10} />
        <Button onPress={add}>{say('addCell')}</Button>
      </div>
      <Button kind="main" busy={busy} onPress={() => void save()}>
        {say('save')}
      </Button>
    </details>
  );
}
