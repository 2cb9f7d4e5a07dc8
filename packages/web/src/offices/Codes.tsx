import { accountWords } from '@fangang/domain/offices/words-account.ts';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';

/** Recovery codes, once: to be written down or printed. */
export function Codes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }): ReactNode {
  const say = useWords(accountWords);
  return (
    <section className="office-codes" aria-label={say('codesTitle')}>
      <h3>{say('codesTitle')}</h3>
      <p>{say('codesKeep')}</p>
      <ol>
        {codes.map((it) => (
          <li key={it}>
            <code>{it}</code>
          </li>
        ))}
      </ol>
      <p className="office-steps">
        <Button kind="main" onPress={onKept}>
          {say('codesKept')}
        </Button>
        <Button onPress={() => window.print()}>{say('print')}</Button>
      </p>
    </section>
  );
}
