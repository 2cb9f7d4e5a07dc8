import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import { grouped } from '@fangang/domain/basics/say.ts';
import {
  type CommitOutcome,
  commitPlan,
  discardPlan,
  type PlanView,
  publishPlan,
  readPlan,
  withdrawPlan,
} from '@fangang/domain/trips/api-planning.ts';
import { leftOutWords, planningRefusalWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf, shortDate } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PlanGaps } from './planning-gaps.tsx';
import { DistrictPlanMap, type GroundArea } from './planning-map.tsx';
import { PlanTrips } from './planning-trips.tsx';

/** One district's draft plan: what it changes, its runs on map and in a table, and who has no way. */
export function PlanBoard({
  planId,
  areas,
  name,
}: {
  planId: string;
  areas: readonly GroundArea[];
  name: string;
}): ReactNode {
  const say = useWords(planningWords);
  const read = useRead(
    readPlan,
    { params: { planId } },
    { everyMs: (last) => (last?.state === 'running' ? 700 : false) },
  );
  const plan = read.data;
  if (read.error) return <ErrorNote error={read.error} tables={[planningRefusalWords]} />;
  if (!plan) return <Loading />;
  if (plan.state === 'running') {
    return <Progress label={say('making')} done={Math.round(plan.share * 100)} total={100} />;
  }
  if (plan.state === 'failed') {
    return <EmptyState title={say('planFailed', { fault: plan.fault ?? '' })} next={say('planFailedNext')} />;
  }
  return <Ready plan={plan} areas={areas} name={name} />;
}

function Ready({
  plan,
  areas,
  name,
}: {
  plan: PlanView;
  areas: readonly GroundArea[];
  name: string;
}): ReactNode {
  const say = useWords(planningWords);
  const [day, setDay] = useState('all');
  const [chosen, setChosen] = useState<number | null>(null);
  const one = plan.days.some((it) => it.day === day) ? day : null;
  const tabs = [
    { key: 'all', title: say('allDays'), sub: say('dayPeople', { runs: plan.runs, people: plan.placed }) },
    ...plan.days.map((it) => ({
      key: it.day,
      title: shortDate(it.day),
      sub: say('dayPeople', { runs: it.runs, people: it.people }),
    })),
  ];
  return (
    <>
      <Steps plan={plan} />
      <div className="plan-board">
        <div>
          <DistrictPlanMap
            code={plan.area}
            name={name}
            areas={areas}
            trips={plan.trips.filter((it) => one === null || it.day === one)}
            chosen={chosen}
            onChoose={setChosen}
          />
        </div>
        <div>
          <Difference plan={plan} />
          <Tabs tabs={tabs} value={one ?? 'all'} onChange={setDay} label={say('departs')} />
          <PlanTrips plan={plan} day={one} chosen={chosen} onChoose={setChosen} />
          <PlanGaps plan={plan} />
        </div>
      </div>
    </>
  );
}

/** What the plan does to what stands: counts with their marks, then the sentence. */
function Difference({ plan }: { plan: PlanView }): ReactNode {
  const say = useWords(planningWords);
  const { difference: it } = plan;
  const coaches = plan.days.flatMap((day) => day.coaches);
  const bySeats = new Map<number, number>();
  for (const kind of coaches) bySeats.set(kind.seats, (bySeats.get(kind.seats) ?? 0) + kind.count);
  const list = [...bySeats].map(([seats, n]) => say('coachesOf', { n, seats })).join(' + ');
  const yuan = Math.round(plan.costFen / 100);
  const head = plan.placed > 0 ? ` · ${say('costPerHead', { yuan: Math.round(yuan / plan.placed) })}` : '';
  return (
    <div className="plan-line">
      <Count n={it.unchangedPeople} kind="still" word={say('unchanged')} />
      <Count n={it.joinedPeople} kind="moved" word={say('joined')} />
      <Count n={it.newPeople} kind="fresh" word={say('freshRuns')} />
      <Count n={plan.unplaced} kind="held" word={say('unplaced')} />
      <span className="plan-says">
        {say('differenceLine', it)}
        <br />
        {list && `${list} · `}
        {say('cost', { yuan })}
        {head} · {momentOf(plan.askedAt)}
      </span>
    </div>
  );
}

