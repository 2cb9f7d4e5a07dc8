import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import {
  compareBooks,
  type DecidedPair,
  listDuplicates,
  mergePair,
  type DuplicatePair as Pair,
  partPair,
  undoPair,
} from '@fangang/domain/people/api-duplicates.ts';
import { duplicateRefusalWords, duplicateWords } from '@fangang/domain/people/words-duplicates.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useKeys } from '../platform/keys.tsx';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { DuplicatePair, Reasons } from './DuplicatePair.tsx';
import { choiceOf, type MergeChoice } from './duplicate-fields.ts';
import './people.css';

const REFRESH_MS = 1_000;
const ROOMS = ['trips', 'figures'];

function useQueue() {
  const { season } = useSession();
  return useRead(
    listDuplicates,
    { query: { season: season?.id ?? '' } },
    {
      enabled: season !== null,
      everyMs: (last) => (last?.run?.state === 'running' ? REFRESH_MS : false),
    },
  );
}
type Queue = NonNullable<ReturnType<typeof useQueue>['data']>;

/** A refusal names a field by its code; here it is said in words. */
function useFieldWords(): (refusal: Refusal) => Refusal {
  const say = useWords(duplicateWords);
  return (refusal) => {
    const key = `field.${refusal.facts?.field}`;
    if (!(key in duplicateWords)) return refusal;
    return { ...refusal, facts: { ...refusal.facts, field: say(key as 'field.name') } };
  };
}

/** The three words on a pair, and the way back; a refusal stays on the screen until the next step. */
function useDecisions() {
  const say = useWords(duplicateWords);
  const worded = useFieldWords();
  const toast = useToast();
  const [problem, setProblem] = useState<unknown>(null);
  const [last, setLast] = useState<string | null>(null);
  const merging = useWrite(mergePair, ROOMS);
  const parting = useWrite(partPair);
  const undoing = useWrite(undoPair, ROOMS);
  const step = async (work: () => Promise<Result<unknown>>): Promise<boolean> => {
    setProblem(null);
    try {
      const answer = await work();
      if (!answer.ok) setProblem(worded(answer.refusal));
      return answer.ok;
    } catch (fault) {
      setProblem(fault);
      return false;
    }
  };
  const undo = async (pairId: string): Promise<void> => {
    if (!(await step(() => undoing.send({ params: { pairId } })))) return;
    setLast(null);
    toast({ text: say('undone') });
  };
  const decided = (pairId: string, text: string): void => {
    setLast(pairId);
    toast({ text, undo: () => void undo(pairId) });
  };
  const merge = async (pair: Pair, { keepId, take }: MergeChoice): Promise<void> => {
    const params = { pairId: pair.id };
    if (await step(() => merging.send({ params, body: { keepId, take: [...take] } })))
      decided(pair.id, say('merged'));
  };
  const part = async (pair: Pair): Promise<void> => {
    if (await step(() => parting.send({ params: { pairId: pair.id } }))) decided(pair.id, say('parted'));
  };
  const undoLast = (): void => (last ? void undo(last) : toast({ text: say('nothingToUndo') }));
  return { merge, part, undo, undoLast, problem, busy: merging.busy || parting.busy || undoing.busy };
}
type Decisions = ReturnType<typeof useDecisions>;

interface JudgeProps {
  readonly pairs: readonly Pair[];
  readonly all: number;
  readonly decisions: Decisions;
  readonly onLater: (pair: Pair) => void;
}

/** One pair at a time, with keys for each word. */
function Judge({ pairs, all, decisions, onLater }: JudgeProps): ReactNode {
  const say = useWords(duplicateWords);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<{ pair: string; choice: MergeChoice } | null>(null);
  const no = Math.min(at, pairs.length - 1);
  const pair = pairs[no] as Pair;
  const choice = chosen?.pair === pair.id ? chosen.choice : choiceOf(pair);
  const go = (by: number): void => setAt(Math.max(0, Math.min(pairs.length - 1, no + by)));
  useKeys([
    { keys: 'J', label: say('next'), run: () => go(1) },
    { keys: 'K', label: say('previous'), run: () => go(-1) },
    { keys: 'U', label: say('undo'), run: decisions.undoLast },
  ]);
  const { busy } = decisions;
  return (
    <section className="pair" aria-label={say('pairNo', { n: no + 1, all })}>
      <div className="pair-head">
        <StatusMark kind={pair.band === 'same' ? 'done' : 'now'} strong>
          {say(`band.${pair.band}`)}
        </StatusMark>
        <span>{say('pairNo', { n: no + 1, all })}</span>
        <span className="pair-score">{say('score', { bits: pair.score.toFixed(1) })}</span>
      </div>
      <Reasons pair={pair} />
      <DuplicatePair
        pair={pair}
        choice={choice}
        onChoice={(it) => setChosen({ pair: pair.id, choice: it })}
      />
      <div className="pair-steps">
        <Button kind="main" keys="1" busy={busy} onPress={() => void decisions.merge(pair, choice)}>
          {say('same')}
        </Button>
        <Button keys="2" busy={busy} onPress={() => void decisions.part(pair)}>
          {say('different')}
        </Button>
        <Button keys="3" kind="quiet" onPress={() => onLater(pair)}>
          {say('later')}
        </Button>
      </div>
    </section>
  );
}

