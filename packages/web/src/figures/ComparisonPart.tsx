import type { Refusal } from '@fangang/domain/basics/result.ts';
import {
  COMPARED,
  type ComparisonRow,
  publishComparison,
  readComparison,
} from '@fangang/domain/figures/api-comparison.ts';
import { figurePageWords, figureRefusalWords, figureWords } from '@fangang/domain/figures/words.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { shortName } from './names.ts';

const READERS: readonly string[] = readComparison.callers;

/** All districts as the city told them, for a district; for the city the button that tells them. */
export function ComparisonPart({ season }: { season: string }): ReactNode {
  const { staff } = useSession();
  if (!staff || !READERS.includes(staff.role)) return null;
  return levelOf(staff.areaCode) === 'city' ? <Tell season={season} /> : <Told season={season} />;
}

function Head({ note, children }: { note?: string; children?: ReactNode }): ReactNode {
  const say = useWords(figurePageWords);
  return (
    <div className="section-head">
      <h2>{say('comparison')}</h2>
      {note && <span>{note}</span>}
      <span className="space" />
      {children}
    </div>
  );
}

function Tell({ season }: { season: string }): ReactNode {
  const say = useWords(figurePageWords);
  const toast = useToast();
  const { send, busy } = useWrite(publishComparison);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const tell = async (): Promise<void> => {
    const done = await send({ body: { season } });
    setRefusal(done.ok ? null : done.refusal);
    if (done.ok) toast({ text: say('comparisonTold', { n: done.value.districts }) });
  };
  return (
    <section className="page-body figures-part">
      <Head note={say('comparisonHidden')}>
        <Button disabled={busy} onPress={() => void tell()}>
          {say('comparisonTell')}
        </Button>
      </Head>
      {refusal && <ErrorNote error={refusal} tables={[figureRefusalWords]} />}
    </section>
  );
}

function Told({ season }: { season: string }): ReactNode {
  const say = useWords(figurePageWords);
  const sayFigure = useWords(figureWords);
  const nameOf = useNames();
  const { data, error, refetch } = useRead(readComparison, { query: { season } });
  if (error) return <ErrorNote error={error} tables={[figureRefusalWords]} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { comparison } = data;
  if (!comparison)
    return (
      <section className="page-body figures-part">
        <Head note={say('comparisonNone')} />
      </section>
    );
  const shown = (n: number | null): ReactNode =>
    n === null ? <span className="figures-hidden">{say('comparisonHide')}</span> : n.toLocaleString('en');
  const columns: Column<ComparisonRow>[] = [
    {
      key: 'name',
      title: say('district'),
      width: 160,
      cell: (it) => (
        <>
          <b>{nameOf(shortName(it.name), it.pinyin)}</b> {it.own && <small>{say('comparisonOwn')}</small>}
        </>
      ),
      sortBy: (it) => it.pinyin,
    },
    { key: 'runs', title: sayFigure('runs'), align: 'end', cell: (it) => it.runs, sortBy: (it) => it.runs },
    ...COMPARED.map(
      (key): Column<ComparisonRow> => ({
        key,
        title: sayFigure(key),
        align: 'end',
        sortBy: (it) => it[key] ?? -1,
        cell: (it) => shown(it[key]),
      }),
    ),
  ];
  const { total } = comparison;
  const whole = COMPARED.map((key) => `${sayFigure(key)} ${total[key] ?? say('comparisonHide')}`).join(' · ');
  return (
    <section className="page-body figures-part">
      <Head note={say('comparisonAsOf', { at: momentOf(comparison.asOf) })} />
      <RuledTable
        label={say('comparison')}
        columns={columns}
        rows={comparison.rows}
        keyOf={(it) => it.area}
      />
      <p className="figure-note">
        {say('comparisonTotal')}: {sayFigure('runs')} {total.runs} · {whole}
      </p>
      <p className="figure-note">{say('comparisonHidden')}</p>
    </section>
  );
}
