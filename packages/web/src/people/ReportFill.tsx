import {
  downloadIssue,
  fillReport,
  previewReport,
  type ReportFilter,
} from '@fangang/domain/people/api-report.ts';
import { IdMask, type IssueSettings, type LayoutMap, ReportPurpose } from '@fangang/domain/people/report.ts';
import { WishKind } from '@fangang/domain/people/schema.ts';
import { peopleWords, wishKindWords } from '@fangang/domain/people/words.ts';
import {
  idMaskWords,
  phonesWords,
  reportPurposeWords,
  reportRefusalWords,
  reportWords,
} from '@fangang/domain/people/words-report.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { addressOf } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check, SelectField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote } from '../platform/ui/Notes.tsx';
import { PickHome } from './PickPlace.tsx';

const STATUSES = ['all', 'wants', 'ownWay', 'stays', 'noWish'] as const;
const ANY = 'any';

function Preview({
  reportId,
  filter,
  map,
}: {
  reportId: string;
  filter: ReportFilter;
  map: LayoutMap;
}): ReactNode {
  const say = useWords(reportWords);
  const { data, error } = useRead(previewReport, { params: { reportId }, query: filter });
  if (error) return <ErrorNote error={error} tables={[reportRefusalWords]} />;
  if (!data) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keys
    <section className="report-grid" aria-label={say('preview')} tabIndex={0}>
      <p>
        <b>{say('nPeople', { n: data.people })}</b> · {say('previewNote')}
      </p>
      <table>
        <thead>
          <tr>
            {map.list?.columns.map((it) => (
              <th key={it.column} scope="col">
                {it.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a list is its place
            <tr key={r}>
              {map.list?.columns.map((it, c) => (
                <td key={it.column}>{row[c]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Settings({
  value,
  onChange,
}: {
  value: IssueSettings;
  onChange: (it: IssueSettings) => void;
}): ReactNode {
  const say = useWords(reportWords);
  const sayMask = useWords(idMaskWords);
  const sayPhones = useWords(phonesWords);
  const sayPurpose = useWords(reportPurposeWords);
  const phones = ['whole', 'lastFour', 'none'] as const;
  return (
    <>
      <SelectField
        label={say('ids')}
        value={value.idMask}
        options={IdMask.options.map((it) => ({ value: it, label: sayMask(it) }))}
        onChange={(idMask) => onChange({ ...value, idMask })}
      />
      <SelectField
        label={say('phones')}
        value={value.phones}
        options={phones.map((it) => ({ value: it, label: sayPhones(it) }))}
        onChange={(it) => onChange({ ...value, phones: it })}
      />
      <SelectField
        label={say('purpose')}
        value={value.purpose ?? ''}
        options={ReportPurpose.options.map((it) => ({ value: it, label: sayPurpose(it) }))}
        onChange={(purpose) => onChange({ ...value, purpose })}
      />
      <Check
        label={say('difference')}
        checked={value.difference}
        onChange={(difference) => onChange({ ...value, difference })}
      />
    </>
  );
}

/** Whom, how, and the file. */
function Filling({ reportId, map, season }: { reportId: string; map: LayoutMap; season: string }): ReactNode {
  const say = useWords(reportWords);
  const sayKind = useWords(wishKindWords);
  const staff = useStaff();
  const { send, busy } = useWrite(fillReport);
  const [filter, setFilter] = useState<ReportFilter>({
    season,
    area: staff.areaCode,
    status: 'all',
    kind: '',
  });
  const [settings, setSettings] = useState<IssueSettings>({
    ...{ idMask: 'firstSixLastFour', phones: 'lastFour', difference: false, purpose: null },
  });
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fill = async (): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ params: { reportId }, body: { filter, settings } });
      if (!answer.ok) return setProblem(answer.refusal);
      window.location.assign(
        addressOf(downloadIssue, { params: { reportId, issueId: answer.value.issueId } }),
      );
    } catch (fault) {
      setProblem(fault);
    }
  };
  return (
    <section className="report-fill">
      <h2>{say('fill')}</h2>
      {problem !== null && <ErrorNote error={problem} tables={[reportRefusalWords]} />}
      <div className="report-settings">
        <PickHome
          value={filter.area === staff.areaCode ? null : filter.area}
          onChange={(area) => setFilter({ ...filter, area: area ?? staff.areaCode })}
        />
        <SelectField
          label={say('who')}
          value={filter.status}
          options={STATUSES.map((it) => ({ value: it, label: say(it) }))}
          onChange={(status) => setFilter({ ...filter, status })}
        />
        <SelectField
          label={say('kind')}
          value={filter.kind === '' ? ANY : filter.kind}
          options={[
            { value: ANY as WishKind | typeof ANY, label: say('anyKind') },
            ...WishKind.options.map((it) => ({ value: it, label: sayKind(it) })),
          ]}
          onChange={(kind) => setFilter({ ...filter, kind: kind === ANY ? '' : kind })}
        />
        <Settings value={settings} onChange={setSettings} />
      </div>
      <p>
        <Button onPress={() => setShown(!shown)}>{say('preview')}</Button>{' '}
        <Button kind="main" busy={busy} onPress={() => void fill()}>
          {say('fillNow')}
        </Button>
      </p>
      {shown && <Preview reportId={reportId} filter={filter} map={map} />}
    </section>
  );
}

/** Fills a layout for people of the current season. */
export function ReportFill({ reportId, map }: { reportId: string; map: LayoutMap }): ReactNode {
  const { season } = useSession();
  const say = useWords(peopleWords);
  if (!season) return <EmptyState title={say('noSeason')} />;
  return <Filling reportId={reportId} map={map} season={season.id} />;
}
