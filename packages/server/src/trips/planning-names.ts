import type { Tx } from '../platform/database.ts';
import { initials, pinyinPlace } from '../platform/pinyin.ts';
import { placeStem } from '../platform/place-stem.ts';
import type { PlannedStop } from './planning-plan.ts';
import { readAreasOf, readDestinations, readGates } from './store-planning.ts';

/** How a stop of a plan is called, and who receives there. */
export interface StopName {
  readonly name: string;
  readonly pinyin: string;
  readonly employer: string | null;
}

/** Names of the stops of a plan, which itself holds ids only. */
export async function namesOf(
  tx: Tx,
  stops: readonly PlannedStop[],
): Promise<(stop: PlannedStop) => StopName> {
  const some = (pick: (stop: PlannedStop) => string | undefined) => [
    ...new Set(stops.map(pick).filter((it) => it !== undefined)),
  ];
  const areas = new Map(
    (
      await readAreasOf(
        tx,
        some((it) => it.area),
      )
    ).map((it) => [it.code, it]),
  );
  const gates = new Map(
    (
      await readGates(
        tx,
        some((it) => it.gate),
      )
    ).map((it) => [it.id, it]),
  );
  const counties = new Map(
    (
      await readDestinations(
        tx,
        some((it) => it.destination),
      )
    ).map((it) => [it.code, it]),
  );
  return (stop) => {
    const gate = gates.get(stop.gate ?? '');
    if (gate) return { name: gate.name, pinyin: gate.pinyin, employer: gate.employer_id };
    const found = areas.get(stop.area ?? '') ?? counties.get(stop.destination ?? '') ?? stop.named;
    if (found) return { name: found.name, pinyin: found.pinyin, employer: null };
    const name = stop.station ?? '';
    return { name, pinyin: name ? pinyinPlace(name) : '', employer: null };
  };
}

/** Letters that begin the codes of a district's runs: WL for Wulong; its whole name where another district has the same initials. */
export function districtLetters(
  districts: readonly { readonly code: string; readonly name: string; readonly pinyin: string }[],
  code: string,
): string {
  const lettersOf = (name: string) =>
    initials(placeStem(name))
      .toUpperCase()
      .replace(/[^A-Z]/g, '');
  const own = districts.find((it) => it.code === code);
  if (!own) return code.slice(0, 6);
  const letters = lettersOf(own.name);
  const alone = districts.every((it) => it.code === code || lettersOf(it.name) !== letters);
  return alone && letters !== ''
    ? letters
    : own.pinyin.toUpperCase().replace(/[^A-Z]/g, '') || code.slice(0, 6);
}
