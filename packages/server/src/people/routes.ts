import { accept, refuse } from '@fangang/domain/basics/result.ts';
import { findPeople, readPerson, revealNumber } from '@fangang/domain/people/api.ts';
import { noteAudit } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { hitOf, wishLine } from './person-lines.ts';
import { readSearch } from './person-search.ts';
import { collisionRoutes } from './routes-collision.ts';
import { consentRoutes } from './routes-consent.ts';
import { difficultyRoutes } from './routes-difficulty.ts';
import { duplicateRoutes } from './routes-duplicates.ts';
import { importRoutes } from './routes-import.ts';
import { needRoutes } from './routes-needs.ts';
import { registryRoutes } from './routes-registry.ts';
import { reportRoutes } from './routes-report.ts';
import { rosterRoutes } from './routes-roster.ts';
import { transferRoutes } from './routes-transfer.ts';
import { wishRoutes } from './routes-wishes.ts';
import { openNumber } from './sealed-numbers.ts';
import {
  findCareOf,
  findHits,
  findHitsOfVillage,
  findHousehold,
  findParty,
  findPerson,
  findPlace,
  findWish,
  type HitRow,
} from './store-people.ts';
import type { PersonRow, WishRow } from './tables.ts';

const MOST_HITS = 20;

/** A village may be meant where a name is typed: its people come after those of that name. */
async function ofVillage(tx: Tx, name: string, found: readonly HitRow[]): Promise<HitRow[]> {
  if ([...name].length < 2) return [];
  const known = new Set(found.map((it) => it.id));
  const rows = await findHitsOfVillage(tx, name, MOST_HITS);
  return rows.filter((it) => !known.has(it.id)).slice(0, MOST_HITS - found.length);
}

/** Tokens of names are an office's: the ledger of a broker is short enough to be read itself. */
const find = route(findPeople, async ({ tx, services, asker }, { body }) => {
  const look = { area: asker?.areaCode ?? '', byToken: asker?.scope.kind === 'office' };
  const search = readSearch(await numberKeys(tx, services.secrets), look, body.text);
  const rows = search ? await findHits(tx, search, MOST_HITS) : [];
  const more =
    search?.kind === 'name' && rows.length < MOST_HITS ? await ofVillage(tx, search.name, rows) : [];
  return accept({ people: [...rows, ...more].map(hitOf) });
});

/** Care groups are read under audit; who holds a ledger of the own does not see them, nor households. */
async function protectedFacts({ tx, asker, actor }: Ctx, person: PersonRow) {
  if (asker?.scope.kind === 'broker') return { careGroups: [], household: [] };
  const { area, id: subject } = person;
  const witness = await noteAudit(tx, { actor, area, action: 'people.care_read', subject });
  const careGroups = await findCareOf(tx, person.id, witness);
  const household = person.household_id ? await findHousehold(tx, person.household_id, person.id) : [];
  return { careGroups, household: household.map(hitOf) };
}

async function fullWish({ tx }: Ctx, wish: WishRow) {
  const place = wish.destination === null ? undefined : await findPlace(tx, wish.destination);
  const companions = await findParty(tx, wish.party, wish.person_id);
  return {
    ...wishLine({ ...wish, place_name: place?.full_name ?? null, place_pinyin: place?.pinyin ?? null }),
    id: wish.id,
    destinationText: wish.destination_text,
    gateText: wish.gate_text,
    mayPart: wish.may_part,
    remark: wish.remark,
    recordedAt: wish.recorded_at,
    companions: companions.map(hitOf),
  };
}

const one = route(readPerson, async (ctx, { params, query }) => {
  const person = await findPerson(ctx.tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const wish = await findWish(ctx.tx, query.season, person.id);
  return accept({
    person: {
      ...hitOf(person),
      birth: person.birth,
      hasId: person.id_sealed !== null,
      hasPhone: person.phone_sealed !== null,
      hasSecondPhone: person.phone2_sealed !== null,
      nation: person.nation,
      education: person.education,
      jobType: person.job_type,
      workplace: person.workplace,
      channel: person.channel,
      registeredAt: person.registered_at,
      ...(await protectedFacts(ctx, person)),
    },
    wish: wish ? await fullWish(ctx, wish) : null,
  });
});

const COLUMN = { idNumber: 'id_sealed', phone: 'phone_sealed', phone2: 'phone2_sealed' } as const;

const reveal = route(revealNumber, async ({ tx, actor, services }, { params, query }) => {
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const { area, id: subject } = person;
  const note = { actor, area, action: 'people.number_revealed', subject, facts: query, opens: [subject] };
  const witness = await noteAudit(tx, note);
  return accept({ number: openNumber(services.secrets, person, COLUMN[query.what], witness) });
});

export const routes: readonly Route[] = [
  find,
  one,
  reveal,
  ...importRoutes,
  ...registryRoutes,
  ...wishRoutes,
  ...consentRoutes,
  ...transferRoutes,
  ...collisionRoutes,
  ...duplicateRoutes,
  ...rosterRoutes,
  ...reportRoutes,
  ...needRoutes,
  ...difficultyRoutes,
];
