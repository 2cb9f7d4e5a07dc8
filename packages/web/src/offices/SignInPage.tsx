import type { Refusal } from '@fangang/domain/basics/result.ts';
import { words } from '@fangang/domain/basics/words.ts';
import { signIn } from '@fangang/domain/offices/api.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useRefresh } from '../platform/asking.ts';
import { call } from '../platform/call.ts';
import { useGoOn } from '../platform/go-on.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { Logo } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';

/** Only a path of our own: a link in a mail must not lead from our sign-in to somebody else's page. */
export function nextPath(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/workbench';
}

interface SigningIn {
  readonly problem: Refusal | Error | null;
  readonly busy: boolean;
  readonly send: (login: string, password: string) => Promise<void>;
}

function useSigningIn(): SigningIn {
  const [problem, setProblem] = useState<Refusal | Error | null>(null);
  const [busy, setBusy] = useState(false);
  const [entered, setEntered] = useState(false);
  const refresh = useRefresh();
  const { next } = useSearch({ from: '/session/sign-in' });
  useGoOn(entered, nextPath(next));
  const send = async (login: string, password: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await call(signIn, { body: { login: login.trim(), password } });
      if (!answer.ok) return setProblem(answer.refusal);
      await refresh('offices');
      setEntered(true);
    } catch (fault) {
      setProblem(fault instanceof Error ? fault : new Error(String(fault)));
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, send };
}

function SignInHead(): ReactNode {
  const say = useWords(words);
  const { language, choose } = useLanguage();
  return (
    <header className="sign-in-head">
      <Logo />
      <button type="button" className="head-button" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
        {say('switchLanguage')}
      </button>
    </header>
  );
}

/** Sign-in of staff: two fields, one key. In the sample it points to the roles of the first screen. */
export function SignInPage(): ReactNode {
  const say = useWords(words);
  const { sample } = useSession();
  const { problem, busy, send } = useSigningIn();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [seen, setSeen] = useState(false);
  const [asked, setAsked] = useState(false);
  useTitle(say('signInTitle'));
  const missing = (value: string): string | undefined =>
    asked && value === '' ? say('signInNeedsBoth') : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (login && password) void send(login, password);
  };
  return (
    <main className="sign-in">
      <SignInHead />
      <form onSubmit={submit} noValidate>
        <h1>{say('signInWelcome')}</h1>
        {problem && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
        <TextField
          label={say('login')}
          value={login}
          onChange={setLogin}
          error={missing(login)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <TextField
          label={say('password')}
          value={password}
          onChange={setPassword}
          error={missing(password)}
          type={seen ? 'text' : 'password'}
          autoComplete="current-password"
        />
        <Button kind="link" onPress={() => setSeen(!seen)} aria-pressed={seen}>
          {seen ? say('hidePassword') : say('showPassword')}
        </Button>
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('signIn')}
        </Button>
        <p className="labelled-hint">{say('signInHelp')}</p>
        {sample && (
          <Link to="/" className="link">
            {say('doorsWithoutSignIn')}
          </Link>
        )}
      </form>
    </main>
  );
}
