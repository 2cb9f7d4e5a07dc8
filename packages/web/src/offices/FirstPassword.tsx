import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';

/** A first password, or a half of one, shown once to be handed over. */
export function FirstPassword({
  password,
  kind,
}: {
  password: string;
  kind: 'whole' | 'firstHalf' | 'secondHalf';
}): ReactNode {
  const say = useWords(staffWords);
  const title = kind === 'whole' ? 'firstPassword' : kind;
  return (
    <section className="office-secret" aria-label={say(title)}>
      <p>
        {say(title)}　<code>{password}</code>
      </p>
      <p>{say(`${title}How`)}</p>
    </section>
  );
}
