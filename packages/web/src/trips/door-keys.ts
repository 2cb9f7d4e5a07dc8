import { tripWords } from '@fangang/domain/trips/words.ts';
import { type KeyBinding, useKeys } from '../platform/keys.tsx';
import { useWords } from '../platform/language.tsx';
import type { Finder } from './door-find.ts';
import { pressed } from './door-four.tsx';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X', 'Backspace'] as const;

/** Enter on a button that has the focus presses that button; elsewhere it does the page's main step. */
export function orTheFocused(event: KeyboardEvent, work: () => void): void {
  const on = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('button, a') : null;
  if (on) on.click();
  else work();
}

/** The open door by keyboard: digits find, Enter boards, the rest by its letter. */
export function useDoorKeys(
  finder: Finder,
  steps: { all: () => void; odd: () => void; undo: () => void; depart: () => void },
): void {
  const say = useWords(tripWords);
  const typing = DIGITS.map((keys): KeyBinding => {
    const isBack = keys === 'Backspace';
    return {
      keys,
      label: say(isBack ? 'erase' : 'typeFour'),
      run: () => {
        if (finder.mode !== 'keypad' && !isBack) finder.to('keypad');
        finder.type(pressed(finder.tail, isBack ? '⌫' : keys));
      },
    };
  });
  useKeys([
    ...typing,
    { keys: 'Enter', label: say('allNormal'), run: (event) => orTheFocused(event, steps.all) },
    { keys: 'H', label: say('oddOne'), run: steps.odd },
    { keys: 'U', label: say('undo'), run: steps.undo },
    { keys: 'D', label: say('depart'), run: steps.depart },
    { keys: 'K', label: say('keypad'), run: () => finder.to('keypad') },
    { keys: 'L', label: say('list'), run: () => finder.to('list') },
    { keys: 'S', label: say('scan'), run: () => finder.to('scan') },
    { keys: 'Escape', label: say('clear'), run: finder.clear },
  ]);
}
