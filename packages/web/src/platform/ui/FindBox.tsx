import { words } from '@fangang/domain/basics/words.ts';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../keys.tsx';
import { useWords } from '../language.tsx';
import { Key } from './Button.tsx';

export interface FindHit {
  readonly key: string;
  readonly title: string;
  /** Village, status, masked tail of the ID. */
  readonly sub: string;
}

export interface FindBoxProps {
  /** Answers while one types; without it Enter goes to the full list. */
  readonly find?: (text: string) => Promise<readonly FindHit[]>;
  readonly onPick: (key: string) => void;
  /** Enter without a chosen hit. */
  readonly onAll: (text: string) => void;
}

const WAIT_MS = 80;

function useHits(text: string, find: FindBoxProps['find']): readonly FindHit[] | null {
  const [hits, setHits] = useState<readonly FindHit[] | null>(null);
  useEffect(() => {
    if (!find || text.trim() === '') return setHits(null);
    let current = true;
    const timer = setTimeout(() => {
      find(text.trim()).then(
        (found) => current && setHits(found),
        // A search that fails leaves the way over Enter, which shows the error with its remedy.
        () => current && setHits(null),
      );
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, find]);
  return hits;
}

/** Finds anyone: `/` or Ctrl K, pinyin initials, last four of the ID, tail of the phone. */
export function FindBox({ find, onPick, onAll }: FindBoxProps): ReactNode {
  const say = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const hits = useHits(text, find);
  const focus = (): void => input.current?.select();
  useKeys([
    { keys: '/', label: say('keyFind'), run: focus, scope: 'everywhere' },
    { keys: 'Ctrl+K', label: say('keyFind'), run: focus, scope: 'everywhere' },
  ]);
  const leave = (then: () => void): void => {
    setText('');
    setAt(-1);
    input.current?.blur();
    then();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits) setAt(Math.max(-1, Math.min(hits.length - 1, at + step)));
    else if (event.key === 'Escape') leave(() => undefined);
    else if (event.key === 'Enter' && text.trim()) {
      const hit = hits?.[at] ?? (hits?.length === 1 ? hits[0] : undefined);
      leave(() => (hit ? onPick(hit.key) : onAll(text.trim())));
    } else return;
    event.preventDefault();
  };
  return (
    <search className="find">
      <div className="find-field">
        <Key>/</Key>
        <input
          ref={input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={say('findAnyone')}
          aria-label={say('findAnyone')}
          role="combobox"
          aria-expanded={hits !== null}
          aria-controls={id}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      {hits && (
        <div className="find-hits" id={id} role="listbox">
          {hits.map((it, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field answers the keys for all hits.
            <div
              key={it.key}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => leave(() => onPick(it.key))}
            >
              <b>{it.title}</b>
              <small>{it.sub}</small>
            </div>
          ))}
          {hits.length === 0 && <p className="find-none">{say('findNothing', { text: text.trim() })}</p>}
        </div>
      )}
    </search>
  );
}
