import type { Endpoint } from '@fangang/domain/basics/api.ts';
import type { Result } from '@fangang/domain/basics/result.ts';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { z } from 'zod';
import { type Ask, type AskOf, call, type Fault, newKey, type Refused, type ReplyOf, read } from './call.ts';

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** The room an endpoint belongs to: `trips` of `trips.boardSeat`. */
function roomOf(endpoint: AnyEndpoint): string {
  return endpoint.name.split('.')[0] ?? endpoint.name;
}

interface Watching<Reply> {
  /** False while a parameter is not known yet. */
  readonly enabled?: boolean;
  /** Ask again every so many milliseconds (a running plan, a filling season). */
  readonly everyMs?: number | false | ((last: Reply | undefined) => number | false);
}

/**
 * Reads an endpoint and keeps the answer until a write of the same room refreshes it.
 * The error is a `Fault` or a `Refused`: hand it to `ErrorNote`.
 */
export function useRead<E extends AnyEndpoint>(
  endpoint: E,
  ask: Ask<E> | undefined,
  { enabled = true, everyMs = false }: Watching<ReplyOf<E>> = {},
): UseQueryResult<ReplyOf<E>, Fault | Refused> {
  return useQuery({
    queryKey: [roomOf(endpoint), endpoint.name, ask ?? {}],
    queryFn: () => read(endpoint, ...([ask] as unknown as AskOf<E>)),
    enabled,
    refetchInterval: typeof everyMs === 'function' ? (query) => everyMs(query.state.data) : everyMs,
  });
}

/** Forgets what was read of these rooms and asks again for what is on the screen; settles when that is there. */
export function useRefresh(): (...rooms: string[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...rooms) => {
      await Promise.all(rooms.map((room) => client.invalidateQueries({ queryKey: [room] })));
    },
    [client],
  );
}

type Keyless<Body> = Body extends unknown ? Omit<Body, 'key'> : never;
type WriteAsk<E extends AnyEndpoint> = Omit<Ask<E>, 'body'> & { body?: Keyless<z.input<E['body']>> };

export interface Writing<E extends AnyEndpoint> {
  /** Sends one step. Sent again after a fault with the same content, it carries the same key. */
  readonly send: (ask: WriteAsk<E>) => Promise<Result<ReplyOf<E>>>;
  readonly busy: boolean;
}

/** One write of a person: adds the key, refreshes the rooms whose rows may have changed. */
export function useWrite<E extends AnyEndpoint>(endpoint: E, refreshes: readonly string[] = []): Writing<E> {
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const unanswered = useRef<{ content: string; key: string } | null>(null);
  const send = async (ask: WriteAsk<E>): Promise<Result<ReplyOf<E>>> => {
    const content = JSON.stringify(ask);
    const key = unanswered.current?.content === content ? unanswered.current.key : newKey();
    unanswered.current = { content, key };
    setBusy(true);
    try {
      const full = { ...ask, body: { ...(ask.body as object | undefined), key } };
      const answer = await call(endpoint, ...([full] as unknown as AskOf<E>));
      unanswered.current = null;
      if (answer.ok) void refresh(roomOf(endpoint), ...refreshes);
      return answer;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy };
}
