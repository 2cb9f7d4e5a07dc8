import { words } from '@fangang/domain/basics/words.ts';
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { useKeys } from '../keys.tsx';
import { useWords } from '../language.tsx';
import { Key, keyText } from './Button.tsx';

export interface ToastNote {
  readonly text: string;
  /** Takes the step back: offered instead of asking "are you sure". */
  readonly undo?: () => void;
  readonly tone?: 'plain' | 'danger';
}

type Shown = ToastNote & { readonly id: number };
const STAYS_MS = 8000;
const Show = createContext<(note: ToastNote) => void>(() => undefined);

/** Says in one line at the foot what was done, with a way back. One at a time: the last one counts. */
export function useToast(): (note: ToastNote) => void {
  return use(Show);
}

function ToastLine({ note, onGone }: { note: Shown; onGone: () => void }): ReactNode {
  const say = useWords(words);
  const { undo } = note;
  const back = (): void => {
    undo?.();
    onGone();
  };
  useKeys(undo ? [{ keys: 'Ctrl+Z', label: say('undo'), run: back }] : []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new note starts the time anew
  useEffect(() => {
    const timer = setTimeout(onGone, STAYS_MS);
    return () => clearTimeout(timer);
  }, [note.id]);
  return (
    <div className={`toast tone-${note.tone ?? 'plain'}`}>
      <span>{note.text}</span>
      {undo && (
        <button type="button" onClick={back}>
          {say('undo')} <Key>{keyText('Ctrl+Z')}</Key>
        </button>
      )}
    </div>
  );
}

export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<Shown | null>(null);
  const show = useCallback(
    (note: ToastNote) => setShown((last) => ({ ...note, id: (last?.id ?? 0) + 1 })),
    [],
  );
  return (
    <Show value={show}>
      {children}
      <div className="toast-place" role="status" aria-live="polite">
        {shown && <ToastLine note={shown} onGone={() => setShown(null)} />}
      </div>
    </Show>
  );
}
