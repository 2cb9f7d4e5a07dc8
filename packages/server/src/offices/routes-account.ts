import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  enrolDevice,
  readAccount,
  revokeOwnDevice,
} from '@fangang/domain/offices/api-account.ts';
import { PASSWORD_RULES } from '@fangang/domain/offices/rules-password.ts';
import { type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { within } from '../platform/services.ts';
import { type Asking, ownRead, ownRoute } from './own-route.ts';
import { checkNewPassword, hashPassword, passwordFits } from './passwords.ts';
import { confirmPassword, confirmProof, proofOf } from './proofs.ts';
import { scopeOf } from './scope.ts';
import { agentOf, deviceOfRequest, keepDeviceToken, newDeviceToken, stepUp } from './sessions.ts';
import {
  addOwnDevice,
  endOwnOthers,
  endOwnSessionById,
  getOwnAccount,
  listOwnDevices,
  listOwnPasskeys,
  listOwnPasswords,
  listOwnSessions,
  noteOwn,
  revokeOwnDeviceById,
  setOwnPassword,
} from './store-own.ts';
import { deviceLine, sessionLine } from './views.ts';

const NOT_FOUND: Refusal = { code: 'basics.not_found' };

const account = ownRead(
  readAccount,
  async ({ services, session, http, tx }) => {
    const { staff, settings } = session;
    const own = await getOwnAccount(tx);
    const phone = await deviceOfRequest(services, http.request);
    const passkeys = await listOwnPasskeys(tx);
    const sessions = await listOwnSessions(tx);
    const devices = await listOwnDevices(tx);
    return accept({
      name: staff.name,
      namePinyin: pinyinName(staff.name),
      login: staff.login,
      role: staff.role as never,
      areaName: staff.area_name,
      areaPinyin: staff.area_pinyin,
      officeName: staff.office_name,
      settings,
      hasPassword: own.has_password,
      proof: await proofOf(tx, session),
      passwordAt: own.password_at,
      totpSince: own.totp_since,
      codesLeft: own.codes_left,
      passkeys: passkeys.map((it) => ({
        id: it.id,
        name: it.name,
        createdAt: it.created_at,
        usedAt: it.used_at,
      })),
      sessions: sessions.map((it) => ({ ...sessionLine(it), here: it.id === session.id })),
      devices: devices.map((it) => ({ ...deviceLine(it), here: it.id === phone?.device.device_id })),
    });
  },
  ['secondFactor', 'changePassword', 'enrolSecondFactor'],
);

/** The hash of a new password; a refusal where the profile does not take it. */
async function newPassword(asking: Asking, current: string, next: string): Promise<Result<string>> {
  const { services, session } = asking;
  const rules = PASSWORD_RULES[session.settings.profile];
  const owner = { login: session.staff.login, hasSecondFactor: session.hasSecondFactor };
  const good = checkNewPassword(session.settings.profile, next, owner);
  if (!good.ok) return good;
  if (next === current) return refuse({ code: 'offices.password_same' });
  const old = await within(services, scopeOf(session.staff), (tx) => listOwnPasswords(tx, rules.history));
  for (const hash of rules.history > 0 ? old : []) {
    const fits = await passwordFits(hash, next);
    if (fits === 'busy') return refuse({ code: 'basics.too_many' });
    if (fits) return refuse({ code: 'offices.password_used_before', facts: { history: rules.history } });
  }
  return accept(await hashPassword(next));
}

const password = ownRoute(changePassword, {
  during: ['changePassword'],
  prepare: async (asking, { body }) => {
    const known = await confirmPassword(asking, body.current);
    return known.ok ? newPassword(asking, body.current, body.next) : known;
  },
  run: async ({ tx, session }, _input, hash) => {
    await setOwnPassword(tx, hash, session.id);
    await noteOwn(tx, 'offices.password_changed', session.staff.id);
    return accept({ pending: null });
  },
  after: async ({ services, session, http }) => ({ pending: await stepUp(services, session, http, false) }),
  again: async ({ session }) => accept({ pending: session.pending }),
});

const endOne = ownRoute(endOwnSession, {
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ tx, session }, { params }) => {
    if (!(await endOwnSessionById(tx, params.id))) return refuse(NOT_FOUND);
    await noteOwn(tx, 'offices.session_ended', session.staff.id);
    return accept({});
  },
});

const endOthers = ownRoute(endOtherSessions, {
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ tx, session }) => {
    const ended = await endOwnOthers(tx, session.id);
    await noteOwn(tx, 'offices.sessions_ended', session.staff.id, { ended });
    return accept({ ended });
  },
  again: async () => accept({ ended: 0 }),
});

const phone = ownRoute(enrolDevice, {
  prepare: async ({ services }) => accept({ id: newId(), ...newDeviceToken(services) }),
  run: async ({ tx, http, session }, { body }, { id, hash, token }) => {
    const { name, install } = body;
    const epoch = await addOwnDevice(tx, { id, install, name, hash, agent: agentOf(http.request) });
    if (epoch === undefined) return refuse({ code: 'offices.phone_of_another' });
    await noteOwn(tx, 'offices.phone_enrolled', id, { epoch, staff: session.staff.id });
    keepDeviceToken(http, token);
    return accept({ id, install, epoch });
  },
  again: async ({ services, session }, { body }) => {
    const devices = await within(services, scopeOf(session.staff), listOwnDevices);
    const known = devices.find((it) => it.install === body.install);
    return known ? accept({ id: known.id, install: known.install, epoch: known.epoch }) : refuse(NOT_FOUND);
  },
});

const loseOne = route(revokeOwnDevice, async ({ tx }, { params }) => {
  if (!(await revokeOwnDeviceById(tx, params.id))) return refuse(NOT_FOUND);
  await noteOwn(tx, 'offices.phone_revoked', params.id);
  return accept({});
});

export const accountRoutes: readonly Route[] = [account, password, endOne, endOthers, phone, loseOne];
