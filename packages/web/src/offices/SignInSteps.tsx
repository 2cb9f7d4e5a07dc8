import { readAccount } from '@fangang/domain/offices/api-account.ts';
import { askPasskey, giveCode, signInWithPasskey, signOut } from '@fangang/domain/offices/api-sign-in.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import type { ReactNode } from 'react';
import { useRead, useRefresh } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import type { PendingHere } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { ConfirmForm } from './ConfirmForm.tsx';
import { AddPasskey } from './PasskeyPart.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { answerWithPasskey, passkeysPossible } from './passkey-browser.ts';
import { AddTotp } from './TotpPart.tsx';
import { useStep } from './use-step.ts';

/** Signs in with a passkey: the second step of an account, or the whole of it. */
export function PasskeyButton({ onDone }: { onDone: () => void }): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const sign = async (): Promise<void> => {
    const done = await run(async () => {
      const asked = await call(askPasskey, { body: { key: newKey() } });
      if (!asked.ok) return asked;
      const answer = await answerWithPasskey(asked.value.options);
      if (!answer.ok) return answer;
      return call(signInWithPasskey, { body: { answer: answer.value, key: newKey() } });
    });
    if (done) onDone();
  };
  if (!passkeysPossible()) return null;
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <Button busy={busy} onPress={() => void sign()}>
        {say('passkeySignIn')}
      </Button>
    </>
  );
}

function SecondFactor({ pending, onDone }: { pending: PendingHere; onDone: () => void }): ReactNode {
  const say = useWords(accountWords);
  return (
    <>
      {pending.passkey && <PasskeyButton onDone={onDone} />}
      <ConfirmForm
        label={say('codeTitle')}
        hint={say('codeHint')}
        button={say('goOn')}
        kind="code"
        send={(code) => call(giveCode, { body: { code, key: newKey() } })}
        onDone={onDone}
      />
    </>
  );
}

function NewPassword({ onDone }: { onDone: () => void }): ReactNode {
  const say = useWords(accountWords);
  const account = useRead(readAccount, undefined);
  if (account.error) return <ErrorNote error={account.error} tables={[officeRefusalWords]} />;
  if (!account.data) return <Loading />;
  const { settings, totpSince, passkeys } = account.data;
  return (
    <>
      <p className="labelled-hint">{say('mustChangeWhy')}</p>
      <PasswordForm
        settings={settings}
        hasSecondFactor={totpSince !== null || passkeys.length > 0}
        onDone={onDone}
      />
    </>
  );
}

function Enrol({ onDone }: { onDone: () => void }): ReactNode {
  const say = useWords(accountWords);
  const account = useRead(readAccount, undefined);
  if (account.error) return <ErrorNote error={account.error} tables={[officeRefusalWords]} />;
  if (!account.data) return <Loading />;
  return (
    <>
      <p className="labelled-hint">{say('mustEnrolWhy')}</p>
      <AddTotp asked={account.data.proof} onDone={onDone} />
      <AddPasskey asked={account.data.proof} onDone={onDone} />
    </>
  );
}

const TITLES = {
  secondFactor: 'secondFactor',
  changePassword: 'mustChangeTitle',
  enrolSecondFactor: 'mustEnrolTitle',
} as const satisfies Record<PendingHere['step'], keyof typeof accountWords>;

/** What is left between a password and the house. */
export function SignInSteps({ pending, onDone }: { pending: PendingHere; onDone: () => void }): ReactNode {
  const say = useWords(accountWords);
  const refresh = useRefresh();
  const leave = async (): Promise<void> => {
    await call(signOut, { body: {} });
    await refresh('offices');
  };
  return (
    <div className="sign-in-steps">
      <p className="labelled-hint">{say('helloStep', { name: pending.name })}</p>
      <h1>{say(TITLES[pending.step])}</h1>
      {pending.step === 'secondFactor' && <SecondFactor pending={pending} onDone={onDone} />}
      {pending.step === 'changePassword' && <NewPassword onDone={onDone} />}
      {pending.step === 'enrolSecondFactor' && <Enrol onDone={onDone} />}
      <Button kind="link" onPress={() => void leave()}>
        {say('otherAccount')}
      </Button>
    </div>
  );
}
