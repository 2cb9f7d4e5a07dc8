import { type PlanView, readPlan } from '@fangang/domain/trips/api-planning.ts';
import {
  planningPageWords,
  planningRefusalWords,
  planningWords,
} from '@fangang/domain/trips/words-planning.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Figure } from '../platform/ui/Figure.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { type Tab, Tabs } from '../platform/ui/Tabs.tsx';
import { PlanGaps } from './planning-gaps.tsx';
import { DistrictPlanMap, destinationsOf, type GroundArea } from './planning-map.tsx';
import { PlanPapers } from './planning-papers.tsx';
import { PlanSteps, RunningSteps } from './planning-steps.tsx';
import { PlanTrips } from './planning-trips.tsx';

const VIEWS = ['list', 'map', 'gaps', 'papers'] as const;
type ViewKey = (typeof VIEWS)[number];

/** Which view the address asks for; else the one that says most about a plan in this state. */
function viewOf(asked: string | undefined, plan: PlanView): ViewKey {
  const committed = plan.state === 'committed';
  const found = VIEWS.find((it) => it === asked);
  if (found && (found !== 'papers' || committed)) return found;
  if (committed) return 'papers';
  return plan.placed === 0 ? 'gaps' : 'list';
}

/** One district's draft plan: what it changes, its runs, their ways on the map, and who has no way. */
export function PlanBoard({
  planId,
  areas,
  mayPlan,
}: {
  planId: string;
  areas: readonly GroundArea[];
  mayPlan: boolean;
}): ReactNode {
  const say = useWords(planningWords);
  const read = useRead(
    readPlan,
    { params: { planId } },
    { everyMs: (last) => (last?.state === 'running' ? 700 : false) },
  );
  const plan = read.data;
  if (read.error) {
    return (
      <ErrorNote error={read.error} tables={[planningRefusalWords]} onRetry={() => void read.refetch()} />
    );
  }
  if (!plan) return <Loading />;
  if (plan.state === 'running') return <RunningSteps plan={plan} mayPlan={mayPlan} />;
  if (plan.state === 'failed') {
    return <EmptyState title={say('planFailed', { fault: plan.fault ?? '' })} next={say('planFailedNext')} />;
  }
  return <Made plan={plan} areas={areas} mayPlan={mayPlan} />;
}

function Made({
  plan,
  areas,
  mayPlan,
}: {
  plan: PlanView;
  areas: readonly GroundArea[];
  mayPlan: boolean;
}): ReactNode {
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { area?: string; view?: string };
  const view = viewOf(search.view, plan);
  const show = (next: ViewKey): void =>
    void navigate({ to: '/planning', search: { ...search, view: next }, replace: true });
  return (
    <>
      <PlanSteps plan={plan} mayPlan={mayPlan} onCommitted={() => show('papers')} />
      <Totals plan={plan} onShow={show} />
      <div className="plan-tabs">
        <Tabs tabs={useTabs(plan)} value={view} onChange={show} label={page('views')} />
      </div>
      <div className="plan-view" role="tabpanel" aria-label={page(TITLES[view])}>
        {view === 'list' && <PlanTrips plan={plan} onPapers={() => show('papers')} />}
        {view === 'map' && (
          <DistrictPlanMap plan={plan} areas={areas} name={nameOf(plan.areaName, plan.areaPinyin)} />
        )}
        {view === 'gaps' && <PlanGaps plan={plan} />}
        {view === 'papers' && <PlanPapers plan={plan} />}
      </div>
    </>
  );
}

const TITLES = {
  list: 'tabList',
  map: 'tabMap',
  gaps: 'tabGaps',
  papers: 'tabPapers',
} as const satisfies Record<ViewKey, keyof typeof planningPageWords>;

function useTabs(plan: PlanView): readonly Tab<ViewKey>[] {
  const page = useWords(planningPageWords);
  const places = destinationsOf(plan.trips).length;
  const papers: Tab<ViewKey> = { key: 'papers', title: page('tabPapers'), sub: page('toPrint') };
  return [
    ...(plan.state === 'committed' ? [papers] : []),
    { key: 'list', title: page('tabList'), sub: page('runCount', { n: plan.trips.length }) },
    { key: 'map', title: page('tabMap'), sub: page('placeCount', { n: places }) },
    {
      key: 'gaps',
      title: page('tabGaps'),
      sub: page('peopleCount', { n: plan.unplaced }),
      tone: plan.unplaced > 0 ? 'danger' : 'plain',
    },
  ];
}

/** What the draft changes of what stands, each with its own mark; what is nought is not said. */
function Difference({ it }: { it: PlanView['difference'] }): ReactNode {
  const say = useWords(planningWords);
  return (
    <>
      {it.newRuns > 0 && <StatusMark kind="fresh">{say('differenceNew', it)}</StatusMark>}
      {it.joinedRuns > 0 && <StatusMark kind="moved">{say('differenceJoined', it)}</StatusMark>}
      {it.unchangedRuns > 0 && <StatusMark kind="still">{say('differenceSame', it)}</StatusMark>}
      <StatusMark kind="none">{say('differenceNone')}</StatusMark>
    </>
  );
}

/** People, buses and money of the plan, and what it changes of what stands. */
function Totals({ plan, onShow }: { plan: PlanView; onShow: (view: ViewKey) => void }): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const { difference: it } = plan;
  const asOf = momentOf(plan.askedAt);
  const bySeats = new Map<number, number>();
  for (const kind of plan.days.flatMap((day) => day.coaches)) {
    bySeats.set(kind.seats, (bySeats.get(kind.seats) ?? 0) + kind.count);
  }
  const buses = [...bySeats.values()].reduce((sum, n) => sum + n, 0);
  const kinds = [...bySeats].map(([seats, n]) => say('coachesOf', { n, seats })).join(' + ');
  const yuan = Math.round(plan.costFen / 100);
  return (
    <div className="plan-totals">
      <Figure
        size="panel"
        before={page('figurePlaced')}
        n={plan.placed}
        unit={page('unitPeople')}
        asOf={asOf}
        definition={page('definePlaced')}
        onOpen={() => onShow('list')}
      />
      <Figure
        size="panel"
        before={page('figureUnplaced')}
        n={plan.unplaced}
        unit={page('unitPeople')}
        asOf={asOf}
        definition={page('defineUnplaced')}
        onOpen={() => onShow('gaps')}
        tone={plan.unplaced > 0 ? 'danger' : 'plain'}
      />
      <Figure
        size="panel"
        before={page('figureBuses')}
        n={buses}
        unit={page('unitBuses')}
        asOf={asOf}
        definition={page('defineBuses')}
      />
      <Figure
        size="panel"
        before={page('figureCost')}
        n={yuan}
        unit={page('unitYuan')}
        asOf={asOf}
        definition={page('defineCost')}
      />
      <p className="plan-says">
        <Difference it={it} />
        <span>
          {kinds && `${kinds} · `}
          {plan.placed > 0 && `${say('costPerHead', { yuan: Math.round(yuan / plan.placed) })} · `}
          {asOf}
        </span>
      </p>
    </div>
  );
}
