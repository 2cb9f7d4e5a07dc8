import { agentWords } from '@fangang/domain/offices/agent.ts';
import type { DeviceLine, SessionLine } from '@fangang/domain/offices/api-account.ts';
import type { DeviceRow, OpenSessionRow } from './store-own.ts';

/** A session as its row shows it: the browser in words, never its token. */
export function sessionLine(row: OpenSessionRow): SessionLine {
  return {
    id: row.id,
    method: row.method,
    secondFactor: row.second_factor,
    ...agentWords(row.agent),
    address: row.address,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

export function deviceLine(row: DeviceRow): DeviceLine {
  return {
    id: row.id,
    install: row.install,
    epoch: row.epoch,
    name: row.name,
    ...agentWords(row.agent),
    createdAt: row.created_at,
    seenAt: row.seen_at,
    revokedAt: row.revoked_at,
  };
}
