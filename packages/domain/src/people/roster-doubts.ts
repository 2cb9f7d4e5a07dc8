import type { RosterContext, RosterMapping, RosterNote, RosterRow } from './roster.ts';
import type { Desk } from './roster-desk.ts';
import { noteOn } from './roster-duplicates.ts';
import { cannotWork, MONTHLY_PAY_FEN, readLaborAbility } from './rules-registry.ts';

/** Cities without counties: the prefecture is the county (Dongguan, Zhongshan, Danzhou, Jiayuguan; GB/T 2260). */
const WITHOUT_COUNTIES = ['4419', '4420', '4604', '6202'];

/** A division code that ends above the county: a province or a city that has counties. */
export function isAboveCounty(code: string): boolean {
  return code.slice(4, 6) === '00' && !WITHOUT_COUNTIES.includes(code.slice(0, 4));
}

/** Pay of a month in fen; of a year its twelfth, which is the least it can have been. */
function monthlyFen({ incomeFen, incomePer }: RosterRow): number | undefined {
  if (incomeFen === undefined) return undefined;
  return incomePer === 'year' ? incomeFen / 12 : incomeFen;
}

/**
 * What the checks of the national monitoring ask back about one row; nothing stops for it.
 *
 * Source: checks of the poverty relief monitoring system (务工监测), 2021: workplace to county, monthly pay of 100 to 30,000 yuan, ability to
 * work, what somebody needs who plans to go.
 */
export function doubtRow(desk: Desk, row: RosterRow, ctx: RosterContext): void {
  const pay = monthlyFen(row);
  const tooLittle = row.incomePer === 'month' && pay !== undefined && pay < MONTHLY_PAY_FEN.least;
  if (tooLittle || (pay !== undefined && pay > MONTHLY_PAY_FEN.most))
    desk.warn('income', 'people.pay_doubtful');
  const ability = readLaborAbility(row.laborAbility ?? '') ?? null;
  if (cannotWork(ability) && (row.workplace || row.employer)) {
    desk.warn('laborAbility', 'people.unable_yet_working');
  }
  const place = row.destinationFrom === 'workplace' ? undefined : row.workplace;
  const answer = place && ctx.resolveDestination?.(place);
  if (answer && 'code' in answer && isAboveCounty(answer.code)) {
    desk.warn('workplace', 'people.workplace_above_county');
  }
  const asked = desk.has('mode') || desk.has('pointToPoint');
  if (row.willing === true && asked && row.mode === undefined && row.pointToPoint === undefined) {
    desk.warn('mode', 'people.goes_without_need');
  }
}

/** One telephone with several places of work: whoever answers it works at one of them. */
export function phonesOfSeveralPlaces(
  rows: readonly RosterRow[],
  mapping: RosterMapping,
  labels: Desk,
): RosterNote[] {
  if (mapping.phoneIsHousehold) return [];
  const first = new Map<string, { row: number; place: string }>();
  return rows.flatMap((row) => {
    const place = row.employer ?? row.workplace;
    if (row.phone === undefined || place === undefined) return [];
    const before = first.get(row.phone);
    if (!before) first.set(row.phone, { row: row.row, place });
    return before && before.place !== place
      ? [noteOn(labels, row.row, 'phone', 'people.phone_several_places', before.row)]
      : [];
  });
}
