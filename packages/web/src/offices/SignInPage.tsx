import { words } from '@fangang/domain/basics/words.ts';
import { signIn, startProvider } from '@fangang/domain/offices/api-sign-in.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useRefresh } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';
import { useGoOn } from '../platform/go-on.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { Logo } from '../platform/ui/ThreeDoorLine.tsx';
import { useTitle } from '../platform/use-title.ts';
import { nextPath } from './next-path.ts';
import { PasskeyButton, SignInSteps } from './SignInSteps.tsx';
import { useStep } from './use-step.ts';
import './offices.css';

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

/** To the office's own identity provider, where there is one. */
function ProviderButton({ name, next }: { name: string; next: string | undefined }): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const go = async (): Promise<void> => {
    const to = await run(() => call(startProvider, { body: { ...(next && { next }), key: newKey() } }));
    if (to) window.location.assign(to.address);
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <Button busy={busy} onPress={() => void go()}>
        {say('providerSignIn', { name })}
      </Button>
    </>
  );
}

function PasswordSignIn({ onDone }: { onDone: () => void }): ReactNode {
  const say = useWords(words);
  const { problem, busy, run } = useStep();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [seen, setSeen] = useState(false);
  const [asked, setAsked] = useState(false);
  const missing = (value: string): string | undefined =>
    asked && value === '' ? say('signInNeedsBoth') : undefined;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (!login || !password) return;
    const done = await run(() => call(signIn, { body: { login: login.trim(), password } }));
    if (done) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <h1>{say('signInWelcome')}</h1>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
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
    </form>
  );
}

/** Sign-in of staff: two fields, one key, and what is left afterwards. In the sample it points to the roles of the first screen. */
export function SignInPage(): ReactNode {
  const say = useWords(words);
  const sayAccount = useWords(accountWords);
  const refresh = useRefresh();
  const { sample, staff, pending, provider } = useSession();
  const [entered, setEntered] = useState(false);
  // Recovery codes stand on the last step: it stays until they are kept, also when the session has already opened.
  const last = useRef(pending);
  if (pending) last.current = pending;
  const step = pending ?? (staff && !entered ? last.current : null);
  const { next } = useSearch({ from: '/session/sign-in' });
  useTitle(say('signInTitle'));
  useGoOn(entered, nextPath(next));
  const done = async (): Promise<void> => {
    await refresh('offices');
    setEntered(true);
  };
  return (
    <main className="sign-in">
      <SignInHead />
      {step ? (
        <SignInSteps pending={step} onDone={() => void done()} />
      ) : (
        <>
          <PasswordSignIn onDone={() => void done()} />
          <div className="sign-in-steps">
            <PasskeyButton onDone={() => void done()} />
            {provider && <ProviderButton name={provider} next={next} />}
            <p className="labelled-hint">{sayAccount('forgotten')}</p>
            {sample && (
              <Link to="/" className="link">
                {say('doorsWithoutSignIn')}
              </Link>
            )}
          </div>
        </>
      )}
    </main>
  );
}
