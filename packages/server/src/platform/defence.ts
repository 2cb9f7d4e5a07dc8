import { isIP } from 'node:net';
import type { Refusal } from '@fangang/domain/basics/result.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ACCOUNT_RATES, ADDRESS_RATES, type Lane, makeBuckets, makeTurns, type Turns } from './lanes.ts';
import { refuseWith } from './problem.ts';

/** What keeps one asker from standing in everybody's way. */
export interface Defence {
  /** A refusal where this address has asked too much. */
  ofAddress(lane: Lane, address: string): Refusal | null;
  ofAccount(lane: Lane, staffId: string): Refusal | null;
  readonly turns: Turns;
}

/** This machine: a browser on it, or a reverse proxy nobody has named, behind which all the world has one address. */
export function isHere(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** One household or office of IPv6 has 2^64 addresses: its network counts as one. */
function networkOf(address: string): string {
  return isIP(address) === 6 && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address;
}

function tooMany(seconds: number): Refusal | null {
  return seconds === 0 ? null : { code: 'basics.too_many', facts: { afterS: seconds } };
}

export function makeDefence(
  rates = { account: ACCOUNT_RATES, address: ADDRESS_RATES },
  now?: () => number,
): Defence {
  const accounts = makeBuckets(rates.account, now);
  const addresses = makeBuckets(rates.address, now);
  return {
    ofAddress: (lane, address) =>
      isHere(address) ? null : tooMany(addresses.take(lane, networkOf(address))),
    ofAccount: (lane, staffId) => tooMany(accounts.take(lane, staffId)),
    turns: makeTurns(),
  };
}

/**
 * Sends what was found. It is kept as a function until the turn is over: a reply of Fastify is a promise of its own end, so awaiting one in
 * a lane would hold the lane as long as somebody reads it.
 */
export type Send = () => FastifyReply;

/** Runs what answers a page when it is the page's turn, and sends it afterwards. */
export type InTurn = (lane: Lane, reply: FastifyReply, work: () => Promise<Send>) => Promise<FastifyReply>;

export const BUSY: Refusal = { code: 'basics.busy', facts: { afterS: 1 } };

export function inTurnOf(defence: Defence | null): InTurn {
  if (!defence) return async (_lane, _reply, work) => (await work())();
  return async (lane, reply, work) => {
    const send = await defence.turns.take(lane, work);
    return send ? send() : refuseWith(reply, BUSY);
  };
}

/** Counts what is asked beside the interface by address: pages, tickets, maps. The interface's own doors count for themselves. */
export function countPages(app: FastifyInstance, defence: Defence): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) return undefined;
    const flood = defence.ofAddress(request.method === 'POST' ? 'write' : 'read', request.ip);
    return flood ? refuseWith(reply, flood) : undefined;
  });
}
