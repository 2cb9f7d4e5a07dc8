import { accept, type Refusal, refuse } from '@fangang/domain/basics/result.ts';
import {
  changeSignInSettings,
  endSession,
  listSessions,
  readSignInSettings,
  revokeDevice,
} from '@fangang/domain/offices/api-staff.ts';
import { levelOf } from '@fangang/domain/offices/schema.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Route, route } from '../platform/http.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { ownRead } from './own-route.ts';
import { settingsOf } from './sessions.ts';
import {
  endSessionOfArea,
  findAccount,
  listDevicesOfArea,
  listSessionsOfArea,
  revokeDeviceOfArea,
  setSignInSettings,
} from './store-accounts.ts';
import { findSignInSettings } from './store-sessions.ts';
import { deviceLine, sessionLine } from './views.ts';

const NOT_FOUND: Refusal = { code: 'basics.not_found' };

interface WhoseRow {
  readonly staff_id: string;
  readonly staff_name: string;
  readonly login: string;
  readonly role: string;
  readonly office_name: string;
}

const whose = (row: WhoseRow) => ({
  staffId: row.staff_id,
  staffName: row.staff_name,
  staffPinyin: pinyinName(row.staff_name),
  login: row.login,
  role: row.role as never,
  officeName: row.office_name,
});

const open = ownRead(listSessions, async ({ tx, session }) => {
  const sessions = await listSessionsOfArea(tx);
  const devices = await listDevicesOfArea(tx);
  return accept({
    sessions: sessions.map((it) => ({ ...sessionLine(it), ...whose(it), here: it.id === session.id })),
    devices: devices.map((it) => ({ ...deviceLine(it), ...whose(it) })),
  });
});

const end = route(endSession, async ({ tx, actor, asker }, { params }) => {
  const staffId = await endSessionOfArea(tx, params.id);
  if (!staffId) return refuse(NOT_FOUND);
  const area = (await findAccount(tx, staffId))?.area ?? asker?.areaCode ?? '';
  await noteAudit(tx, { actor, area, action: 'offices.session_ended', subject: staffId });
  return accept({});
});

const revoke = route(revokeDevice, async ({ tx, actor, asker }, { params }) => {
  const staffId = await revokeDeviceOfArea(tx, params.id);
  if (!staffId) return refuse(NOT_FOUND);
  const area = (await findAccount(tx, staffId))?.area ?? asker?.areaCode ?? '';
  const facts = { staff: staffId };
  await noteAudit(tx, { actor, area, action: 'offices.phone_revoked', subject: params.id, facts });
  return accept({});
});

const settings = route(readSignInSettings, async ({ tx, asker }) =>
  accept({
    settings: settingsOf(await findSignInSettings(tx)),
    mayChange: asker?.role === 'securityAdministrator' && levelOf(asker.areaCode) === 'city',
  }),
);

const change = route(changeSignInSettings, async ({ tx, actor, asker }, { body }) => {
  const { profile, secondFactorFor } = body;
  if (!(await setSignInSettings(tx, { profile, secondFactorFor }))) {
    return refuse({ code: 'offices.profile_of_the_city' });
  }
  await noteAudit(tx, {
    actor,
    area: asker?.areaCode ?? '',
    action: 'offices.sign_in_changed',
    subject: null,
    facts: { profile, secondFactorFor: secondFactorFor.join(' ') },
  });
  return accept({});
});

export const securityRoutes: readonly Route[] = [open, end, revoke, settings, change];
