import type { Refusal } from '@fangang/domain/basics/result.ts';
import { commitUpload, discardUpload, fixUpload, uploadRoster } from '@fangang/domain/people/api.ts';
import type { RosterFix } from '@fangang/domain/people/roster.ts';
import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { useWrite } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';

export type Written = z.output<typeof commitUpload.reply>;
export type Choice = Readonly<Record<string, RosterField | null>>;
export type Problem = Refusal | Error;

export interface Sending {
  readonly file: File | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Sends a file, or the last one again with another sheet; answers the upload's id. */
  readonly send: (file: File, sheet?: string) => Promise<string | undefined>;
}

const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

/** Brings a roster's file to the server. The file stays at hand, so that another sheet can be chosen. */
export function useSending(season: string, area: string): Sending {
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (chosen: File, sheet?: string): Promise<string | undefined> => {
    setFile(chosen);
    setBusy(true);
    setProblem(null);
    const form = new FormData();
    // The fields come first: the server reads the parts in order.
    form.append('season', season);
    form.append('area', area);
    form.append('key', newKey());
    if (sheet) form.append('sheet', sheet);
    form.append('file', chosen);
    try {
      const answer = await call(uploadRoster, { body: form as never });
      if (answer.ok) return answer.value.uploadId;
      setProblem(answer.refusal);
    } catch (fault) {
      setProblem(asError(fault));
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  return { file, busy, problem, send };
}

export interface Fixing {
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly add: (more: readonly RosterFix[]) => void;
  readonly choose: (mapping: Choice) => void;
}

/** The later word on a cell or a row replaces the earlier one. */
function laid(fixes: readonly RosterFix[], more: readonly RosterFix[]): readonly RosterFix[] {
  const keyOf = (it: RosterFix): string => `${it.row} ${'field' in it ? it.field : 'skip'}`;
  const replaced = new Set(more.map(keyOf));
  return [...fixes.filter((it) => !replaced.has(keyOf(it))), ...more];
}

/**
 * Lays fixes over an upload one after the other: what is typed while one is on its way goes with the next. Mounted anew
 * for another upload.
 */
export function useFixing(uploadId: string, kept: readonly RosterFix[]): Fixing {
  const { send } = useWrite(fixUpload);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef({
    fixes: kept,
    mapping: undefined as Choice | undefined,
    dirty: false,
    running: false,
  });
  const flush = async (): Promise<void> => {
    const state = latest.current;
    if (state.running) return;
    state.running = true;
    setBusy(true);
    try {
      while (state.dirty) {
        state.dirty = false;
        const { mapping } = state;
        state.mapping = undefined;
        const body = { fixes: [...state.fixes], ...(mapping && { mapping }) };
        const answer = await send({ params: { uploadId }, body });
        setProblem(answer.ok ? null : answer.refusal);
      }
    } catch (fault) {
      setProblem(asError(fault));
    } finally {
      state.running = false;
      setBusy(false);
    }
  };
  const add = (more: readonly RosterFix[]): void => {
    latest.current.fixes = laid(latest.current.fixes, more);
    latest.current.dirty = true;
    void flush();
  };
  const choose = (mapping: Choice): void => {
    latest.current.mapping = mapping;
    latest.current.dirty = true;
    void flush();
  };
  return { problem, busy, add, choose };
}

export interface Writing {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly write: (skipBad: boolean) => Promise<Written | undefined>;
  readonly discard: () => Promise<void>;
}

/**
 * Writes an upload onto the books, or lets go of it. Both by a plain call: the upload is gone with the answer, so it must
 * not be read again. A step without an answer is sent again under the same key.
 */
export function useWriting(uploadId: string): Writing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unanswered = useRef<{ skipBad: boolean; key: string } | null>(null);
  const write = async (skipBad: boolean): Promise<Written | undefined> => {
    const before = unanswered.current;
    const key = before?.skipBad === skipBad ? before.key : newKey();
    unanswered.current = { skipBad, key };
    setBusy(true);
    setProblem(null);
    try {
      const answer = await call(commitUpload, { params: { uploadId }, body: { skipBad, key } });
      unanswered.current = null;
      if (answer.ok) return answer.value;
      setProblem(answer.refusal);
    } catch (fault) {
      setProblem(asError(fault));
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  const discard = async (): Promise<void> => {
    setBusy(true);
    try {
      await call(discardUpload, { params: { uploadId }, body: { key: newKey() } });
    } catch (fault) {
      setProblem(asError(fault));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, write, discard };
}
