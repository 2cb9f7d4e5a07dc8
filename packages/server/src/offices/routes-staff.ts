import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  addOffice,
  addStaff,
  changeStaff,
  declineStaff,
  grantStaff,
  listOffices,
  listStaff,
  resetPassword,
  STAFF_ROWS,
  type StaffLine,
  setStaffActive,
} from '@fangang/domain/offices/api-staff.ts';
import {
  type Account,
  decideChange,
  decideFactorOff,
  decideGrant,
  decideOpen,
  decideReset,
  decideRole,
  decideShut,
  isWithin,
  type Keeper,
} from '@fangang/domain/offices/rules-accounts.ts';
import { isAdministrator, type Role } from '@fangang/domain/offices/schema.ts';
import { noteAudit } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { type Services, within } from '../platform/services.ts';
import { insideOnly } from '../platform/witness.ts';
import { type Asking, ownRoute } from './own-route.ts';
import { hashPassword } from './passwords.ts';
import { oneTimePassword } from './recovery-codes.ts';
import { scopeOf } from './scope.ts';
import { findArea } from './store.ts';
import {
  type AccountRow,
  addAccount,
  addOfficeRow,
  changeAccount,
  countActive,
  declineAccount,
  findAccount,
  findHalf,
  grantAccount,
  listAccounts,
  listOfficeRows,
  resetAccount,
  setAccountActive,
  shutAdministrator,
} from './store-accounts.ts';
import { triedNames } from './tries.ts';

const NOT_FOUND: Refusal = { code: 'basics.not_found' };

function keeperOf({ asker }: Ctx): Keeper {
  if (!asker) throw new Error('accounts without an administrator');
  return { id: asker.id, role: asker.role as Role, area: asker.areaCode };
}

function keeperHere({ session }: Asking): Keeper {
  return { id: session.staff.id, role: session.staff.role as Role, area: session.staff.area };
}

function lineOf(row: AccountRow): StaffLine {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    namePinyin: pinyinName(row.name),
    role: row.role,
    area: row.area,
    areaName: row.area_name,
    areaPinyin: row.area_pinyin,
    officeId: row.office_id,
    officeName: row.office_name,
    state: row.active ? 'active' : row.waiting ? 'waiting' : 'shut',
    mustChange: row.must_change,
    createdAt: row.created_at,
  };
}

const offices = route(listOffices, async ({ tx }, { query }) => {
  const rows = await listOfficeRows(tx, query.text?.trim() ?? '');
  return accept({
    offices: rows.map(({ area_name, area_pinyin, ...it }) => ({
      ...it,
      areaName: area_name,
      areaPinyin: area_pinyin,
    })),
  });
});

const newOffice = route(addOffice, async (ctx, { body }) => {
  const { tx } = ctx;
  const by = keeperOf(ctx);
  if (!isWithin(body.area, by.area)) return refuse({ code: 'offices.outside_own_area' });
  if (!(await findArea(tx, body.area)))
    return refuse({ code: 'offices.no_such_area', facts: { area: body.area } });
  const id = newId();
  await addOfficeRow(tx, { id, kind: body.kind, name: body.name, area: body.area });
  const { kind, area } = body;
  await noteAudit(tx, { actor: by.id, area, action: 'offices.office_added', subject: id, facts: { kind } });
  return accept({ officeId: id });
});

const staff = route(listStaff, async ({ tx }, { query }) => {
  const { text = '', role, state, page } = query;
  const { rows, total } = await listAccounts(tx, { text: text.trim(), role, state, page, rows: STAFF_ROWS });
  return accept({ staff: rows.map(lineOf), total });
});

/** The hash of a one-time password made from the request's key. */
async function firstPassword({ services, key }: Asking, about: string) {
  const password = oneTimePassword(services, key, about);
  return { password, hash: await hashPassword(password) };
}

const halfPlace = (id: string) => ({ table: 'offices_staff', column: 'half_sealed', row: id });

