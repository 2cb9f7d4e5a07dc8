import { ticketConsentWords } from '@fangang/domain/trips/words-ticket-consent.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { inTurnOf } from '../platform/defence.ts';
import { escapeHtml } from '../platform/html.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { type FixtureTrip, fixtureTrip } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';
import { ticketRoutes } from './routes-ticket.ts';
import { ticketCodeOf } from './ticket-code.ts';
import { ticketConsentPage } from './ticket-consent.ts';

let house: TestHouse;
let trip: FixtureTrip;
let employer: { cookie: string };
let ticket = '';
let person = '';
let itinerary = '';

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  ticketRoutes(house.app, house.services, inTurnOf(null));
  trip = await fixtureTrip(house, { code: 'WX-60', status: 'departed' });
  employer = await house.signIn('employer', '500000000000', trip.employer);
  itinerary = trip.people[0]?.itinerary ?? '';
  ticket = `/t/${ticketCodeOf(house.services.secrets, itinerary)}`;
  [{ id: person = '' } = {}] = await owner<{ id: string }>(
    sql`select person_id as id from trips_itinerary where id = ${itinerary}::uuid`,
  );
});
beforeEach(async () => {
  await owner(sql`delete from people_consent`);
  await owner(sql`delete from journal where type like 'people.consent%'`);
});
afterAll(() => house.close());

const owner = <T>(statement: ReturnType<typeof sql>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await statement.execute(tx)).rows as T[]);

