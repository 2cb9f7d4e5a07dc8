import { endpoint } from '@fangang/domain/basics/api.ts';
import { accept } from '@fangang/domain/basics/result.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { noteAudit } from '../platform/audit.ts';
import { route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { routes as officeRoutes } from './routes.ts';
import { scopeOfDelegation } from './scope.ts';
import { type TestHouse, testHouse } from './testing.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}

const TOWN = '500238103000';
const DISTRICT = '500238000000';
let house: TestHouse;
let onLeave: Who;
let delegate: Who;
let security: Who;

const look = endpoint({
  name: 'people.testLook',
  method: 'GET',
  path: '/api/test-look',
  reply: z.object({}),
  callers: ['townOfficer', 'districtOfficer'],
  access: { resource: 'person', action: 'list', scope: 'area' },
});

/** A list of an office: who asks with which area, noted in the audit and the journal as a write would be. */
const seen = route(look, async ({ tx, asker, actor, now, key }) => {
  const area = asker?.areaCode ?? '';
  await noteAudit(tx, { actor, area, action: 'people.care_read', subject: null });
  await append(
    tx,
    [
      {
        at: now,
        actor,
        key: newId(),
        ordinal: 0,
        subject: newId(),
        type: 'people.test',
        area,
        data: { key },
      },
    ],
    now,
  );
  return accept({});
});

beforeAll(async () => {
  house = await testHouse([...officeRoutes, seen]);
  onLeave = await house.signIn('townOfficer', TOWN);
  delegate = await house.signIn('districtOfficer', DISTRICT);
  security = await house.signIn('securityAdministrator', DISTRICT);
});
afterAll(() => house.close());

const owner = (query: ReturnType<typeof sql>) =>
  asOwner(
    house.fresh.adminUrl,
    house.fresh.city,
    async (tx) => (await query.execute(tx)).rows as Record<string, unknown>[],
  );

function send(who: Who, url: string, body?: object) {
  return house.app.inject({
    method: body ? 'POST' : 'GET',
    url,
    headers: { cookie: who.cookie },
    ...(body && { payload: body }),
  });
}

async function loginOf(who: Who): Promise<string> {
  const [row] = await owner(sql`select login from offices_staff where id = ${who.id}`);
  return String(row?.login);
}

/** Days of the real clock from today on. */
async function day(after: number): Promise<string> {
  const [row] = await owner(sql`select (real_today() + ${after}::int)::text as day`);
  return String(row?.day);
}

async function give(from: Who, to: Who, more: object = {}) {
  const ask = { login: await loginOf(to), area: TOWN, fromDay: await day(0), toDay: await day(3) };
  return send(from, '/api/account/delegations', { ...ask, ...more });
}

async function received(who: Who): Promise<string> {
  const lists = (await send(who, '/api/account/delegations')).json() as {
    received: { id: string; state: string }[];
  };
  return lists.received.find((it) => it.state === 'live')?.id ?? '';
}

const act = (who: Who, delegation: string | null) => send(who, '/api/account/acting', { delegation });
const asks = (who: Who) => send(who, '/api/test-look');
const endAll = () => owner(sql`update offices_delegation set ended_at = now() where ended_at is null`);

/** Begins to act for the one on leave. */
async function begin(): Promise<string> {
  await endAll();
  await act(delegate, null);
  expect((await give(onLeave, delegate)).statusCode).toBe(200);
  const id = await received(delegate);
  expect((await act(delegate, id)).statusCode).toBe(200);
  return id;
}

describe('acting for somebody on leave', () => {
  it('takes role and area of the one on leave, and every row names both', async () => {
    await begin();
    const [before] = await owner(sql`select coalesce(max(seq), 0) as seq from journal`);
    expect((await asks(delegate)).statusCode).toBe(200);
    const session = (await send(delegate, '/api/session')).json() as {
      staff: { role: string; areaCode: string; id: string };
      acting: { live: boolean };
    };
    expect(session.staff).toMatchObject({ role: 'townOfficer', areaCode: TOWN, id: delegate.id });
    expect(session.acting.live).toBe(true);
    const journal = await owner(
      sql`select actor, on_behalf_of, area from journal where seq > ${before?.seq}`,
    );
    expect(journal).toEqual([{ actor: delegate.id, on_behalf_of: onLeave.id, area: TOWN }]);
    const audit = await owner(sql`select actor, facts->>'onBehalfOf' as behalf from offices_audit
      where action = 'people.care_read' order by at desc limit 1`);
    expect(audit).toEqual([{ actor: delegate.id, behalf: onLeave.id }]);
  });

  it('ends with the very next request once either has ended it, and only the way back opens', async () => {
    for (const by of [onLeave, delegate]) {
      const id = await begin();
      expect((await asks(delegate)).statusCode).toBe(200);
      expect((await send(by, `/api/account/delegations/${id}/end`, {})).statusCode).toBe(200);
      const next = await asks(delegate);
      expect([next.statusCode, next.json().code]).toEqual([403, 'basics.acting_ended']);
      const here = (await send(delegate, '/api/session')).json() as { acting: { live: boolean } };
      expect(here.acting.live).toBe(false);
      expect((await act(delegate, id)).statusCode).toBe(404);
      expect((await act(delegate, null)).statusCode).toBe(200);
      expect((await asks(delegate)).statusCode).toBe(200);
    }
  });

  it('ends with its last day, with the account of either, and with the role that was given', async () => {
    const ends = [
      (id: string) =>
        owner(
          sql`update offices_delegation set from_day = real_today() - 3, to_day = real_today() - 1 where id = ${id}`,
        ),
      () => owner(sql`update offices_staff set active = false where id = ${onLeave.id}`),
      () => owner(sql`update offices_staff set area = '500238104000' where id = ${onLeave.id}`),
    ];
    for (const end of ends) {
      const id = await begin();
      await end(id);
      expect((await asks(delegate)).json()).toMatchObject({ code: 'basics.acting_ended' });
      expect(await scopeOfDelegation(house.services, id)).toBeUndefined();
      await owner(sql`update offices_staff set active = true, area = ${TOWN} where id = ${onLeave.id}`);
    }
  });

  it('would go on if the end were not read at each request: the control', async () => {
    const id = await begin();
    await owner(sql`alter table offices_delegation rename column ended_at to forgotten`);
    await owner(sql`alter table offices_delegation add column ended_at timestamptz`);
    await owner(sql`update offices_delegation set forgotten = now() where id = ${id}`);
    expect((await asks(delegate)).statusCode).toBe(200);
    await owner(sql`alter table offices_delegation drop column ended_at`);
    await owner(sql`alter table offices_delegation rename column forgotten to ended_at`);
    expect((await asks(delegate)).statusCode).toBe(403);
  });

  it('gives a job the rights of the delegation, and none once it has ended', async () => {
    const id = await begin();
    expect(await scopeOfDelegation(house.services, id)).toMatchObject({
      staffId: delegate.id,
      areaFrom: TOWN,
      behalf: { staffId: onLeave.id },
    });
    await endAll();
    expect(await scopeOfDelegation(house.services, id)).toBeUndefined();
  });
});

describe('handing over', () => {
  it('is not done by who acts for another, and what was handed over cannot be handed on', async () => {
    await begin();
    const third = await house.signIn('cityOfficer', '500000000000');
    expect((await give(delegate, third)).json()).toMatchObject({ code: 'offices.not_while_acting' });
    await act(delegate, null);
    // The own role goes up; the town's role does not come along.
    expect((await give(delegate, third, { area: DISTRICT })).statusCode).toBe(200);
    const [row] = await owner(sql`select role from offices_delegation where to_staff = ${third.id}`);
    expect(row?.role).toBe('districtOfficer');
  });

  it('reaches no administrator and comes from none; a stranger answers as one who does not exist', async () => {
    await endAll();
    await act(delegate, null);
    expect((await give(security, delegate)).statusCode).toBe(403);
    const elsewhere = await house.signIn('districtOfficer', '500229000000');
    const never = await send(onLeave, '/api/account/delegations', {
      ...{ login: 'nobody-at-all', area: TOWN, fromDay: await day(0), toDay: await day(1) },
    });
    for (const it of [security, elsewhere]) {
      const said = await give(onLeave, it);
      expect([said.statusCode, said.body]).toEqual([404, never.body]);
    }
    expect((await give(onLeave, delegate, { toDay: await day(90) })).json()).toMatchObject({
      code: 'offices.delegation_days',
    });
    expect((await give(onLeave, delegate, { area: DISTRICT })).json()).toMatchObject({
      code: 'offices.outside_own_area',
    });
  });

  it('is taken up by nobody but the one it was given to, and once for one key', async () => {
    await endAll();
    const key = newId();
    expect((await give(onLeave, delegate, { key })).statusCode).toBe(200);
    expect((await give(onLeave, delegate, { key })).statusCode).toBe(200);
    const rows = await owner(sql`select id from offices_delegation where ended_at is null`);
    expect(rows).toHaveLength(1);
    const other = await house.signIn('districtOfficer', DISTRICT);
    const [row] = rows;
    expect((await act(other, String(row?.id))).statusCode).toBe(404);
    expect((await send(other, `/api/account/delegations/${row?.id}/end`, {})).statusCode).toBe(404);
  });
});
