import type { Result } from '@fangang/domain/basics/result.ts';
import type { Proof, readAccount } from '@fangang/domain/offices/api-account.ts';
import { FRESH_MIN } from '@fangang/domain/offices/rules-sign-in.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import type { ReactNode } from 'react';
import type { ReplyOf } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { ConfirmForm } from './ConfirmForm.tsx';
import { useStep } from './use-step.ts';

/** What the own account is asked for again, as the server says. */
export type Asked = ReplyOf<typeof readAccount>['proof'];

interface Step<Value> {
  readonly button: string;
  readonly send: (proof: Proof) => Promise<Result<Value>>;
  readonly onDone: (value: Value) => void;
  readonly onCancel: () => void;
}

function Unasked<Value>({ button, send, onDone, onCancel }: Step<Value>): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const go = async (): Promise<void> => {
    const value = await run(() => send({}));
    if (value !== undefined) onDone(value);
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <p className="office-steps">
        <Button kind="main" busy={busy} onPress={() => void go()}>
          {button}
        </Button>
        <Button onPress={onCancel}>{say('cancel')}</Button>
      </p>
    </>
  );
}

/** A step that changes the own ways in: asks who it is again, by what the account has, and then takes the step. */
export function ProveForm<Value>({ asked, ...step }: Step<Value> & { asked: Asked }): ReactNode {
  const say = useWords(accountWords);
  if (asked === 'none') return <Unasked {...step} />;
  if (asked === 'signInAgain') {
    const refusal = { code: 'offices.sign_in_again', facts: { minutes: FRESH_MIN } };
    return (
      <>
        <ErrorNote error={refusal} tables={[officeRefusalWords]} />
        <p className="office-steps">
          <Button onPress={step.onCancel}>{say('cancel')}</Button>
        </p>
      </>
    );
  }
  const { send, ...rest } = step;
  return (
    <ConfirmForm
      {...rest}
      label={say(asked === 'password' ? 'currentPassword' : 'codeTitle')}
      hint={say('proofWhy')}
      kind={asked}
      send={(text) => send(asked === 'password' ? { password: text } : { code: text })}
    />
  );
}
