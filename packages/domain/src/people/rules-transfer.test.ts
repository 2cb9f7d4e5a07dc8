import { describe, expect, it } from 'vitest';
import { TRANSFER_NEXT, transferAfter, transferStateAt, withdrawTransfer } from './rules-transfer.ts';

const kept = { state: 'asked', expiresAt: '2022-02-25T17:00:00+08:00' } as const;

describe('a transfer', () => {
  it('waits until its last minute, then has expired', () => {
    expect(transferStateAt(kept, '2022-02-25T16:59:59+08:00')).toBe('asked');
    expect(transferStateAt(kept, '2022-02-25T09:00:00Z')).toBe('expired');
    expect(transferStateAt({ ...kept, state: 'done' }, '2023-01-01T00:00:00+08:00')).toBe('done');
  });

  it('is withdrawn while it is open, and not after', () => {
    const done = withdrawTransfer('asked');
    expect(done.ok && transferAfter(done.value)).toBe('withdrawn');
    for (const state of ['done', 'refused', 'withdrawn', 'expired'] as const) {
      expect(withdrawTransfer(state)).toMatchObject({ ok: false, refusal: { facts: { state } } });
    }
  });

  it('ends with an answer', () => {
    expect(TRANSFER_NEXT.asked).toContain('agreed');
    expect(TRANSFER_NEXT.agreed).toEqual(['done']);
    expect(transferAfter({ type: 'people.transfer_done', data: { person: 'p' } })).toBe('done');
  });
});
