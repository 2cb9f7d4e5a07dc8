import type { Endpoint } from '@fangang/domain/basics/api.ts';
import { recordWords } from '@fangang/domain/people/words-registry.ts';
import { useState } from 'react';
import type { z } from 'zod';
import { useWrite } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { useToast } from '../platform/ui/Toast.tsx';

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;
/** What a notice says afterwards. */
type Done = 'saved' | 'removed' | 'undone' | 'nothingChanged';
type Send<E extends AnyEndpoint> = ReturnType<typeof useWrite<E>>['send'];

/** One change of a record: says what came of it, keeps the refusal for the form, and tells whether it was done. */
export function useRecordWrite<E extends AnyEndpoint>(endpoint: E) {
  const say = useWords(recordWords);
  const toast = useToast();
  const { send, busy } = useWrite(endpoint, ['trips']);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async (
    ask: Parameters<Send<E>>[0],
    word: Done | ((reply: ReplyOf<E>) => Done) = 'saved',
  ): Promise<boolean> => {
    setProblem(null);
    try {
      const answer = await send(ask);
      if (!answer.ok) setProblem(answer.refusal);
      else toast({ text: say(typeof word === 'function' ? word(answer.value) : word) });
      return answer.ok;
    } catch (fault) {
      setProblem(fault);
      return false;
    }
  };
  return { save, busy, problem };
}
