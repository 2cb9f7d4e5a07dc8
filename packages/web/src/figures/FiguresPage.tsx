import { words } from '@fangang/domain/basics/words.ts';
import { readBulletin, readFigures } from '@fangang/domain/figures/api.ts';
import type { Counts, DistrictCounts, FigureKey, Figures } from '@fangang/domain/figures/schema.ts';
import { figurePageWords, figureRefusalWords, figureWords } from '@fangang/domain/figures/words.ts';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { dateOf, momentOf, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Figure } from '../platform/ui/Figure.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { PickDate, PickOne } from '../platform/ui/PickOne.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { SheetFoot, SheetHead } from './BulletinSheet.tsx';
import { ComparisonPart } from './ComparisonPart.tsx';
import './figures.css';
import { shortName } from './names.ts';
import { type OpenedRows, RowsDrawer } from './RowsDrawer.tsx';
import { UnmetTable } from './UnmetTable.tsx';

const HERO = ['runs', 'persons', 'unmet'] as const satisfies readonly FigureKey[];
const PANEL = [
  'wants',
  'waiting',
  'inTransit',
  'arrived',
  'awaitingSignature',
  'signedFor',
  'packs',
  'personTimes',
  'feeders',
  'lastMiles',
  'registered',
] as const satisfies readonly FigureKey[];
const BY_DISTRICT = [
  'runs',
  'persons',
  'wants',
  'unmet',
  'waiting',
  'inTransit',
  'awaitingSignature',
  'signedFor',
  'packs',
  'registered',
] as const satisfies readonly FigureKey[];

type Open = (rows: OpenedRows) => void;
type Shown = (typeof HERO)[number] | (typeof PANEL)[number];

/** The moment the figures are of: now, or a day and an hour that was chosen. */
function AsOfPicker({
  asOf,
  onChange,
}: {
  asOf: string | undefined;
  onChange: (asOf?: string) => void;
}): ReactNode {
  const say = useWords(figurePageWords);
  const { clock } = useSession();
  const at = asOf ?? clock.now;
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const times = [...new Set([...hours, timeOf(at)])].sort();
  const set = (day: string, time: string): void => onChange(`${day}T${time}:00+08:00`);
  return (
    <div className="as-of">
      <span>{say('asOfPick')}</span>
      <PickDate label={say('day')} value={dateOf(at)} onChange={(day) => day && set(day, timeOf(at))} />
      <PickOne
        label={say('time')}
        value={timeOf(at)}
        options={times.map((it) => ({ value: it, label: it }))}
        onChange={(time) => time && set(dateOf(at), time)}
      />
      <Button disabled={asOf === undefined} onPress={() => onChange(undefined)}>
        {say('atNow')}
      </Button>
    </div>
  );
}

function FigureOf({
  name,
  counts,
  size,
  asOf,
  onOpen,
}: {
  name: Shown;
  counts: Counts;
  size: 'hero' | 'panel';
  asOf: string;
  onOpen: () => void;
}): ReactNode {
  const say = useWords(figureWords);
  return (
    <Figure
      size={size}
      n={counts[name]}
      unit={size === 'hero' ? (name === 'unmet' ? say('unmet') : say(`${name}.unit`)) : say(name)}
      tone={name === 'unmet' ? 'danger' : name === 'awaitingSignature' ? 'warn' : 'plain'}
      asOf={momentOf(asOf)}
      definition={say(`${name}.as`)}
      onOpen={onOpen}
    />
  );
}

function Totals({ figures, onOpen }: { figures: Figures; onOpen: (key: FigureKey) => void }): ReactNode {
  const say = useWords(figurePageWords);
  const shell = useWords(words);
  const { total, asOf } = figures;
  const modes = Object.entries(total.runsByMode).filter(([, n]) => n > 0) as [
    keyof Counts['runsByMode'],
    number,
  ][];
  return (
    <section className="page-body figures-total">
      <div className="figure-line">
        {HERO.map((it) => (
          <FigureOf key={it} name={it} counts={total} size="hero" asOf={asOf} onOpen={() => onOpen(it)} />
        ))}
      </div>
      <p className="figure-note">
        {shell('asOf', { at: momentOf(asOf) })} ·{' '}
        {modes.map(([mode, n]) => `${say(`mode.${mode}`)} ${n}`).join(' · ')}
      </p>
      <div className="figures-panel">
        {PANEL.map((it) => (
          <FigureOf key={it} name={it} counts={total} size="panel" asOf={asOf} onOpen={() => onOpen(it)} />
        ))}
      </div>
    </section>
  );
}

