import { words } from '@fangang/domain/basics/words.ts';
import { signInWithProvider } from '@fangang/domain/offices/api-sign-in.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useRefresh } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';
import { useGoOn } from '../platform/go-on.ts';
import { useWords } from '../platform/language.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { nextPath } from './next-path.ts';
import { useStep } from './use-step.ts';

/** Where the office's identity provider sends people back to: the code goes to the server, once, and out of the address. */
export function ProviderPage(): ReactNode {
  const say = useWords(accountWords);
  const sayShell = useWords(words);
  const refresh = useRefresh();
  const navigate = useNavigate();
  const { code, state, iss } = useSearch({ from: '/session/sign-in/provider' });
  const { problem, run, fail } = useStep();
  const [next, setNext] = useState<string | null>(null);
  const sent = useRef(false);
  useGoOn(next !== null, nextPath(next ?? undefined));
  const send = async (): Promise<void> => {
    if (!code || !state) return fail({ code: 'offices.provider_refused' });
    const done = await run(() =>
      call(signInWithProvider, { body: { code, state, ...(iss && { iss }), key: newKey() } }),
    );
    if (!done) return;
    await refresh('offices');
    if (done.pending)
      void navigate({ to: '/sign-in', search: { next: nextPath(done.next ?? undefined) }, replace: true });
    else setNext(done.next ?? '');
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a code is good for one try
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    void send();
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-steps">
        <h1>{say('providerBack')}</h1>
        {problem !== null && (
          <>
            <ErrorNote error={problem} tables={[officeRefusalWords]} />
            <Link to="/sign-in" className="link">
              {sayShell('signIn')}
            </Link>
          </>
        )}
      </div>
    </main>
  );
}
