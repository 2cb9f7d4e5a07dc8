import { createHash } from 'node:crypto';
import type { RowFacts } from './oracle.ts';
import { PHONE_OPENS } from './policy-table.ts';
import type { StaffSpec } from './staff.ts';
import { EARLIER, type Maker } from './world-maker.ts';

/** An account with what opens it. */
export interface WorldAccount {
  readonly id: string;
  readonly area: string;
  readonly login: string;
  /** Nobody asks from it, so that it may be ended. */
  readonly spare: boolean;
  /** Of a spare account; one that waits for its grant has never been opened and has none of these. */
  readonly session: string | null;
  readonly device: string | null;
  readonly passkey: string | null;
  /** Tokens of field phones that ask: one good, one revoked; null for roles that enrol none. */
  readonly phones: { readonly live: string; readonly revoked: string } | null;
}

const bytesOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Puts an account down with a phone, a passkey, and for a spare one all else that an account can have; every text is a canary. */
export function addAccount(maker: Maker, staff: StaffSpec, of: RowFacts): WorldAccount {
  const { canaries } = maker;
  const { id, area, office, spare } = staff;
  const login = canaries.text(of);
  canaries.note(id, of);
  canaries.note(office, { ...of, of: 'offices_office' });
  const officeName = canaries.text({ ...of, of: 'offices_office.name' });
  maker.put('staff', { ...staff, name: canaries.text(of), login, officeName });
  if (staff.waits)
    return { id, area, login, spare, session: null, device: null, passkey: null, phones: null };
  const mine = (table: string) => maker.facts(table, { area, actor: id });
  const named = (table: string) => {
    const row = maker.id();
    canaries.note(row, mine(table));
    return row;
  };
  const device = named('offices_device');
  const install = named('offices_device');
  maker.put('offices_device', {
    ...{ id: device, install, epoch: 1, owner: id, name: canaries.text(mine('offices_device')) },
    ...{ token_hash: bytesOf(device), agent: canaries.text(maker.facts('offices_totp')) },
  });
  const passkey = named('offices_passkey');
  maker.put('offices_passkey', {
    ...{ id: passkey, staff_id: id, credential: bytesOf(passkey), public_key: bytesOf(`key of ${passkey}`) },
    ...{ counter: 1, host: 'elsewhere.example', name: canaries.text(mine('offices_passkey')) },
  });
  const session = staff.spare ? named('offices_session') : null;
  if (session) addSecrets(maker, id, session);
  const asks = !spare && staff.role in PHONE_OPENS;
  const phones = asks ? { live: addPhone(maker, staff, false), revoked: addPhone(maker, staff, true) } : null;
  return { id, area, login, spare, session, device, passkey, phones };
}

/** A field phone of an account, and the token it keeps. */
function addPhone(maker: Maker, { id: owner, area }: StaffSpec, isRevoked: boolean): string {
  const { canaries, secrets } = maker;
  const of = maker.facts('offices_device', { area, actor: owner });
  const [id, install] = [canaries.note(maker.id(), of), canaries.note(maker.id(), of)];
  const token = `phone-of-${id}`;
  maker.put('offices_device', {
    ...{ id, install, epoch: 1, owner, name: canaries.text(of), agent: 'a phone' },
    ...{ token_hash: secrets.sessionHash(`device|${token}`), revoked_at: isRevoked ? EARLIER : null },
  });
  return token;
}

/** What nobody is ever shown: hashes, sealed factors, who a provider says it is. */
function addSecrets(maker: Maker, staff: string, session: string): void {
  const hidden = () => maker.canaries.text(maker.facts('offices_totp'));
  const at = new Date();
  maker.put('offices_session', {
    ...{ id: session, token_hash: bytesOf(session), staff_id: staff, created_at: at, seen_at: at },
    ...{ method: 'password', agent: hidden(), address: '10.0.0.1' },
  });
  maker.put('offices_totp', { staff_id: staff, sealed: Buffer.from(hidden()), confirmed_at: EARLIER });
  maker.put('offices_recovery_code', { staff_id: staff, code_hash: bytesOf(`code of ${staff}`) });
  maker.put('offices_password_history', { staff_id: staff, password_hash: hidden(), at: EARLIER });
  maker.put('offices_identity', { issuer: 'https://elsewhere.example', subject: hidden(), staff_id: staff });
}
