import { readFirstScreen } from '@fangang/domain/figures/api.ts';
import type { FigureKey } from '@fangang/domain/figures/schema.ts';
import { figureRefusalWords, figureWords, firstScreenWords } from '@fangang/domain/figures/words.ts';
import { type ReactNode, useState } from 'react';
import { shortName } from '../figures/names.ts';
import { type OpenedRows, RowsDrawer } from '../figures/RowsDrawer.tsx';
import { useRead } from '../platform/asking.ts';
import { longDate, lunarText, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Figure, FigureNote } from '../platform/ui/Figure.tsx';
import { Funnel, type FunnelGap } from '../platform/ui/Funnel.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { useTitle } from '../platform/use-title.ts';
import './first-screen.css';
import { doorPath, FirstScreenDoors, useDoor } from './first-screen-doors.tsx';
import { type FirstScreenFacts, FirstScreenMap } from './first-screen-map.tsx';
import { FirstScreenProgramme } from './first-screen-programme.tsx';
import { Frame, OfficeHead } from './Shell.tsx';

/** While the sample is written, and while its clock plays. */
const FILLING_MS = 2000;
const PLAYING_MS = 10_000;

type OpenKey = (key: FigureKey, drafted?: 'yes' | 'no') => void;

function BigFigures({ facts, onOpen }: { facts: FirstScreenFacts; onOpen: OpenKey }): ReactNode {
  const say = useWords(firstScreenWords);
  const sayFigure = useWords(figureWords);
  const { total, drafted } = facts;
  const asOf = timeOf(facts.asOf);
  const before = say('unmetBefore');
  return (
    <div>
      <div className="figure-line">
        <Figure
          size="hero"
          n={total.runs}
          unit={say('runs')}
          asOf={asOf}
          definition={sayFigure('runs.as')}
          onOpen={() => onOpen('runs')}
        />
        <Figure
          size="hero"
          n={total.persons}
          unit={say('people')}
          asOf={asOf}
          definition={sayFigure('persons.as')}
          onOpen={() => onOpen('persons')}
        />
        <div className="figure-more">
          <Figure
            size="hero"
            {...(before && { before })}
            n={total.unmet}
            unit={say('unmet')}
            tone="danger"
            asOf={asOf}
            definition={sayFigure('unmet.as')}
            onOpen={() => onOpen('unmet')}
          />
          {drafted > 0 && (
            <button type="button" className="first-drafted" onClick={() => onOpen('unmet', 'yes')}>
              {say('drafted', { n: drafted })}
            </button>
          )}
        </div>
      </div>
      <FigureNote asOf={asOf} definition={say('definition')} />
    </div>
  );
}

/** People between home and vehicle door: a seat, a seat in a draft, no seat. */
function useGapsBeforeBoarding({ total, drafted }: FirstScreenFacts): FunnelGap[] {
  const say = useWords(figureWords);
  const sayHere = useWords(firstScreenWords);
  const waiting: FunnelGap = { key: 'waiting', n: total.waiting, label: say('waiting'), tone: 'ahead' };
  if (drafted === 0) return [waiting, { key: 'unmet', n: total.unmet, label: say('unmet'), tone: 'danger' }];
  return [
    waiting,
    { key: 'drafted', n: drafted, label: sayHere('inDrafts'), tone: 'draft' },
    { key: 'undrafted', n: total.unmet - drafted, label: sayHere('inNoDraft'), tone: 'danger' },
  ];
}

function Doors({ facts, onOpen }: { facts: FirstScreenFacts; onOpen: OpenKey }): ReactNode {
  const say = useWords(figureWords);
  const { total } = facts;
  const before = useGapsBeforeBoarding(facts);
  const at = (key: 'wants' | 'persons' | 'signedFor') => ({ key, n: total[key], label: say(key) });
  const gap = (key: 'inTransit' | 'awaitingSignature', tone: 'ahead' | 'warn') => ({
    key,
    n: total[key],
    label: say(key),
    tone,
  });
  const open = (key: string): void => {
    if (key === 'drafted') onOpen('unmet', 'yes');
    else if (key === 'undrafted') onOpen('unmet', 'no');
    else onOpen(key as FigureKey);
  };
  return (
    <Funnel
      doors={[at('wants'), at('persons'), at('signedFor')]}
      gaps={[before, [gap('inTransit', 'ahead'), gap('awaitingSignature', 'warn')]]}
      onOpen={open}
    />
  );
}

function Facts({
  facts,
  onRows,
}: {
  facts: FirstScreenFacts;
  onRows: (rows: OpenedRows) => void;
}): ReactNode {
  const say = useWords(firstScreenWords);
  const enter = useDoor();
  const open: OpenKey = (key, drafted) => onRows({ key, ...(drafted && { drafted }) });
  return (
    <div className="first">
      {facts.sample.state === 'filling' && (
        <Progress label={say('filling')} done={Math.round(facts.sample.share * 100)} total={100} />
      )}
      <div className="first-hero">
        <BigFigures facts={facts} onOpen={open} />
        <Doors facts={facts} onOpen={open} />
      </div>
      <div className="first-main">
        <FirstScreenMap
          facts={facts}
          onOpenDistrict={(area, place) => onRows({ key: 'persons', area, place })}
        />
        <FirstScreenProgramme
          facts={facts}
          onOpen={(key, area) => onRows({ key, ...(area !== null && { area }) })}
          onTry={(it) => enter(it.role, doorPath(it.page, facts) ?? '/workbench')}
        />
      </div>
      <FirstScreenDoors facts={facts} onEnter={enter} />
    </div>
  );
}

/** What the sample opens on: the figures of its clock's moment, each open to its rows, and a door into each role. */
export function FirstScreen(): ReactNode {
  const say = useWords(firstScreenWords);
  const nameOf = useNames();
  const { language } = useLanguage();
  const { clock } = useSession();
  const [open, setOpen] = useState<OpenedRows | null>(null);
  useTitle('');
  const { data, error, refetch } = useRead(readFirstScreen, undefined, {
    everyMs: (last) => (last?.sample.state === 'filling' ? FILLING_MS : clock.speed > 1 ? PLAYING_MS : false),
  });
  const place = data ? nameOf(shortName(data.place.name), data.place.pinyin) : '';
  const day = longDate(clock.now, language);
  const time = timeOf(clock.now);
  return (
    <Frame
      head={
        <OfficeHead
          title={place ? say('title', { place, day, time }) : `${day} ${time}`}
          sub={say('sub', { lunar: lunarText(clock.lunar, language) })}
        />
      }
    >
      {error && <ErrorNote error={error} tables={[figureRefusalWords]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Facts facts={data} onRows={setOpen} />}
      {open && (
        <RowsDrawer
          key={`${open.key} ${open.area} ${open.drafted}`}
          open={open}
          onClose={() => setOpen(null)}
        />
      )}
    </Frame>
  );
}
