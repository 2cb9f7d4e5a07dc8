import { msOf } from '@fangang/domain/basics/moment.ts';
import { grouped } from '@fangang/domain/basics/say.ts';
import type { PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningPageWords, planningWords } from '@fangang/domain/trips/words-planning.ts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Fault } from '../platform/call.ts';
import { shortDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { DistrictMap } from '../platform/ui/DistrictMap.tsx';
import type { AreaMap } from '../platform/ui/geo.ts';
import { LocalMap, type MapLine, type MapPoint } from '../platform/ui/LocalMap.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';

/** A district or town as the board's ground lists it. */
export interface GroundArea {
  readonly code: string;
  readonly name: string;
  readonly pinyin: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly estimated: boolean;
  readonly waiting: number;
}

async function readMap(): Promise<AreaMap> {
  const answer = await fetch('/maps/districts.geo.json');
  if (!answer.ok) throw new Fault(answer.status);
  return (await answer.json()) as AreaMap;
}

function useDistricts(): ReturnType<typeof useQuery<AreaMap>> {
  return useQuery({ queryKey: ['maps', 'districts'], queryFn: readMap, staleTime: Infinity });
}

/** 武隆区 → 武隆, 石柱土家族自治县 → 石柱; 忠县 stays. */
function shortName(name: string): string {
  const stem = name.replace(/(土家族|苗族)*自治县$|[区县]$/, '');
  return stem.length > 1 ? stem : name;
}

const COLOURS = [20, 80, 200] as const;

/** People waiting, by district; a click opens the district's plan. */
export function CityMap({
  areas,
  onOpen,
}: {
  areas: readonly GroundArea[];
  onOpen: (code: string) => void;
}): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const map = useDistricts();
  if (map.error) return <ErrorNote error={map.error} />;
  if (!map.data) return <Loading />;
  return (
    <DistrictMap
      map={map.data}
      names={Object.fromEntries(areas.map((it) => [it.code, nameOf(shortName(it.name), it.pinyin)]))}
      values={Object.fromEntries(areas.map((it) => [it.code, it.waiting]))}
      steps={COLOURS}
      legend={say('cityLegend')}
      destinations={[]}
      flows={[]}
      label={say('cityMapLabel')}
      onOpenDistrict={onOpen}
    />
  );
}

/** Where a run lets people out; for a reader the name of the gate or the station. */
export function placesOf(
  trip: PlanTripLine,
  nameOf: (name: string, pinyin: string) => string,
): readonly string[] {
  const downs = trip.stops.filter((it) => it.alights > 0 || it.kind === 'gate');
  return [...new Set(downs.map((it) => nameOf(it.name, it.pinyin)))];
}

interface PlanDestination {
  readonly name: string;
  readonly pinyin: string;
  /** People this plan brings there. */
  readonly people: number;
  readonly trips: readonly number[];
  readonly firstAt: string;
}

/** Where the plan brings people to, most people first; feeders and last miles are part of a way, not its end. */
export function destinationsOf(trips: readonly PlanTripLine[]): PlanDestination[] {
  const found = new Map<string, PlanDestination>();
  for (const trip of trips) {
    if (trip.role !== 'main') continue;
    for (const { name, pinyin, alights, arriveAt } of trip.stops) {
      if (alights === 0) continue;
      const known = found.get(name);
      found.set(name, {
        name,
        pinyin,
        people: (known?.people ?? 0) + alights,
        trips: [...(known?.trips ?? []).filter((it) => it !== trip.no), trip.no],
        firstAt: known && msOf(known.firstAt) <= msOf(arriveAt) ? known.firstAt : arriveAt,
      });
    }
  }
  return [...found.values()].sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
}

function kindOf(trip: PlanTripLine, chosen: readonly number[]): MapLine['kind'] {
  if (chosen.includes(trip.no)) return 'chosen';
  if (trip.standing) return 'fixed';
  return trip.mode === 'charterBus' ? 'draft' : 'rail';
}

function linesOf(trips: readonly PlanTripLine[], chosen: readonly number[]): MapLine[] {
  const lines = trips.map((it): MapLine => {
    return {
      key: String(it.no),
      kind: kindOf(it, chosen),
      path: it.stops.map((stop) => [stop.lon, stop.lat] as const),
    };
  });
  // The chosen ones are drawn last, above the others.
  return [...lines.filter((it) => it.kind !== 'chosen'), ...lines.filter((it) => it.kind === 'chosen')];
}

