import { describe, expect, it } from 'vitest';
import { makeGate } from './login-queue.ts';

/** Work that ends when it is told to. */
function held(): { work: () => Promise<string>; end: () => void } {
  let end: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => until.then(() => 'done'), end };
}

describe('the queue of sign-ins', () => {
  it('lets in as many as it may, the rest one after the other, and sends away who finds it full', async () => {
    const gate = makeGate({ atOnce: 2, waiting: 2, waitMs: 60_000 });
    const works = Array.from({ length: 5 }, held);
    const started: number[] = [];
    const all = works.map((it, i) =>
      gate.enter(() => {
        started.push(i);
        return it.work();
      }),
    );
    expect(await all[4]).toBeUndefined();
    expect([started, gate.waiting]).toEqual([[0, 1], 2]);
    works[1]?.end();
    await all[1];
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2]);
    for (const it of works) it.end();
    expect(await Promise.all(all.slice(0, 4))).toEqual(Array(4).fill({ value: 'done' }));
    expect(gate.waiting).toBe(0);
  });

  it('sends away whose turn does not come in time, and keeps the order of the others', async () => {
    const gate = makeGate({ atOnce: 1, waiting: 5, waitMs: 20 });
    const first = held();
    const running = gate.enter(first.work);
    expect(await gate.enter(async () => 'never')).toBeUndefined();
    first.end();
    await running;
    expect(await gate.enter(async () => 'next')).toEqual({ value: 'next' });
  });

  it('frees the place of work that threw', async () => {
    const gate = makeGate({ atOnce: 1, waiting: 0, waitMs: 10 });
    await expect(gate.enter(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await gate.enter(async () => 1)).toEqual({ value: 1 });
  });
});
