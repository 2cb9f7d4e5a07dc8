import type { ReactNode } from 'react';

/**
 * A state as colour and shape; the word stands beside it, always.
 * done ●  now ◐  todo ○  held ◆  again ▲  wrong ■✕  away ◇  none –  moved →  fresh +  still ● (grey)  unbuilt ◌
 */
export type MarkKind =
  | 'done'
  | 'now'
  | 'todo'
  | 'held'
  | 'again'
  | 'wrong'
  | 'away'
  | 'none'
  | 'moved'
  | 'fresh'
  | 'still'
  | 'unbuilt';

const SHAPES: Readonly<Record<MarkKind, ReactNode>> = {
  done: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  still: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  now: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6,1.4A4.6,4.6 0 0 0 6,10.6Z" fill="currentColor" />
    </>
  ),
  todo: <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  unbuilt: (
    <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2 2" />
  ),
  held: <path d="M6,0l6,6l-6,6l-6,-6z" fill="currentColor" />,
  away: <path d="M6,1.2l4.8,4.8l-4.8,4.8l-4.8,-4.8z" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  again: <path d="M6,0.8l5.6,10.2h-11.2z" fill="currentColor" />,
  wrong: (
    <>
      <rect x="0.5" y="0.5" width="11" height="11" fill="currentColor" />
      <path d="M3.2,3.2l5.6,5.6M8.8,3.2l-5.6,5.6" stroke="var(--ground)" strokeWidth="1.8" />
    </>
  ),
  none: <path d="M1.5,6H10.5" stroke="currentColor" strokeWidth="2" />,
  moved: <path d="M0.5,6H10M6.2,2L10.6,6L6.2,10" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  fresh: <path d="M6,0.8V11.2M0.8,6H11.2" stroke="currentColor" strokeWidth="2" />,
};

/** The shape alone, for a legend or a map; it says nothing to a screen reader. */
export function MarkShape({ kind, size = 12 }: { kind: MarkKind; size?: number }): ReactNode {
  return (
    <svg className="mark-shape" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  );
}

export function StatusMark({
  kind,
  children,
  strong = false,
}: {
  kind: MarkKind;
  /** The word. */
  children: ReactNode;
  strong?: boolean;
}): ReactNode {
  return (
    <span className={`mark mark-${kind}${strong ? ' strong' : ''}`}>
      <MarkShape kind={kind} />
      <span>{children}</span>
    </span>
  );
}
