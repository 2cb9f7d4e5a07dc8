import { dayOf, type Moment } from '@fangang/domain/basics/moment.ts';
import type { PlaceAnswer, RosterContext } from '@fangang/domain/people/roster.ts';
import { areaMatcher } from '../offices/area-match.ts';
import { destinationMatcher } from '../offices/destination-match.ts';
import { readAreas, readDestinations } from '../offices/place-files.ts';
import { lunarToSolar } from '../platform/lunar.ts';

type MatchArea = (town: string, village: string) => PlaceAnswer;

const MOST_KEPT = 50;
const areas = new Map<string, MatchArea>();
let destinations: ((text: string) => PlaceAnswer) | undefined;

function matcherOf(area: string): MatchArea {
  const known = areas.get(area);
  if (known) return known;
  const made = areaMatcher(readAreas(), area);
  if (areas.size >= MOST_KEPT) areas.clear();
  areas.set(area, made);
  return made;
}

/**
 * What a roster of an area is checked against: its villages, the counties of the country, the lunar calendar.
 *
 * @param area 12 digits; no place outside it is taken for a home.
 * @param now the installation's clock.
 */
export function rosterContext(
  area: string,
  now: Moment,
  pastDepartures: RosterContext['pastDepartures'] = 'reject',
): RosterContext {
  destinations ??= destinationMatcher(readDestinations());
  return {
    today: dayOf(now),
    pastDepartures,
    lunarToSolar,
    resolveDestination: destinations,
    resolveArea: matcherOf(area),
  };
}