/** What the adding of an account answers, first and again: an administrator's password comes in halves. */
function addReply(services: Services, key: string, staffId: string, role: Role) {
  const half = isAdministrator(role);
  return { staffId, password: oneTimePassword(services, key, `add|${half}`, half ? 'half' : 'whole'), half };
}

const newStaff = ownRoute(addStaff, {
  prepare: async (asking, { body }) => {
    const role = decideRole(keeperHere(asking), body);
    if (!role.ok) return role;
    const { hash } = await firstPassword(asking, 'add|false');
    return accept({ id: newId(), hash, waits: role.value === 'waiting' });
  },
  run: async (own, { body }, { id, hash, waits }) => {
    const { services, tx, session, key } = own;
    if (!(await findArea(tx, body.area)))
      return refuse({ code: 'offices.no_such_area', facts: { area: body.area } });
    const reply = addReply(services, key, id, body.role);
    const half = waits ? services.secrets.seal(halfPlace(id), reply.password) : null;
    const said = await addAccount(tx, { id, ...body, passwordHash: hash, half });
    if (said === 'taken') return refuse({ code: 'offices.login_taken' });
    if (said !== 'done') return refuse({ code: 'offices.no_such_office' });
    const action = waits ? 'offices.administrator_proposed' : 'offices.account_added';
    const facts = { role: body.role };
    await noteAudit(tx, { actor: session.staff.id, area: body.area, action, subject: id, facts });
    return accept(reply);
  },
  again: async ({ services, session, key }, { body }) => {
    const { rows } = await within(services, scopeOf(session.staff), (tx) =>
      listAccounts(tx, { text: body.login, page: 1, rows: 500 }),
    );
    const made = rows.find((it) => it.login === body.login);
    return made ? accept(addReply(services, key, made.id, made.role)) : refuse(NOT_FOUND);
  },
});

async function target(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return findAccount(tx, id);
}

const change = route(changeStaff, async (ctx, { params, body }) => {
  const { tx } = ctx;
  const by = keeperOf(ctx);
  const row = await target(tx, params.id);
  if (!row) return refuse(NOT_FOUND);
  const decided = decideChange(by, row, body);
  if (!decided.ok) return decided;
  if (!(await findArea(tx, body.area)))
    return refuse({ code: 'offices.no_such_area', facts: { area: body.area } });
  const { name, role, area, officeId } = body;
  if (!(await changeAccount(tx, row.id, { name, role, area, officeId })))
    return refuse({ code: 'offices.no_such_office' });
  await noteAudit(tx, {
    actor: by.id,
    area: row.area,
    action: 'offices.account_changed',
    subject: row.id,
    facts: { fromRole: row.role, fromArea: row.area, role, area },
  });
  return accept({});
});

async function shut(tx: Tx, by: Keeper, row: AccountRow): Promise<Result<Record<never, never>>> {
  const decided = decideShut(by, row, await countActive(tx, row.role));
  if (!decided.ok) return decided;
  if (!isAdministrator(row.role))
    return (await setAccountActive(tx, row.id, false)) ? accept({}) : refuse(NOT_FOUND);
  const said = await shutAdministrator(tx, row.id);
  if (said === 'last') return refuse({ code: 'offices.last_administrator' });
  return said === 'done' ? accept({}) : refuse(NOT_FOUND);
}

async function reopen(tx: Tx, by: Keeper, row: AccountRow): Promise<Result<Record<never, never>>> {
  const decided = decideOpen(by, row as Account);
  if (!decided.ok) return decided;
  return (await setAccountActive(tx, row.id, true)) ? accept({}) : refuse(NOT_FOUND);
}

