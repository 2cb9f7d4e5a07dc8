import { words } from '@fangang/domain/basics/words.ts';
import { listPlans, readPlanningGround } from '@fangang/domain/trips/api-planning.ts';
import { planningRefusalWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';
import { PlanAskBar } from './planning-ask.tsx';
import { PlanBoard } from './planning-board.tsx';
import { PlanCity } from './planning-city.tsx';
import './planning.css';

const isCity = (code: string): boolean => code.endsWith('0000000000');

/** 排车: a draft plan for the own district, or district by district for the city. */
export function PlanningPage(): ReactNode {
  const say = useWords(planningWords);
  const season = useSession().season?.id;
  useTitle(useWords(words)('planning'));
  if (!season) return <EmptyState title={say('nobodyWaits')} next={say('nobodyWaitsNext')} />;
  return <Board season={season} />;
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
  if (ground.error) return <ErrorNote error={ground.error} tables={[planningRefusalWords]} />;
  if (listed.error) return <ErrorNote error={listed.error} tables={[planningRefusalWords]} />;
  if (!ground.data || !listed.data) return <Loading />;
  const whole = isCity(area);
  const plans = whole ? listed.data.plans : listed.data.plans.filter((it) => it.area === area);
  return (
    <>
      <Head area={area} waiting={ground.data.waiting} plan={plans[0]} whole={whole} />
      <PlanAskBar
        key={area}
        season={season}
        ground={ground.data}
        area={area}
        withFleet={!whole}
        running={plans.some((it) => it.state === 'running')}
        onAsked={() => void listed.refetch()}
      />
      {whole ? (
        <PlanCity areas={ground.data.areas} plans={plans} onOpen={open} />
      ) : (
        <District ground={ground.data} planId={plans[0]?.id} name={plans[0]?.areaName ?? staff.areaName} />
      )}
    </>
  );
}

function Head({
  area,
  waiting,
  plan,
  whole,
}: {
  area: string;
  waiting: number;
  plan: { areaName: string; areaPinyin: string } | undefined;
  whole: boolean;
}): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const staff = useStaff();
  const own = area === staff.areaCode;
  const named = own
    ? nameOf(staff.areaName, staff.areaPinyin)
    : nameOf(plan?.areaName ?? '', plan?.areaPinyin);
  return (
    <div className="page-bar">
      <h1>{say('board', { area: whole ? say('city') : named })}</h1>
      <span className="sub">{say('waiting', { n: waiting })}</span>
      {isCity(staff.areaCode) && !whole && (
        <Link to="/planning" className="link">
          {say('backToCity')}
        </Link>
      )}
    </div>
  );
}

function District({
  ground,
  planId,
  name,
}: {
  ground: { waiting: number; areas: Parameters<typeof PlanBoard>[0]['areas'] };
  planId: string | undefined;
  name: string;
}): ReactNode {
  const say = useWords(planningWords);
  if (planId) return <PlanBoard key={planId} planId={planId} areas={ground.areas} name={name} />;
  if (ground.waiting > 0) return <EmptyState title={say('noPlanYet')} next={say('noPlanYetNext')} />;
  return (
    <EmptyState title={say('nobodyWaits')} next={say('nobodyWaitsNext')}>
      <Link to="/people" className="link">
        {say('backToPeople')}
      </Link>
    </EmptyState>
  );
}
