import type { Refusal } from '@fangang/domain/basics/result.ts';
import { grouped } from '@fangang/domain/basics/say.ts';
import { commitPlan, type PlanLine } from '@fangang/domain/trips/api-planning.ts';
import {
  planningPageWords,
  planningRefusalWords,
  planningWords,
} from '@fangang/domain/trips/words-planning.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { CityMap, type GroundArea } from './planning-map.tsx';

const STATES = {
  running: ['now', 'stateRunning'],
  ready: ['todo', 'stateReady'],
  committed: ['done', 'stateCommitted'],
  discarded: ['none', 'stateDiscarded'],
  failed: ['held', 'stateFailed'],
} as const satisfies Record<PlanLine['state'], readonly [MarkKind, keyof typeof planningWords]>;

type Row = GroundArea & { readonly plan: PlanLine | undefined };

function useColumns(): readonly Column<Row>[] {
  const say = useWords(planningWords);
  const nameOf = useNames();
  return useMemo(
    () => [
      {
        key: 'name',
        title: say('district'),
        cell: (it) => (
          <Link to="/planning" search={{ area: it.code }} className="link">
            {nameOf(it.name, it.pinyin)}
          </Link>
        ),
        sortBy: (it) => it.code,
      },
      {
        key: 'waiting',
        title: say('waitingColumn'),
        width: 92,
        align: 'end',
        cell: (it) => grouped(it.waiting),
        sortBy: (it) => it.waiting,
      },
      count('placed', say('placed'), (it) => it.placed),
      count('unplaced', say('unplaced'), (it) => it.unplaced),
      count('runs', say('trips'), (it) => it.runs),
      {
        key: 'state',
        title: say('state'),
        width: 148,
        cell: ({ plan }) =>
          plan && <StatusMark kind={STATES[plan.state][0]}>{say(STATES[plan.state][1])}</StatusMark>,
        sortBy: (it) => it.plan?.state,
      },
    ],
    [say, nameOf],
  );
}

function count(key: string, title: string, of: (plan: PlanLine) => number): Column<Row> {
  const known = (row: Row) => (row.plan && row.plan.state !== 'running' ? of(row.plan) : undefined);
  return {
    key,
    title,
    width: 84,
    align: 'end',
    cell: (it) => {
      const n = known(it);
      return n === undefined ? '' : grouped(n);
    },
    sortBy: known,
  };
}

/** All districts of the city: who waits, how far each one's plan is; Enter opens one. */
export function PlanCity({
  areas,
  plans,
  mayPlan,
  onOpen,
}: {
  areas: readonly GroundArea[];
  plans: readonly PlanLine[];
  mayPlan: boolean;
  onOpen: (code: string) => void;
}): ReactNode {
  const say = useWords(planningWords);
  const columns = useColumns();
  const rows = useMemo(() => {
    const byArea = new Map(plans.map((it) => [it.area, it]));
    return areas
      .map((it) => ({ ...it, plan: byArea.get(it.code) }))
      .filter((it) => it.waiting > 0 || it.plan !== undefined);
  }, [areas, plans]);
  const running = plans.filter((it) => it.state === 'running');
  const share = running.reduce((sum, it) => sum + it.share, 0) + plans.length - running.length;
  return (
    <>
      {running.length > 0 ? (
        <div className="plan-steps">
          <Progress
            label={say('making')}
            done={Math.round((100 * share) / Math.max(1, plans.length))}
            total={100}
          />
        </div>
      ) : (
        <CitySteps plans={plans} mayPlan={mayPlan} />
      )}
      <div className="plan-view plan-city">
        <CityMap areas={areas} onOpen={onOpen} />
        <RuledTable
          label={say('city')}
          columns={columns}
          rows={rows}
          keyOf={(it) => it.code}
          onOpen={(it) => onOpen(it.code)}
          firstSort={{ key: 'waiting', direction: 'descending' }}
        />
      </div>
    </>
  );
}

/** What is committed with the way to its lists, and what may be committed now. */
function CitySteps({ plans, mayPlan }: { plans: readonly PlanLine[]; mayPlan: boolean }): ReactNode {
  const page = useWords(planningPageWords);
  const committed = plans.filter((it) => it.state === 'committed');
  const ready = plans.filter((it) => it.state === 'ready' && it.placed > 0);
  const sum = (of: (plan: PlanLine) => number) => committed.reduce((total, it) => total + of(it), 0);
  if (committed.length === 0 && (ready.length === 0 || !mayPlan)) return null;
  return (
    <div className="plan-steps">
      {committed.length > 0 && (
        <>
          <StatusMark kind="done" strong>
            {page('committedDistricts', {
              n: committed.length,
              people: sum((it) => it.placed),
              runs: sum((it) => it.runs),
            })}
          </StatusMark>
          <span className="plan-print">
            <Link to="/trips" search={{}} className="link">
              {page('printLists')}
            </Link>
          </span>
        </>
      )}
      <span className="space" />
      {mayPlan && ready.length > 0 && <CommitAll plans={ready} />}
    </div>
  );
}

/** Commits district by district: one that is refused stops no other, and the last refusal is said. */
function CommitAll({ plans }: { plans: readonly PlanLine[] }): ReactNode {
  const say = useWords(planningWords);
  const toast = useToast();
  const committing = useWrite(commitPlan, ['people', 'figures']);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const all = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    let refusal: Refusal | null = null;
    const done = { people: 0, runs: 0 };
    try {
      for (const plan of plans) {
        const answer = await committing.send({ params: { planId: plan.id }, body: { publish: true } });
        if (!answer.ok) refusal = answer.refusal;
        else {
          done.people += answer.value.placed;
          done.runs += answer.value.runs;
        }
      }
      toast({ text: say('committed', done) });
      setTrouble(refusal);
    } catch (error) {
      setTrouble(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {trouble !== null && <ErrorNote error={trouble} tables={[planningRefusalWords]} />}
      <Button kind="main" keys="S" busy={busy} onPress={() => void all()}>
        {say('commitAll', { n: plans.length })}
      </Button>
    </>
  );
}
