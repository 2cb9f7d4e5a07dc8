import { grouped } from '@fangang/domain/basics/say.ts';
import { words } from '@fangang/domain/basics/words.ts';
import { type ReactNode, useId } from 'react';
import { useWords } from '../language.tsx';

export interface FigureProps {
  readonly n: number;
  /** 趟, 人, 份: figures of different units never add up. */
  readonly unit?: string;
  /** Words before the number: 尚有. */
  readonly before?: string;
  /** Moment the count was taken, as shown. */
  readonly asOf: string;
  /** How it is counted, in one sentence. */
  readonly definition: string;
  /** Opens the number to its rows. */
  readonly onOpen?: () => void;
  readonly size?: 'hero' | 'panel' | 'row';
  readonly tone?: 'plain' | 'danger' | 'warn';
}

/** A number that opens to its rows and carries its moment and its definition. */
export function Figure({
  n,
  unit,
  before,
  asOf,
  definition,
  onOpen,
  size = 'row',
  tone = 'plain',
}: FigureProps): ReactNode {
  const say = useWords(words);
  const id = useId();
  const note = `${say('asOf', { at: asOf })} · ${say('definition', { text: definition })}`;
  const inside = (
    <>
      {before && <i>{before}</i>}
      <b>{grouped(n)}</b>
      {unit && <i>{unit}</i>}
      <span className="unseen" id={id}>
        {note}
      </span>
    </>
  );
  const className = `figure figure-${size} tone-${tone}`;
  if (!onOpen) {
    return (
      <span className={className} title={note}>
        {inside}
      </span>
    );
  }
  return (
    <button type="button" className={className} title={note} onClick={onOpen} aria-describedby={id}>
      {inside}
    </button>
  );
}

/** The line under a group of figures: as of when, counted how. */
export function FigureNote({
  asOf,
  definition,
  children,
}: {
  asOf: string;
  definition: string;
  children?: ReactNode;
}): ReactNode {
  const say = useWords(words);
  return (
    <p className="figure-note">
      {say('asOf', { at: asOf })} · {say('definition', { text: definition })} {children}
    </p>
  );
}
