import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { PAGE_ROWS } from '@fangang/domain/people/api.ts';
import {
  listPeople,
  PastType,
  type PeopleState,
  readWay,
  searchPeople,
  type WayLine,
} from '@fangang/domain/trips/api-people.ts';
import { hitOf, wishLine } from '../people/person-lines.ts';
import { readSearch } from '../people/person-search.ts';
import { findPerson, listPage } from '../people/store-people.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { filterOf, listPast, listWayLegs, listWaysOf, type WayRow } from './store-people.ts';
import { ticketCodeOf } from './ticket-code.ts';

function wayLine(row: WayRow): WayLine {
  const { stage, reason, departed, tripId, code, mode, departAt, seat } = row;
  const trip = tripId !== null && code !== null && mode !== null ? { id: tripId, code, mode } : null;
  return { stage, reason, departed, trip, departAt, seat };
}

interface Asked {
  readonly season: string;
  readonly text?: string | undefined;
  readonly area?: string | undefined;
  readonly status?: PeopleState | undefined;
  readonly destination?: string | undefined;
  readonly page?: number | undefined;
}

async function pageOf({ tx, services, asker }: Ctx, query: Asked) {
  const page = query.page ?? 1;
  const isOffice = asker?.scope.kind === 'office';
  const home = asker?.areaCode ?? '';
  const search = query.text
    ? readSearch(await numberKeys(tx, services.secrets), { area: home, byToken: isOffice }, query.text)
    : undefined;
  const { season, area, status, destination } = query;
  const narrowed = status ? filterOf(season, status) : {};
  const { rows, total } = await listPage(
    tx,
    { season, search, area, destination, bySums: isOffice && home.endsWith('000'), ...narrowed },
    { limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS },
  );
  const found = await listWaysOf(
    tx,
    season,
    rows.map((it) => it.id),
  );
  const ways = new Map(found.map((it) => [it.person, wayLine(it)]));
  const people = rows.map((row) => ({
    ...hitOf(row),
    wish: row.wish_id === null ? null : wishLine(row),
    way: ways.get(row.id) ?? null,
  }));
  return accept({ people, total, page });
}

const list = route(listPeople, (ctx, { query }) => pageOf(ctx, query));
const search = route(searchPeople, (ctx, { body }) => pageOf(ctx, body));

const one = route(readWay, async ({ tx, services, asker }, { params, query }) => {
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const [row] = await listWaysOf(tx, query.season, [person.id]);
  // Who holds a ledger of the own does not read the journal.
  const past =
    asker?.scope.kind === 'office' ? await listPast(tx, query.season, person.id, PastType.options) : [];
  if (!row) return accept({ way: null, past });
  const legs = await listWayLegs(tx, row.itinerary);
  return accept({
    way: {
      ...wayLine(row),
      legs: legs.map(({ tripId, code, ...leg }) => ({
        ...leg,
        trip: tripId !== null && code !== null ? { id: tripId, code } : null,
      })),
      ticketPath: `/t/${ticketCodeOf(services.secrets, row.itinerary)}`,
    },
    past,
  });
});

/** People with how far they have come; who they are and what they wish is the people's room. */
export const routes: readonly Route[] = [list, search, one];
