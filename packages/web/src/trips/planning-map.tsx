import type { PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { planningWords } from '@fangang/domain/trips/words-planning.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fault } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { DistrictMap } from '../platform/ui/DistrictMap.tsx';
import type { AreaMap } from '../platform/ui/geo.ts';
import { LocalMap, type MapLine, type MapPoint } from '../platform/ui/LocalMap.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';

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

function lineOf(trip: PlanTripLine, chosen: number | null): MapLine {
  const rail = trip.mode !== 'charterBus';
  const kind = trip.no === chosen ? 'chosen' : trip.standing ? 'fixed' : rail ? 'rail' : 'draft';
  return { key: String(trip.no), kind, path: trip.stops.map((it) => [it.lon, it.lat] as const) };
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

/** One district: its pick-up points and the runs of the plan. */
export function DistrictPlanMap({
  code,
  name,
  trips,
  areas,
  chosen,
  onChoose,
}: {
  code: string;
  name: string;
  trips: PlanView['trips'];
  areas: readonly GroundArea[];
  chosen: number | null;
  onChoose: (no: number) => void;
}): ReactNode {
  const say = useWords(planningWords);
  const nameOf = useNames();
  const map = useDistricts();
  if (map.error) return <ErrorNote error={map.error} />;
  if (!map.data) return <Loading />;
  const neighbours = map.data.features.map(({ properties: it }) => [it.code, shortName(it.name)] as const);
  const main = trips.filter((it) => it.role === 'main');
  return (
    <LocalMap
      map={map.data}
      code={code}
      names={Object.fromEntries(neighbours)}
      points={pointsOf(main, areas, nameOf)}
      lines={main.map((it) => lineOf(it, chosen))}
      label={say('mapLabel', { area: name })}
      onChooseLine={(key) => onChoose(Number(key))}
    />
  );
}
