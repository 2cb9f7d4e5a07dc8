import { words } from '@fangang/domain/basics/words.ts';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useKeys } from '../keys.tsx';
import { useWords } from '../language.tsx';
import { Button } from './Button.tsx';

export interface DrawerProps {
  readonly title: string;
  readonly sub?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot, always in sight. */
  readonly foot?: ReactNode;
  /** Pixels; the whole width on a phone. */
  readonly width?: number;
}

/**
 * A sheet at the right edge. The list beside it stays alive, so one can look and go on;
 * Escape closes it and the focus goes back to where it came from.
 */
export function Drawer({ title, sub, onClose, children, foot, width = 480 }: DrawerProps): ReactNode {
  const say = useWords(words);
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);
  useKeys([{ keys: 'Escape', label: say('keyClose'), run: onClose, whileTyping: true }]);
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="drawer" role="dialog" aria-labelledby={id} ref={sheet} tabIndex={-1} style={{ width }}>
      <header className="drawer-head">
        <div>
          <h2 id={id}>{title}</h2>
          {sub && <p>{sub}</p>}
        </div>
        <Button kind="quiet" onPress={onClose} aria-label={say('close')}>
          <svg width="14" height="14" aria-hidden="true">
            <path d="M1,1L13,13M13,1L1,13" stroke="currentColor" strokeWidth="1.6" />
          </svg>
        </Button>
      </header>
      <div className="drawer-body">{children}</div>
      {foot && <footer className="drawer-foot">{foot}</footer>}
    </div>
  );
}
