import type { readFirstScreen } from '@fangang/domain/figures/api.ts';
import { firstScreenWords } from '@fangang/domain/figures/words.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shortName } from '../figures/names.ts';
import { Fault, type ReplyOf } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { DistrictMap } from '../platform/ui/DistrictMap.tsx';
import type { AreaMap } from '../platform/ui/geo.ts';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';

export type FirstScreenFacts = ReplyOf<typeof readFirstScreen>;

/** Lower bounds of the shades, in people. */
const STEPS = [200, 500, 900] as const;
const WULONG = '500156000000';
const YUBEI = '500112000000';

/** A district of the flows (6 digits) as the map writes it; cities of the country stay as they are. */
function mapCode(code: string, facts: FirstScreenFacts): string {
  const district = `${code}000000`;
  return facts.districts.some((it) => it.area === district) ? district : code;
}

async function readMap(): Promise<AreaMap> {
  const answer = await fetch('/maps/districts.geo.json');
  if (!answer.ok) throw new Fault(answer.status);
  return (await answer.json()) as AreaMap;
}

/** Districts shaded by who boarded, with lines to where they go. */
export function FirstScreenMap({
  facts,
  onOpenDistrict,
}: {
  facts: FirstScreenFacts;
  onOpenDistrict: (area: string, place: string) => void;
}): ReactNode {
  const say = useWords(firstScreenWords);
  const nameOf = useNames();
  const map = useQuery({
    queryKey: ['maps', 'districts'],
    queryFn: readMap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const names = Object.fromEntries(
    facts.districts.map((it) => [it.area, nameOf(shortName(it.name), it.pinyin)]),
  );
  const { wulongRuns, wulongPersons } = facts.programme;
  return (
    <section className="first-map">
      <h2>{say('map')}</h2>
      {map.data && wulongRuns > 0 && (
        <p className="first-inside">
          <b>{say('inside', { from: names[WULONG] ?? '', to: names[YUBEI] ?? '' })}</b>
          <span>{say('insideSub', { runs: wulongRuns, n: wulongPersons })}</span>
        </p>
      )}
      {map.error && <ErrorNote error={map.error} onRetry={() => void map.refetch()} />}
      {!map.data && !map.error && <Loading />}
      {map.data && (
        <DistrictMap
          map={map.data}
          names={names}
          values={Object.fromEntries(facts.districts.map((it) => [it.area, it.counts.persons]))}
          steps={STEPS}
          legend={say('shade')}
          destinations={facts.places.map((it) => ({
            key: it.code,
            label: nameOf(shortName(it.name), it.pinyin),
            n: it.persons,
          }))}
          flows={facts.flows.map((it) => ({
            from: mapCode(it.from, facts),
            to: mapCode(it.to, facts),
            n: it.persons,
          }))}
          label={say('map')}
          onOpenDistrict={(code) => onOpenDistrict(code, names[code] ?? '')}
        />
      )}
    </section>
  );
}
