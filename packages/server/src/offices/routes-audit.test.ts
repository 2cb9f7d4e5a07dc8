import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteAudit } from '../platform/audit.ts';
import { sealAudit } from '../platform/audit-seal.ts';
import { areaRange } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { auditRoutes } from './routes-audit.ts';
import { type TestHouse, testHouse } from './testing.ts';

const DISTRICT = '500156000000';
const ELSEWHERE = '500112000000';
const SUBJECT = newId();

type Who = { id: string; cookie: string };
let house: TestHouse;
let auditor: Who;
let auditorElsewhere: Who;
let clerk: Who;
const others: Who[] = [];
beforeAll(async () => {
  house = await testHouse(auditRoutes);
  auditor = await house.signIn('auditAdministrator', DISTRICT);
  auditorElsewhere = await house.signIn('auditAdministrator', ELSEWHERE);
  clerk = await house.signIn('townOfficer', '500156101000');
  for (const role of [
    'securityAdministrator',
    'systemAdministrator',
    'cityOfficer',
    'leader',
    'laborBroker',
  ] as const) {
    others.push(await house.signIn(role, DISTRICT));
  }
  const { from, to } = areaRange('500156101000');
  const scope = { kind: 'office' as const, staffId: clerk.id, officeId: newId(), areaFrom: from, areaTo: to };
  for (const purpose of ['callTraveller', 'emergency', '=1+1']) {
    await within(house.services, scope, (tx) =>
      noteAudit(tx, {
        actor: clerk.id,
        area: '500156101000',
        action: 'people.number_revealed',
        subject: SUBJECT,
        facts: { what: 'phone', purpose },
      }),
    );
  }
});
afterAll(() => house.close());

async function get(who: Who, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers };
}
async function search(who: Who, query = '') {
  const answer = await get(who, `/api/audit${query}`);
  return {
    status: answer.status,
    ...(JSON.parse(answer.text) as {
      rows: { action: string; actorName: string }[];
      total: number;
      sealedAt: string | null;
    }),
  };
}

describe('the audit', () => {
  it('is searched by its administrator, by time, who, what and whom', async () => {
    const found = await search(auditor, '?action=people.number_revealed');
    expect(found).toMatchObject({ status: 200, total: 3, sealedAt: null });
    expect(found.rows[0]).toMatchObject({
      action: 'people.number_revealed',
      actor: clerk.id,
      actorName: expect.stringContaining('townOfficer'),
    });
    expect((await search(auditor, `?subject=${SUBJECT}`)).total).toBe(3);
    expect((await search(auditor, `?subject=${newId()}`)).total).toBe(0);
    expect((await search(auditor, '?actor=townOff&action=people')).total).toBe(3);
    expect((await search(auditor, '?actor=nobody')).total).toBe(0);
    expect((await search(auditor, '?to=2020-01-01')).total).toBe(0);
    expect((await search(auditor, '?from=2020-01-01&action=people')).total).toBe(3);
    expect((await get(auditor, '/api/audit?from=yesterday')).status).toBe(400);
  });

  it('notes who has searched it', async () => {
    const before = (await search(auditor, '?action=offices.audit_searched')).total;
    expect((await search(auditor, '?action=offices.audit_searched')).total).toBe(before + 1);
  });

  it('is closed to every other role, and shows another area nothing', async () => {
    for (const who of [clerk, ...others]) {
      expect((await get(who, '/api/audit')).status).toBe(403);
      expect((await get(who, '/api/audit/export')).status).toBe(403);
    }
    expect(await search(auditorElsewhere, '?action=people')).toMatchObject({
      status: 200,
      total: 0,
      rows: [],
    });
  });

  it('says up to when it is sealed', async () => {
    const before = Date.now();
    await within(house.services, { kind: 'sealer' }, (tx) =>
      sealAudit(tx, { keys: house.services.secrets.audit, schema: 'city_500000' }),
    );
    const { sealedAt } = await search(auditor);
    expect(Date.parse(sealedAt ?? '')).toBeGreaterThanOrEqual(before - 1);
  });

  it('is taken along as a file without a formula, and that is noted, too', async () => {
    await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      sql`update offices_staff set name = '=HYPERLINK("http://x")' where id = ${clerk.id}`.execute(tx),
    );
    const answer = await get(auditor, '/api/audit/export?action=people');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('text/csv');
    const lines = answer.text.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(answer.text.startsWith('\uFEFF')).toBe(true);
    expect(answer.text).toContain(`'=HYPERLINK`);
    expect(answer.text).not.toMatch(/(^|,|")[=+@]/m);
    expect((await search(auditor, '?action=offices.audit_exported')).total).toBe(1);
  });
});

describe('the keys', () => {
  it('are counted for the security administrator of the city and for nobody else', async () => {
    const security = await house.signIn('securityAdministrator', '500000000000');
    const answer = await get(security, '/api/keys');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      profile: 'intl',
      place: 'file',
      left: 0,
      keys: [{ no: 1, state: 'seals' }],
      index: { no: 1, nextNo: null },
    });
    for (const who of [auditor, clerk, ...others.slice(1)])
      expect((await get(who, '/api/keys')).status).toBe(403);
    const ofDistrict = await get(others[0] as Who, '/api/keys');
    expect([ofDistrict.status, JSON.parse(ofDistrict.text).code]).toEqual([409, 'offices.keys_of_the_city']);
  });

  it('are counted for no district in the database either; the city is the control', async () => {
    const counted = async (area: string): Promise<number> => {
      const { from, to } = areaRange(area);
      const scope = {
        kind: 'security' as const,
        staffId: newId(),
        officeId: newId(),
        areaFrom: from,
        areaTo: to,
      };
      return within(house.services, scope, async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int n from index_left()`.execute(tx);
        return rows[0]?.n ?? 0;
      });
    };
    expect([await counted(DISTRICT), await counted('500000000000')]).toEqual([0, 1]);
  });
});