function Districts({ figures, onOpen }: { figures: Figures; onOpen: Open }): ReactNode {
  const say = useWords(figurePageWords);
  const sayFigure = useWords(figureWords);
  const nameOf = useNames();
  const placeOf = (it: DistrictCounts): string => nameOf(shortName(it.name), it.pinyin);
  const columns: Column<DistrictCounts>[] = [
    {
      key: 'name',
      title: say('district'),
      width: 120,
      cell: (it) => <b>{placeOf(it)}</b>,
      sortBy: (it) => it.pinyin,
    },
    ...BY_DISTRICT.map(
      (key): Column<DistrictCounts> => ({
        key,
        title: sayFigure(key),
        align: 'end',
        minor: key === 'packs' || key === 'registered',
        sortBy: (it) => it.counts[key],
        cell: (it) => (
          <Figure
            n={it.counts[key]}
            asOf={momentOf(figures.asOf)}
            definition={sayFigure(`${key}.as`)}
            onOpen={() => onOpen({ key, area: it.area, place: placeOf(it) })}
          />
        ),
      }),
    ),
  ];
  return (
    <section className="page-body figures-part">
      <div className="section-head">
        <h2>{say('byDistrict')}</h2>
        <span>{say('ownDistrictOnly')}</span>
      </div>
      <RuledTable
        label={say('byDistrict')}
        columns={columns}
        rows={figures.districts}
        keyOf={(it) => it.area}
      />
    </section>
  );
}

/** Copies a text; plain http on an intranet has no clipboard of its own, there the selection is copied. */
async function copyText(text: string, from: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (!from) return false;
    const range = document.createRange();
    range.selectNodeContents(from);
    const selection = window.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    return document.execCommand('copy');
  }
}

function BulletinText({ asOf }: { asOf: string | undefined }): ReactNode {
  const say = useWords(figurePageWords);
  const { language } = useLanguage();
  const toast = useToast();
  const [text, setText] = useState<HTMLElement | null>(null);
  const { data, error } = useRead(readBulletin, { query: { ...(asOf && { asOf }) } });
  if (error) return <ErrorNote error={error} tables={[figureRefusalWords]} />;
  if (!data) return <Loading />;
  const copy = async (): Promise<void> => {
    const done = await copyText(data[language], text);
    toast({ text: say(done ? 'copied' : 'copyFailed'), ...(!done && { tone: 'danger' as const }) });
  };
  return (
    <section className="page-body figures-part">
      <div className="section-head">
        <h2>{say('bulletin')}</h2>
        <span className="space" />
        <Button onPress={() => void copy()}>{say('copy')}</Button>
      </div>
      <p className="bulletin-text" ref={setText}>
        {data[language]}
      </p>
    </section>
  );
}

function Trains({ figures }: { figures: Figures }): ReactNode {
  const say = useWords(figurePageWords);
  const columns: Column<Figures['trains'][number]>[] = [
    { key: 'number', title: say('train'), width: 96, cell: (it) => <b>{it.number}</b> },
    { key: 'mode', title: say('mode'), width: 140, cell: (it) => say(`mode.${it.mode}`) },
    { key: 'from', title: say('from'), cell: (it) => it.from },
    { key: 'to', title: say('to'), cell: (it) => it.to },
    {
      key: 'ran',
      title: '',
      align: 'end',
      cell: (it) => say('ranOf', { ran: it.ran, allotted: it.allotted }),
    },
  ];
  return (
    <section className="page-body figures-part">
      <div className="section-head">
        <h2>{say('trains')}</h2>
      </div>
      <RuledTable
        label={say('trains')}
        columns={columns}
        rows={figures.trains}
        keyOf={(it) => `${it.area} ${it.number}`}
      />
    </section>
  );
}

/** All figures as of a moment, each open to its rows, and the bulletin of the same moment. */
export function FiguresPage(): ReactNode {
  const shell = useWords(words);
  const say = useWords(figurePageWords);
  const [asOf, setAsOf] = useState<string | undefined>(undefined);
  const [open, setOpen] = useState<OpenedRows | null>(null);
  const { data, error, refetch } = useRead(readFigures, { query: { ...(asOf && { asOf }) } });
  useTitle(shell('figures'));
  const openRows: Open = (rows) => setOpen({ ...rows, asOf });
  return (
    <>
      <div className="page-bar">
        <h1>{shell('figures')}</h1>
        <AsOfPicker asOf={asOf} onChange={setAsOf} />
        <span className="space" />
        <Button onPress={() => window.print()}>{say('print')}</Button>
      </div>
      {error && <ErrorNote error={error} tables={[figureRefusalWords]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <SheetHead asOf={data.asOf} />
          <Totals figures={data} onOpen={(key) => openRows({ key })} />
          <BulletinText asOf={asOf} />
          {data.unmetGroups && data.unmetGroups.length > 0 && (
            <section className="page-body figures-part">
              <div className="section-head">
                <h2>{say('unmetBy')}</h2>
              </div>
              <UnmetTable groups={data.unmetGroups} onOpen={openRows} />
            </section>
          )}
          <Districts figures={data} onOpen={openRows} />
          <ComparisonPart season={data.season} />
          {data.trains.length > 0 && <Trains figures={data} />}
          <SheetFoot />
        </>
      )}
      {open && (
        <RowsDrawer key={`${open.key} ${open.area} ${open.asOf}`} open={open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
