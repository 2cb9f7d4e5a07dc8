import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteAtDoor, noteAudit, openCare } from './audit.ts';
import { inScope, type Scope } from './database.ts';
import { newId } from './ids.ts';
import { asOwner } from './owner.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';
import { insideOnly } from './witness.ts';

const STAFF = newId();
const TOWN = '500156101000';
const office: Scope = {
  kind: 'office',
  staffId: STAFF,
  officeId: newId(),
  areaFrom: TOWN,
  areaTo: '500156101999',
};
const note = { actor: STAFF, area: TOWN, action: 'people.number_revealed', subject: newId() };

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const asOffice = <Value>(work: Parameters<typeof inScope<Value>>[3], scope: Scope = office): Promise<Value> =>
  inScope(fresh.db, fresh.city, scope, work);
const rows = () =>
  asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    const found = await sql<{ actor: string; area: string; action: string; age: number }>`
      select actor, area, action, extract(epoch from clock_timestamp() - at)::float8 age from offices_audit order by at, id`.execute(
      tx,
    );
    return found.rows;
  });

describe('a row of the audit', () => {
  it('stands or falls with what it notes', async () => {
    await asOffice((tx) => noteAudit(tx, note));
    const undone = asOffice(async (tx) => {
      await noteAudit(tx, note);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await rows()).toMatchObject([{ actor: STAFF, area: TOWN, action: note.action }]);
  });

  it('is written under the own name and in the own area, dated by the database, and never changed', async () => {
    await expect(asOffice((tx) => noteAudit(tx, { ...note, actor: newId() }))).rejects.toThrow(/row-level/);
    await expect(asOffice((tx) => noteAudit(tx, { ...note, area: '500115000000' }))).rejects.toThrow(
      /row-level/,
    );
    const dated = sql`insert into offices_audit (id, at, actor, area, action) values (${newId()}, '2020-01-01', ${STAFF}, ${TOWN}, 'x')`;
    await expect(asOffice((tx) => dated.execute(tx))).rejects.toThrow(/permission/);
    for (const change of [sql`update offices_audit set actor = 'x'`, sql`delete from offices_audit`]) {
      await expect(asOffice((tx) => change.execute(tx))).rejects.toThrow(/permission/);
      await expect(asOffice((tx) => change.execute(tx), { kind: 'sealer' })).rejects.toThrow(/permission/);
    }
    expect((await rows()).every((it) => it.age < 600)).toBe(true);
  });

  it('is written at the door, too, where nobody is signed in yet', async () => {
    const before = (await rows()).length;
    await asOffice((tx) => noteAtDoor(tx, { action: 'offices.sign_in_failed', staff: null }), {
      kind: 'open',
    });
    expect((await rows()).slice(before)).toMatchObject([
      { actor: 'anyone', area: '500000000000', action: 'offices.sign_in_failed' },
    ]);
  });
});

describe('care status', () => {
  it('is seen only in a transaction that has said why', async () => {
    const person = newId();
    await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
      await sql`insert into people_person (id, identity, area, name, pinyin, initials, id_kind, channel, registered_at, registered_by)
        values (${person}, ${newId()}, ${TOWN}, '谭', 'Tan', 't', 'none', 'import', now(), 'x')`.execute(tx);
      await sql`insert into people_care (person_id, area, kind, since, source) values (${person}, ${TOWN}, 'retiredFisher', now(), 'x')`.execute(
        tx,
      );
    });
    const seen = sql<{ n: number }>`select count(*) n from people_care`;
    const count = async (tx: Parameters<typeof openCare>[0]) => (await seen.execute(tx)).rows[0]?.n;
    expect(await asOffice(count)).toBe(0);
    const noted = asOffice(async (tx) => {
      await openCare(tx, await noteAudit(tx, { ...note, action: 'people.care_read' }));
      return count(tx);
    });
    expect(await noted).toBe(1);
    const counted = asOffice(async (tx) => {
      await openCare(tx, insideOnly('count'));
      return count(tx);
    });
    expect(await counted).toBe(1);
    expect(await asOffice(count)).toBe(0);
  });
});