const active = route(setStaffActive, async (ctx, { params, body }) => {
  const { tx } = ctx;
  const by = keeperOf(ctx);
  const row = await target(tx, params.id);
  if (!row) return refuse(NOT_FOUND);
  const done = body.active ? await reopen(tx, by, row) : await shut(tx, by, row);
  if (!done.ok) return done;
  const action = body.active ? 'offices.account_opened' : 'offices.account_shut';
  await noteAudit(tx, { actor: by.id, area: row.area, action, subject: row.id, facts: { role: row.role } });
  return accept({});
});

const reset = ownRoute(resetPassword, {
  prepare: async (asking, { params, body }) => {
    const said = decideFactorOff(body.secondFactorToo, body.recognized);
    return said.ok ? accept(await firstPassword(asking, params.id)) : said;
  },
  run: async (own, { params, body }, { password, hash }) => {
    const { tx, session } = own;
    const row = await target(tx, params.id);
    if (!row) return refuse(NOT_FOUND);
    const decided = decideReset(keeperHere(own), row);
    if (!decided.ok) return decided;
    const tried = triedNames(own.services.secrets, row);
    if (!(await resetAccount(tx, row.id, { hash, factorToo: body.secondFactorToo, tried })))
      return refuse(NOT_FOUND);
    await noteAudit(tx, {
      actor: session.staff.id,
      area: row.area,
      action: 'offices.password_reset',
      subject: row.id,
      facts: {
        secondFactorToo: body.secondFactorToo,
        ...(body.secondFactorToo && { recognized: body.recognized }),
      },
    });
    return accept({ staffId: row.id, password, half: false });
  },
  again: async ({ services, key }, { params }) =>
    accept({
      staffId: params.id,
      password: oneTimePassword(services, key, params.id),
      half: false,
    }),
});

const ownHalf = ({ services, key }: Asking, id: string): string =>
  oneTimePassword(services, key, `grant|${id}`, 'half');

/** The whole first password of a proposed administrator: the proposer's half, a dash, the half of who grants. */
const grant = ownRoute(grantStaff, {
  prepare: async (asking, { params }) => {
    const { services, session } = asking;
    const sealed = await within(services, scopeOf(session.staff), (tx) => findHalf(tx, params.id));
    const first = sealed && services.secrets.open(halfPlace(params.id), sealed, insideOnly('ownFactor'));
    return accept(first === undefined ? '' : await hashPassword(`${first}-${ownHalf(asking, params.id)}`));
  },
  run: async (own, { params }, hash) => {
    const { tx, session } = own;
    const row = await target(tx, params.id);
    if (!row) return refuse(NOT_FOUND);
    const decided = decideGrant(keeperHere(own), row);
    if (!decided.ok) return decided;
    if (row.proposed_by === session.staff.id) return refuse({ code: 'offices.not_oneself' });
    if (hash === '' || !(await grantAccount(tx, row.id, hash))) return refuse(NOT_FOUND);
    const facts = { role: row.role, proposedBy: row.proposed_by };
    const action = 'offices.administrator_granted';
    await noteAudit(tx, { actor: session.staff.id, area: row.area, action, subject: row.id, facts });
    return accept({ staffId: row.id, password: ownHalf(own, row.id), half: true });
  },
  again: async (asking, { params }) =>
    accept({ staffId: params.id, password: ownHalf(asking, params.id), half: true }),
});

const decline = route(declineStaff, async (ctx, { params }) => {
  const { tx } = ctx;
  const by = keeperOf(ctx);
  const row = await target(tx, params.id);
  if (!row) return refuse(NOT_FOUND);
  const decided = decideGrant(by, row);
  if (!decided.ok) return decided;
  if (!(await declineAccount(tx, row.id))) return refuse(NOT_FOUND);
  const action = 'offices.administrator_declined';
  await noteAudit(tx, { actor: by.id, area: row.area, action, subject: row.id, facts: { role: row.role } });
  return accept({});
});

export const staffRoutes: readonly Route[] = [
  offices,
  newOffice,
  staff,
  newStaff,
  change,
  active,
  reset,
  grant,
  decline,
];
