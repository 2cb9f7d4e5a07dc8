import { type Endpoint, isReading } from '@fangang/domain/basics/api.ts';

/**
 * Kinds of requests that wait and are counted apart, so that none can stall another: the vehicle's door (every step and every
 * record of boarding) is alone in its lane.
 */
export type Lane = 'door' | 'signIn' | 'reveal' | 'heavy' | 'write' | 'read';

type Declared = Pick<Endpoint, 'method' | 'access' | 'file'>;

export function laneOf(it: Declared): Lane {
  const { access, file } = it;
  if (access.resource === 'boarding') return 'door';
  if (access.action === 'signIn') return 'signIn';
  if (access.action === 'reveal') return 'reveal';
  if (access.action === 'export' || file) return 'heavy';
  return isReading(it) ? 'read' : 'write';
}

/** Requests in a row, and how many come back each second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}
export type Rates = Readonly<Record<Lane, Rate>>;

/**
 * What one account may ask. A clerk at full speed makes about two requests a second, a page opens with ten; a door with a scanner makes
 * two a second and sends a bus of records at once after a dead spot.
 */
export const ACCOUNT_RATES: Rates = {
  door: { burst: 2_000, perSecond: 200 },
  signIn: { burst: 30, perSecond: 0.5 },
  reveal: { burst: 60, perSecond: 1 },
  heavy: { burst: 60, perSecond: 1 },
  write: { burst: 300, perSecond: 30 },
  read: { burst: 600, perSecond: 60 },
};

/** What one address may ask, signed in or not: an office of two hundred people behind one. */
export const ADDRESS_RATES: Rates = {
  door: { burst: 10_000, perSecond: 1_000 },
  signIn: { burst: 200, perSecond: 3 },
  reveal: { burst: 600, perSecond: 10 },
  heavy: { burst: 600, perSecond: 10 },
  write: { burst: 3_000, perSecond: 300 },
  read: { burst: 6_000, perSecond: 600 },
};

/** Accounts and addresses remembered at most; the ones unseen for longest are forgotten, which gives them a full bucket. */
const MOST_BUCKETS = 50_000;

export interface Buckets {
  /** Takes one request out; seconds to wait where there is none left, else 0. */
  take(lane: Lane, who: string): number;
}

/** Token buckets. `now` in ms, of any steady clock. */
export function makeBuckets(rates: Rates, now: () => number = () => performance.now()): Buckets {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (lane, who) => {
      const name = `${lane}|${who}`;
      const { burst, perSecond } = rates[lane];
      const at = now();
      const was = buckets.get(name) ?? { left: burst, at };
      const left = Math.min(burst, was.left + ((at - was.at) / 1000) * perSecond);
      const granted = left >= 1;
      // Put at the end: the map's order is the order of last sight.
      buckets.delete(name);
      buckets.set(name, { left: granted ? left - 1 : left, at });
      const oldest = buckets.size > MOST_BUCKETS ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      return granted ? 0 : Math.ceil((1 - left) / perSecond);
    },
  };
}

/** How many requests of a lane run at once. A request may hold two connections of the pool's 24: six remain for the door. */
const AT_ONCE: Partial<Record<Lane, number>> = { heavy: 2, reveal: 2, write: 4, read: 4 };
/** Requests of a lane that may wait for their turn. */
const MOST_WAITING = 400;

export interface Turns {
  /** Runs the work when it is its turn; undefined where too many wait already. */
  take<Value>(lane: Lane, work: () => Promise<Value>): Promise<Value | undefined>;
}

/** Lets a few of each lane run at once, and the door always. */
export function makeTurns(atOnce = AT_ONCE, mostWaiting = MOST_WAITING): Turns {
  const running = new Map<Lane, number>();
  const waiting = new Map<Lane, (() => void)[]>();
  const leave = (lane: Lane): void => {
    const next = waiting.get(lane)?.shift();
    if (next) next();
    else running.set(lane, (running.get(lane) ?? 1) - 1);
  };
  return {
    take: async (lane, work) => {
      const most = atOnce[lane] ?? Number.POSITIVE_INFINITY;
      const busy = running.get(lane) ?? 0;
      const queue = waiting.get(lane) ?? [];
      waiting.set(lane, queue);
      if (busy >= most && queue.length >= mostWaiting) return undefined;
      if (busy >= most) await new Promise<void>((go) => queue.push(go));
      else running.set(lane, busy + 1);
      try {
        return await work();
      } finally {
        leave(lane);
      }
    },
  };
}
