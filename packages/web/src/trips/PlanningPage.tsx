import { words } from '@fangang/domain/basics/words.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import { askPlan, listPlans, type PlanLine, readPlanningGround } from '@fangang/domain/trips/api-planning.ts';
import {
  planningPageWords,
  planningRefusalWords,
  planningWords,
} from '@fangang/domain/trips/words-planning.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';
import { PlanAskBar } from './planning-ask.tsx';
import { PlanBoard } from './planning-board.tsx';
import { PlanCity } from './planning-city.tsx';
import './planning.css';

type Ground = ReplyOf<typeof readPlanningGround>;

/** 排车: a draft plan for the own district, or district by district for the city. */
export function PlanningPage(): ReactNode {
  const season = useSession().season?.id;
  useTitle(useWords(words)('planning'));
  return season ? <Board season={season} /> : <NobodyYet />;
}

/** Before anybody wants to go there is one next step: a roster. */
function NobodyYet(): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  return (
    <EmptyState title={say('nobodyWaits')} next={page('nobodyYetNext')}>
      <Link to="/people/import" className="link">
        {page('goImport')}
      </Link>
      <Link to="/people" className="link">
        {say('backToPeople')}
      </Link>
    </EmptyState>
  );
}

function Board({ season }: { season: string }): ReactNode {
  const staff = useStaff();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { area?: string };
  const area = search.area ?? staff.areaCode;
  const ground = useRead(readPlanningGround, { query: { season, area } });
  const listed = useRead(
    listPlans,
    { query: { season } },
    { everyMs: (last) => (last?.plans.some((it) => it.state === 'running') ? 1000 : false) },
  );
  const open = (code: string): void => void navigate({ to: '/planning', search: { area: code } });
  const error = ground.error ?? listed.error;
  const again = (): void => {
    void ground.refetch();
    void listed.refetch();
  };
  if (error) return <ErrorNote error={error} tables={[planningRefusalWords]} onRetry={again} />;
  if (!ground.data || !listed.data) return <Loading />;
  const whole = levelOf(area) === 'city';
  const plans = whole ? listed.data.plans : listed.data.plans.filter((it) => it.area === area);
  const mayPlan = (askPlan.callers as readonly string[]).includes(staff.role);
  const alive = plans.filter((it) => it.state !== 'discarded');
  const bare = ground.data.waiting === 0 && alive.length === 0;
  return (
    <div className="page-full">
      <Head season={season} area={area} waiting={ground.data.waiting} />
      {mayPlan && !bare && (
        <PlanAskBar
          key={area}
          season={season}
          ground={ground.data}
          area={area}
          withFleet={!whole || ground.data.areas.filter((it) => it.waiting > 0).length === 1}
          running={plans.some((it) => it.state === 'running')}
          onAsked={() => void listed.refetch()}
        />
      )}
      {bare && <NobodyYet />}
      {!bare && whole && <PlanCity areas={ground.data.areas} plans={plans} mayPlan={mayPlan} onOpen={open} />}
      {!bare && !whole && <District ground={ground.data} plan={alive[0]} mayPlan={mayPlan} />}
    </div>
  );
}

function Head({ season, area, waiting }: { season: string; area: string; waiting: number }): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const staff = useStaff();
  const fromCity = levelOf(staff.areaCode) === 'city';
  const city = useRead(
    readPlanningGround,
    { query: { season, area: staff.areaCode } },
    { enabled: fromCity && area !== staff.areaCode },
  );
  const found = city.data?.areas.find((it) => it.code === area);
  const named =
    area === staff.areaCode
      ? nameOf(staff.areaName, staff.areaPinyin)
      : nameOf(found?.name ?? '', found?.pinyin);
  return (
    <div className="page-bar">
      <h1>{say('board', { area: levelOf(area) === 'city' ? say('city') : named })}</h1>
      <span className="sub">{say('waiting', { n: waiting })}</span>
      {fromCity && !(levelOf(area) === 'city') && (
        <Link to="/planning" search={{}} className="link">
          {say('backToCity')}
        </Link>
      )}
    </div>
  );
}

function District({
  ground,
  plan,
  mayPlan,
}: {
  ground: Ground;
  plan: PlanLine | undefined;
  mayPlan: boolean;
}): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  if (plan) return <PlanBoard key={plan.id} planId={plan.id} areas={ground.areas} mayPlan={mayPlan} />;
  return <EmptyState title={say('noPlanYet')} next={page(mayPlan ? 'makeDraftNext' : 'leaderNext')} />;
}