function Decided({
  rows,
  undo,
}: {
  rows: readonly DecidedPair[];
  undo: (pairId: string) => Promise<void>;
}): ReactNode {
  const say = useWords(duplicateWords);
  const nameOf = useNames();
  if (rows.length === 0) return null;
  const columns: Column<DecidedPair>[] = [
    { key: 'person', title: say('person'), cell: (it) => nameOf(it.name, it.pinyin) },
    {
      key: 'how',
      title: say('how'),
      cell: (it) => (
        <StatusMark kind={it.how === 'same' ? 'done' : 'none'}>{say(`how.${it.how}`)}</StatusMark>
      ),
    },
    { key: 'at', title: say('at'), width: 150, minor: true, cell: (it) => momentOf(it.at) },
    {
      key: 'until',
      title: say('undo'),
      width: 230,
      cell: (it) => (
        <>
          <Button
            kind="link"
            onPress={() => void undo(it.id)}
            aria-label={`${say('undo')} ${nameOf(it.name, it.pinyin)}`}
          >
            {say('undo')}
          </Button>{' '}
          {it.undoUntil && <small>{say('until', { day: it.undoUntil })}</small>}
        </>
      ),
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('decided')}</h2>
      </div>
      <RuledTable label={say('decided')} columns={columns} rows={rows} keyOf={(it) => it.id} />
    </section>
  );
}

/** The comparison of all: started here, and how far it is. */
function Compare({ run }: { run: Queue['run'] }): ReactNode {
  const say = useWords(duplicateWords);
  const toast = useToast();
  const { send, busy } = useWrite(compareBooks);
  const [problem, setProblem] = useState<unknown>(null);
  const start = async (): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ body: {} });
      if (answer.ok) toast({ text: say('compareStarted') });
      else setProblem(answer.refusal);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const running = run?.state === 'running';
  return (
    <div className="pair-compare">
      <Button busy={busy} disabled={running} onPress={() => void start()}>
        {say('compare')}
      </Button>
      {running && (
        <Progress
          label={say('comparing', { share: Math.round(run.share * 100) })}
          done={run.share}
          total={1}
        />
      )}
      {run?.state === 'ready' && <span>{say('compared', { people: run.people, found: run.found })}</span>}
      {run?.state === 'failed' && <StatusMark kind="again">{say('compareFailed')}</StatusMark>}
      {problem !== null && <ErrorNote error={problem} tables={[duplicateRefusalWords]} />}
    </div>
  );
}

function Work({ data, decisions }: { data: Queue; decisions: Decisions }): ReactNode {
  const say = useWords(duplicateWords);
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const left = data.counts.same + data.counts.ask;
  const pairs = data.pairs.filter((it) => !later.has(it.id));
  if (pairs.length > 0) {
    const onLater = (pair: Pair): void => setLater((it) => new Set([...it, pair.id]));
    return <Judge {...{ pairs, decisions, onLater }} all={left - later.size} />;
  }
  if (left === 0) return <EmptyState title={say('none')} next={say('noneNext')} />;
  return (
    <EmptyState title={say('allLater')}>
      <Button onPress={() => setLater(new Set())}>{say('again')}</Button>
    </EmptyState>
  );
}

/** Who is on the books twice: a queue to be judged side by side. */
export function DuplicatesPage(): ReactNode {
  const say = useWords(duplicateWords);
  const { data, error } = useQueue();
  const decisions = useDecisions();
  useTitle(say('title'));
  const left = data ? data.counts.same + data.counts.ask : 0;
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
      </div>
      {error && <ErrorNote error={error} tables={[duplicateRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body transfers pairs">
          <Compare run={data.run} />
          {left + data.counts.decided > 0 && (
            <Progress
              label={say('progress', { done: data.counts.decided, left })}
              done={data.counts.decided}
              total={left + data.counts.decided}
            />
          )}
          {decisions.problem !== null && (
            <ErrorNote error={decisions.problem} tables={[duplicateRefusalWords]} />
          )}
          <Work data={data} decisions={decisions} />
          <Decided rows={data.decided} undo={decisions.undo} />
        </div>
      )}
    </>
  );
}
