import type { Refusal, Result } from '@fangang/domain/basics/result.ts';
import {
  type CommitOutcome,
  commitPlan,
  discardPlan,
  type PlanView,
  publishPlan,
  withdrawPlan,
} from '@fangang/domain/trips/api-planning.ts';
import {
  leftOutWords,
  planningPageWords,
  planningRefusalWords,
  planningWords,
} from '@fangang/domain/trips/words-planning.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { shortDate } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { daysOfPlan, usePapers } from './planning-papers.tsx';

type Attempt = <Value>(ask: Promise<Result<Value, Refusal>>, then: (value: Value) => void) => Promise<void>;

/** One step at a time: what is refused or breaks stays on the page until the next one. */
function useAttempt(): { attempt: Attempt; trouble: unknown } {
  const [trouble, setTrouble] = useState<unknown>(null);
  const attempt: Attempt = async (ask, then) => {
    setTrouble(null);
    try {
      const answer = await ask;
      if (answer.ok) then(answer.value);
      else setTrouble(answer.refusal);
    } catch (error) {
      setTrouble(error);
    }
  };
  return { attempt, trouble };
}

function Trouble({ trouble }: { trouble: unknown }): ReactNode {
  return trouble === null ? null : <ErrorNote error={trouble} tables={[planningRefusalWords]} />;
}

/** While the plan is being made: how far it is, and a way out. */
export function RunningSteps({ plan, mayPlan }: { plan: PlanView; mayPlan: boolean }): ReactNode {
  const say = useWords(planningWords);
  const toast = useToast();
  const { attempt, trouble } = useAttempt();
  const discarding = useWrite(discardPlan);
  const discard = (): void =>
    void attempt(discarding.send({ params: { planId: plan.id }, body: {} }), () =>
      toast({ text: say('discarded') }),
    );
  return (
    <>
      <div className="plan-steps">
        <Progress label={say('making')} done={Math.round(plan.share * 100)} total={100} />
        {mayPlan && (
          <Button busy={discarding.busy} onPress={discard}>
            {say('discard')}
          </Button>
        )}
      </div>
      <Trouble trouble={trouble} />
    </>
  );
}

/** Commit and publish, or throw away; a committed plan is printed, published or, until then, taken back. */
export function PlanSteps({
  plan,
  mayPlan,
  onCommitted,
}: {
  plan: PlanView;
  mayPlan: boolean;
  onCommitted: () => void;
}): ReactNode {
  const { attempt, trouble } = useAttempt();
  return (
    <>
      {plan.state === 'ready' && (
        <Draft plan={plan} mayPlan={mayPlan} attempt={attempt} onCommitted={onCommitted} />
      )}
      {plan.state === 'committed' && plan.outcome && (
        <Committed plan={plan} outcome={plan.outcome} mayPlan={mayPlan} attempt={attempt} />
      )}
      <Trouble trouble={trouble} />
    </>
  );
}

function Draft({
  plan,
  mayPlan,
  attempt,
  onCommitted,
}: {
  plan: PlanView;
  mayPlan: boolean;
  attempt: Attempt;
  onCommitted: () => void;
}): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const toast = useToast();
  const [publish, setPublish] = useState(true);
  const committing = useWrite(commitPlan, ['people', 'figures']);
  const discarding = useWrite(discardPlan);
  const params = { planId: plan.id };
  const commit = (): void =>
    void attempt(committing.send({ params, body: { publish } }), (it) => {
      toast({ text: say('committed', { people: it.placed, runs: it.runs }) });
      onCommitted();
    });
  const discard = (): void =>
    void attempt(discarding.send({ params, body: {} }), () => toast({ text: say('discarded') }));
  return (
    <div className="plan-steps">
      {committing.busy ? (
        <Progress label={page('committing')} />
      ) : (
        <>
          <StatusMark kind="todo">{say('stateReady')}</StatusMark>
          <span className="space" />
        </>
      )}
      {mayPlan && (
        <>
          <Check
            label={say('publishNow')}
            checked={publish}
            onChange={setPublish}
            disabled={committing.busy}
          />
          <Button busy={discarding.busy} disabled={committing.busy} onPress={discard}>
            {say('discard')}
          </Button>
          <Button kind="main" keys="S" busy={committing.busy} disabled={plan.placed === 0} onPress={commit}>
            {publish ? say('commitPublish') : say('commitOnly')}
          </Button>
        </>
      )}
    </div>
  );
}

/** What the commit did, who was left out and why, and the way to the lists of each day. */
function Committed({
  plan,
  outcome,
  mayPlan,
  attempt,
}: {
  plan: PlanView;
  outcome: CommitOutcome;
  mayPlan: boolean;
  attempt: Attempt;
}): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const why = useWords(leftOutWords);
  const papers = usePapers(plan);
  const waits = !outcome.published && (papers.data ?? []).some((it) => it.status === 'committed');
  return (
    <div className="plan-steps" role="status">
      <StatusMark kind="done" strong>
        {say('committed', { people: outcome.placed, runs: outcome.runs })}
      </StatusMark>
      {outcome.leftOut.map((it) => (
        <StatusMark key={it.reason} kind="again">
          {say('leftOut', { n: it.people, why: why(it.reason) })}
        </StatusMark>
      ))}
      <span className="plan-print">
        {page('printLists')}
        {daysOfPlan(plan).map((day) => (
          <Link key={day} to="/trips" search={{ day }} className="link">
            {shortDate(day)}
          </Link>
        ))}
      </span>
      <span className="space" />
      {mayPlan && waits && <Unpublished plan={plan} attempt={attempt} />}
    </div>
  );
}

function Unpublished({ plan, attempt }: { plan: PlanView; attempt: Attempt }): ReactNode {
  const say = useWords(planningWords);
  const toast = useToast();
  const publishing = useWrite(publishPlan, ['people', 'figures']);
  const withdrawing = useWrite(withdrawPlan, ['people', 'figures']);
  const ask = { params: { planId: plan.id }, body: {} };
  return (
    <>
      <Button
        busy={withdrawing.busy}
        onPress={() => void attempt(withdrawing.send(ask), (it) => toast({ text: say('withdrawn', it) }))}
      >
        {say('withdraw')}
      </Button>
      <Button
        kind="main"
        keys="S"
        busy={publishing.busy}
        onPress={() => void attempt(publishing.send(ask), (it) => toast({ text: say('published', it) }))}
      >
        {say('publish')}
      </Button>
    </>
  );
}