function Count({
  n,
  kind,
  word,
}: {
  n: number;
  kind: 'still' | 'moved' | 'fresh' | 'held';
  word: string;
}): ReactNode {
  return (
    <span>
      <b className={kind === 'held' && n > 0 ? 'tone-danger' : undefined}>{grouped(n)}</b>{' '}
      <StatusMark kind={kind}>{word}</StatusMark>
    </span>
  );
}

/** Commit and publish, or throw away; a committed plan may be published or, until then, taken back. */
function Steps({ plan }: { plan: PlanView }): ReactNode {
  const say = useWords(planningWords);
  const [trouble, setTrouble] = useState<unknown>(null);
  const attempt = async <Value,>(
    ask: Promise<Result<Value, Refusal>>,
    then: (value: Value) => void,
  ): Promise<void> => {
    setTrouble(null);
    try {
      const answer = await ask;
      if (answer.ok) then(answer.value);
      else setTrouble(answer.refusal);
    } catch (error) {
      setTrouble(error);
    }
  };
  const published = plan.outcome?.published ?? false;
  return (
    <>
      {plan.state === 'ready' && <Draft plan={plan} attempt={attempt} />}
      {plan.state === 'discarded' && <p className="plan-ask">{say('discarded')}</p>}
      {plan.state === 'committed' && plan.outcome && (
        <div className="plan-ask">
          <Outcome outcome={plan.outcome} />
          <span className="space" />
          {!published && <Unpublished plan={plan} attempt={attempt} />}
        </div>
      )}
      {trouble !== null && <ErrorNote error={trouble} tables={[planningRefusalWords]} />}
    </>
  );
}

type Attempt = <Value>(ask: Promise<Result<Value, Refusal>>, then: (value: Value) => void) => Promise<void>;

function Draft({ plan, attempt }: { plan: PlanView; attempt: Attempt }): ReactNode {
  const say = useWords(planningWords);
  const toast = useToast();
  const [publish, setPublish] = useState(true);
  const committing = useWrite(commitPlan, ['people', 'figures']);
  const discarding = useWrite(discardPlan);
  const params = { planId: plan.id };
  return (
    <div className="plan-ask">
      <StatusMark kind="todo">{say('stateReady')}</StatusMark>
      <span className="space" />
      <Check label={say('publishNow')} checked={publish} onChange={setPublish} />
      <Button
        busy={discarding.busy}
        onPress={() =>
          void attempt(discarding.send({ params, body: {} }), () => toast({ text: say('discarded') }))
        }
      >
        {say('discard')}
      </Button>
      <Button
        kind="main"
        keys="S"
        busy={committing.busy}
        disabled={plan.placed === 0}
        onPress={() =>
          void attempt(committing.send({ params, body: { publish } }), (it) =>
            toast({ text: say('committed', { people: it.placed, runs: it.runs }) }),
          )
        }
      >
        {publish ? say('commitPublish') : say('commitOnly')}
      </Button>
    </div>
  );
}

function Unpublished({ plan, attempt }: { plan: PlanView; attempt: Attempt }): ReactNode {
  const say = useWords(planningWords);
  const toast = useToast();
  const publishing = useWrite(publishPlan, ['people', 'figures']);
  const withdrawing = useWrite(withdrawPlan, ['people', 'figures']);
  const params = { planId: plan.id };
  return (
    <>
      <Button
        busy={withdrawing.busy}
        onPress={() =>
          void attempt(withdrawing.send({ params, body: {} }), (it) => toast({ text: say('withdrawn', it) }))
        }
      >
        {say('withdraw')}
      </Button>
      <Button
        kind="main"
        keys="S"
        busy={publishing.busy}
        onPress={() =>
          void attempt(publishing.send({ params, body: {} }), (it) => toast({ text: say('published', it) }))
        }
      >
        {say('publish')}
      </Button>
    </>
  );
}

/** What the commit did, with who was left out and why. */
function Outcome({ outcome }: { outcome: CommitOutcome }): ReactNode {
  const say = useWords(planningWords);
  const why = useWords(leftOutWords);
  return (
    <p>
      <StatusMark kind="done">{say('committed', { people: outcome.placed, runs: outcome.runs })}</StatusMark>{' '}
      {outcome.leftOut.map((it) => (
        <StatusMark key={it.reason} kind="again">
          {say('leftOut', { n: it.people, why: why(it.reason) })}
        </StatusMark>
      ))}
    </p>
  );
}
