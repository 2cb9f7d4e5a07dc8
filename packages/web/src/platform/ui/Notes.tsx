import type { Refusal } from '@fangang/domain/basics/result.ts';
import { fill, type Words } from '@fangang/domain/basics/say.ts';
import { refusalWords, words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { Fault, Refused } from '../call.ts';
import { useLanguage, useWords } from '../language.tsx';
import { Button } from './Button.tsx';
import { DOORS, ThreeDoorLine } from './ThreeDoorLine.tsx';

/** Nothing here yet, and the one next step that changes it. */
export function EmptyState({
  title,
  next,
  children,
}: {
  title: string;
  next?: string;
  /** The step itself: a button or a link. */
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <ThreeDoorLine doors={DOORS.waiting} size="title" label="" />
      <p className="empty-title">{title}</p>
      {next && <p className="empty-next">{next}</p>}
      {children && <div className="empty-step">{children}</div>}
    </div>
  );
}

interface Said {
  readonly what: string;
  readonly remedy: string | undefined;
}

function sayRefusal(refusal: Refusal, tables: readonly Words[], language: 'zh' | 'en'): Said | undefined {
  for (const table of [...tables, refusalWords as Words]) {
    const text = table[refusal.code];
    if (!text) continue;
    const remedy = table[`${refusal.code}.remedy`];
    return {
      what: fill(text, language, refusal.facts),
      remedy: remedy && fill(remedy, language, refusal.facts),
    };
  }
  return undefined;
}

/**
 * Says a refusal or a fault. A refusal's words are looked up by its code in the given tables
 * (`'trips.seat_sold'`, and `'trips.seat_sold.remedy'` for the way out), then in the shell's.
 */
export function useErrorWords(tables: readonly Words[]): (error: unknown) => Said {
  const say = useWords(words);
  const { language } = useLanguage();
  return (error) => {
    const refusal = error instanceof Refused ? error.refusal : isRefusal(error) ? error : undefined;
    if (refusal) {
      return (
        sayRefusal(refusal, tables, language) ?? {
          what: say('refusedTitle', { code: refusal.code }),
          remedy: undefined,
        }
      );
    }
    if (error instanceof Fault && error.status === 0)
      return { what: say('offlineTitle'), remedy: say('offlineRemedy') };
    const id = error instanceof Fault ? error.requestId : undefined;
    return { what: say('faultTitle'), remedy: id ? say('faultRemedy', { id }) : say('faultRemedyPlain') };
  };
}

function isRefusal(error: unknown): error is Refusal {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.includes('.')
  );
}

/** An error that names the remedy: what is wrong → what to do. */
export function ErrorNote({
  error,
  tables = [],
  onRetry,
  children,
}: {
  /** A `Refusal`, a `Refused`, a `Fault`, or whatever was thrown. */
  error: unknown;
  /** The rooms' refusal words. */
  tables?: readonly Words[];
  onRetry?: () => void;
  /** Buttons that do the remedy. */
  children?: ReactNode;
}): ReactNode {
  const say = useWords(words);
  const { what, remedy } = useErrorWords(tables)(error);
  return (
    <div className="error-note" role="alert">
      <p>
        <b>{what}</b>
        {remedy && <span> → {remedy}</span>}
      </p>
      {(onRetry || children) && (
        <div className="error-steps">
          {children}
          {onRetry && <Button onPress={onRetry}>{say('retry')}</Button>}
        </div>
      )}
    </div>
  );
}

/** Quiet word while an answer is on its way; shown late by CSS, so that quick answers do not flicker. */
export function Loading(): ReactNode {
  const say = useWords(words);
  return (
    <p className="loading" role="status">
      {say('loading')}
    </p>
  );
}