/** Pick-ups of the plan with who boards there; without a plan the towns with who waits there. */
function pointsOf(
  trips: readonly PlanTripLine[],
  areas: readonly GroundArea[],
  nameOf: (name: string, pinyin: string) => string,
): MapPoint[] {
  const points = new Map<string, MapPoint>();
  for (const stop of trips.flatMap((it) => it.stops)) {
    if (stop.kind !== 'pickUp' || stop.boards === 0) continue;
    const key = `${stop.lon} ${stop.lat}`;
    const n = (points.get(key)?.n ?? 0) + stop.boards;
    points.set(key, { key, at: [stop.lon, stop.lat], label: nameOf(stop.name, stop.pinyin), n });
  }
  if (points.size > 0) return [...points.values()];
  return areas.flatMap((it) =>
    it.waiting === 0 || it.lon === null || it.lat === null
      ? []
      : [
          {
            key: it.code,
            at: [it.lon, it.lat] as const,
            label: nameOf(it.name, it.pinyin),
            n: it.waiting,
            estimated: it.estimated,
          },
        ],
  );
}

function useColumns(): readonly Column<PlanDestination>[] {
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  return useMemo(
    () => [
      {
        key: 'name',
        title: page('destination'),
        cell: (it) => <b>{nameOf(it.name, it.pinyin)}</b>,
        sortBy: (it) => it.pinyin,
      },
      {
        key: 'people',
        title: page('people'),
        width: 72,
        align: 'end',
        cell: (it) => grouped(it.people),
        sortBy: (it) => it.people,
      },
      {
        key: 'runs',
        title: page('runs'),
        width: 56,
        align: 'end',
        cell: (it) => it.trips.length,
        sortBy: (it) => it.trips.length,
      },
      {
        key: 'first',
        title: page('firstArrival'),
        width: 104,
        align: 'end',
        cell: (it) => `${shortDate(it.firstAt)} ${timeOf(it.firstAt)}`,
        sortBy: (it) => it.firstAt,
      },
    ],
    [page, nameOf],
  );
}

function Legend(): ReactNode {
  const page = useWords(planningPageWords);
  const kinds = [
    ['chosen', page('legendChosen')],
    ['draft', page('legendDraft')],
    ['fixed', page('legendFixed')],
    ['rail', page('legendRail')],
  ] as const;
  return (
    <p className="legend">
      {kinds.map(([kind, word]) => (
        <span key={kind}>
          <svg width="28" height="10" aria-hidden="true">
            <path d="M1,5H27" className={`map-line map-line-${kind}`} />
          </svg>{' '}
          {word}
        </span>
      ))}
    </p>
  );
}

/** One district: its pick-up points, the lines from there, and where they lead; a chosen destination shows its lines. */
export function DistrictPlanMap({
  plan,
  areas,
  name,
}: {
  plan: PlanView;
  areas: readonly GroundArea[];
  name: string;
}): ReactNode {
  const say = useWords(planningWords);
  const page = useWords(planningPageWords);
  const nameOf = useNames();
  const { language } = useLanguage();
  const columns = useColumns();
  const [chosen, setChosen] = useState<string | null>(null);
  const places = useMemo(() => destinationsOf(plan.trips), [plan.trips]);
  const map = useDistricts();
  if (map.error) return <ErrorNote error={map.error} onRetry={() => void map.refetch()} />;
  if (!map.data) return <Loading />;
  // A map pack names its districts in Chinese only.
  const neighbours =
    language === 'zh'
      ? map.data.features.map(({ properties: it }) => [it.code, shortName(it.name)] as const)
      : [];
  const main = plan.trips.filter((it) => it.role === 'main');
  const lit = places.find((it) => it.name === chosen)?.trips ?? [];
  return (
    <div className="plan-map">
      <div>
        <LocalMap
          map={map.data}
          code={plan.area}
          names={Object.fromEntries(neighbours)}
          points={pointsOf(main, areas, nameOf)}
          lines={linesOf(main, lit)}
          label={say('mapLabel', { area: name })}
          height={440}
          onChooseLine={(key) => setChosen(places.find((it) => it.trips.includes(Number(key)))?.name ?? null)}
        />
        <Legend />
      </div>
      <RuledTable
        label={page('destination')}
        columns={columns}
        rows={places}
        keyOf={(it) => it.name}
        chosenKey={chosen}
        onChoose={(it) => setChosen(it.name)}
      />
    </div>
  );
}
