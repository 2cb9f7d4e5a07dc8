import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  actFor,
  type DelegationLine,
  endDelegationOf,
  giveDelegation,
  listDelegations,
} from '@fangang/domain/offices/api-delegation.ts';
import { decideDelegation } from '@fangang/domain/offices/rules-delegation.ts';
import type { Role } from '@fangang/domain/offices/schema.ts';
import { noteAudit } from '../platform/audit.ts';
import type { Route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { type Own, ownRead, ownRoute } from './own-route.ts';
import {
  addDelegation,
  endDelegation,
  findDelegate,
  listOwnDelegations,
  type OwnDelegationRow,
  realToday,
  setActing,
} from './store-delegation.ts';

function stateOf(it: OwnDelegationRow, today: string): DelegationLine['state'] {
  if (it.ended_at !== null) return 'ended';
  if (it.live) return 'live';
  return it.from_day > today ? 'coming' : 'over';
}

function lineOf(it: OwnDelegationRow, today: string): DelegationLine {
  return {
    id: it.id,
    otherName: it.other_name,
    otherPinyin: pinyinName(it.other_name),
    otherLogin: it.other_login,
    role: it.role,
    areaName: it.area_name ?? it.area,
    areaPinyin: it.area_pinyin ?? it.area,
    fromDay: it.from_day,
    toDay: it.to_day,
    state: stateOf(it, today),
    endedAt: it.ended_at,
  };
}

const list = ownRead(listDelegations, async ({ tx, session }) => {
  const today = await realToday(tx);
  const rows = await listOwnDelegations(tx);
  const lines = (given: boolean) => rows.filter((it) => it.given === given).map((it) => lineOf(it, today));
  return accept({ given: lines(true), received: lines(false), acting: session.acting?.id ?? null });
});

async function note({ tx, session }: Own, action: string, subject: string, facts: Record<string, string>) {
  const { id: actor, area } = session.staff;
  await noteAudit(tx, { actor, area, action, subject, facts });
}

const give = ownRoute(giveDelegation, {
  run: async (own, { body }) => {
    const { tx, session } = own;
    // What was handed over is not handed on: the own role could be, but not by somebody who is being another at the moment.
    if (session.acting) return refuse({ code: 'offices.not_while_acting' });
    const found = await findDelegate(tx, body.login);
    const to = found && { role: found.role, area: found.area, sameOffice: found.same_office };
    const { role, area } = session.staff;
    const decided = decideDelegation({ role: role as Role, area }, to, body, await realToday(tx));
    if (!decided.ok) return decided;
    const { fromDay, toDay } = body;
    const id = newId();
    const made = found && (await addDelegation(tx, { id, to: found.id, area: body.area, fromDay, toDay }));
    if (!found || !made) return refuse({ code: 'offices.no_such_delegate' });
    await note(own, 'offices.delegation_given', id, { to: found.id, role, area: body.area, fromDay, toDay });
    return accept({});
  },
});

const end = ownRoute(endDelegationOf, {
  run: async (own, { params }) => {
    if (!(await endDelegation(own.tx, params.id))) return refuse({ code: 'basics.not_found' });
    await note(own, 'offices.delegation_ended', params.id, {});
    return accept({});
  },
});

const act = ownRoute(actFor, {
  run: async (own, { body }) => {
    const { tx, session } = own;
    const asked = body.delegation;
    const found = (await listOwnDelegations(tx)).find((it) => it.id === asked && !it.given && it.live);
    if (asked !== null && !found) return refuse({ code: 'basics.not_found' });
    // The role asks for a second factor of whoever holds it, and so of whoever acts in it.
    if (found && session.settings.secondFactorFor.includes(found.role) && !session.row.second_factor)
      return refuse({ code: 'offices.second_factor_needed' });
    if (!(await setActing(tx, session.id, asked))) return refuse({ code: 'basics.not_found' });
    if (found) await note(own, 'offices.acting_began', found.id, {});
    else await note(own, 'offices.acting_ended', session.acting?.id ?? session.staff.id, {});
    return accept({});
  },
});

/** Leave: the own role handed over, and acting in somebody else's. */
export const delegationRoutes: readonly Route[] = [list, give, end, act];