const read = (path = `${ticket}/consents`, query = '') => house.app.inject({ url: `${path}${query}` });
const say = (purpose: string, what: 'withdraw' | 'give') =>
  house.app.inject({
    ...{ method: 'POST', url: `${ticket}/consents/${purpose}/${what}?lang=zh`, payload: '' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const notes = () =>
  owner<{ type: string; actor: string; data: object }>(
    sql`select type, actor, data from journal where subject = ${person} and type like 'people.consent%' order by seq`,
  );

async function gateNames(): Promise<string[]> {
  const answer = await house.app.inject({ url: `/api/gates/${trip.id}`, headers: employer });
  const view = answer.json() as { stops: { people: { name: string }[] }[] };
  return view.stops.flatMap((it) => it.people.map((one) => one.name));
}

describe('who sees the own details, behind the link of a ticket', () => {
  it('is said in plain words in both languages, with a button for each use and no script', async () => {
    expect((await read(ticket)).body).toContain(`<a href="${ticket}/consents?lang=zh">`);
    for (const language of ['zh', 'en'] as const) {
      const { statusCode, body, headers } = await read(undefined, `?lang=${language}`);
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      for (const key of [
        'title',
        'use.showToEmployer',
        'use.shareWithPartner',
        'use.publishPortrait',
      ] as const)
        expect(body).toContain(escapeHtml(ticketConsentWords[key][language]));
      expect(body.match(/<form method="post"/g)).toHaveLength(3);
      expect(body).not.toMatch(/<script|\son\w+=|\sstyle=|https?:|<img/i);
      expect(body.match(/<p class="yes">/g)).toHaveLength(2);
    }
    expect((await read('/t/ABCDEFGHJK/consents')).statusCode).toBe(404);
  });

  it('is withdrawn and given again: the employer is blind at the next request, the journal has a row of each', async () => {
    const before = await gateNames();
    expect(before.every((it) => it !== '')).toBe(true);
    const answer = await say('showToEmployer', 'withdraw');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${ticket}/consents?lang=zh`]);
    expect((await gateNames()).filter((it) => it === '')).toHaveLength(1);
    expect((await read()).body).toContain(`/consents/showToEmployer/give?lang=zh`);
    await say('showToEmployer', 'give');
    expect((await gateNames()).sort()).toEqual(before.sort());
    const data = { purpose: 'showToEmployer', how: 'link' };
    expect(await notes()).toEqual([
      { type: 'people.consent_withdrawn', actor: itinerary, data },
      { type: 'people.consent_given', actor: itinerary, data },
    ]);
  });

  it('is said once though the form is sent twice, one after the other or at the same moment', async () => {
    await say('shareWithPartner', 'withdraw');
    await say('shareWithPartner', 'withdraw');
    expect(await notes()).toHaveLength(1);
    await Promise.all([1, 2, 3].map(() => say('showToEmployer', 'withdraw')));
    expect(await notes()).toHaveLength(2);
  });

  it('has nothing to say where the use is a duty of the office, or none at all', async () => {
    for (const purpose of ['keepBooks', 'nothing'])
      expect((await say(purpose, 'withdraw')).statusCode).toBe(303);
    expect(await owner(sql`select 1 from people_consent`)).toEqual([]);
    expect(await notes()).toEqual([]);
  });

  it('is still open once the journey is over', async () => {
    await owner(sql`update trips_itinerary set status = 'signedFor' where id = ${itinerary}::uuid`);
    try {
      const over = await read(ticket);
      expect([over.statusCode, over.body.includes(`${ticket}/consents?lang=zh`)]).toEqual([410, true]);
      await say('showToEmployer', 'withdraw');
      expect(await notes()).toHaveLength(1);
    } finally {
      await owner(sql`update trips_itinerary set status = 'seated' where id = ${itinerary}::uuid`);
    }
  });

  it('escapes the name of whom to call', () => {
    const contact = { name: '<script>', phone: '"><script>' };
    const page = ticketConsentPage(
      { path: '/t/7KQ2M9', consents: {}, contact },
      { language: 'zh', elder: true, nonce: 'n' },
    );
    expect(page).not.toContain('<script');
  });
});

describe('the eyes of a link', () => {
  const inLink = (statement: ReturnType<typeof sql>) =>
    within(
      house.services,
      { kind: 'link', itineraryId: itinerary },
      async (tx) => (await statement.execute(tx)).rows,
    );
  const put = (who: string, more: { purpose?: string; how?: string; area?: string } = {}) =>
    inLink(sql`insert into people_consent (person_id, purpose, area, state, how, at, actor)
      select ${who}::uuid, ${more.purpose ?? 'showToEmployer'}, coalesce(${more.area ?? null}, p.area), 'withdrawn', ${more.how ?? 'link'}, now(), ${itinerary}
      from people_person p where p.id = ${person}::uuid`);

  it('reach the own consents and nobody else’s, for what rests on consent alone', async () => {
    const [{ id: other = '' } = {}] = await owner<{ id: string }>(
      sql`select person_id as id from trips_itinerary where id = ${trip.people[1]?.itinerary}::uuid`,
    );
    await owner(sql`insert into people_consent (person_id, purpose, area, state, how, at, actor)
      select id, 'showToEmployer', area, 'given', 'counter', now(), 'x' from people_person where id = ${other}::uuid`);
    expect(await inLink(sql`select 1 from people_consent`)).toEqual([]);
    for (const wrong of [
      () => put(other, { purpose: 'shareWithPartner' }),
      () => put(person, { purpose: 'keepBooks' }),
      () => put(person, { how: 'counter' }),
      () => put(person, { area: '500101001000' }),
    ])
      await expect(wrong()).rejects.toThrow(/row-level security/);
    await put(person);
    expect(await inLink(sql`select 1 from people_consent`)).toHaveLength(1);
    // The control: without the policy's condition the link would see the other's too.
    const policy = (using: string) =>
      owner(sql.raw(`alter policy own_way on people_consent using (${using})`));
    const own = `exists (select 1 from trips_itinerary i where i.person_id = people_consent.person_id and i.id = current_setting('fangang.link')::uuid)`;
    await policy('true');
    expect(await inLink(sql`select 1 from people_consent`)).toHaveLength(2);
    await policy(own);
    expect(await inLink(sql`select 1 from people_consent`)).toHaveLength(1);
  });
});
