import type { Result } from '@fangang/domain/basics/result.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useStep } from './use-step.ts';

/** One field and its button: a password or a code that a step needs. */
export function ConfirmForm<Value>({
  label,
  hint,
  button,
  kind,
  send,
  onDone,
  onCancel,
}: {
  label: string;
  hint?: string;
  button: string;
  kind: 'password' | 'code';
  send: (text: string) => Promise<Result<Value>>;
  onDone: (value: Value) => void;
  onCancel?: () => void;
}): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const [text, setText] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!text.trim()) return;
    const value = await run(() => send(kind === 'code' ? text.trim() : text));
    if (value !== undefined) onDone(value);
    else setText('');
  };
  return (
    <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <TextField
        label={label}
        {...(hint && { hint })}
        value={text}
        onChange={setText}
        type={kind === 'password' ? 'password' : 'text'}
        autoComplete={kind === 'password' ? 'current-password' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={kind === 'password' ? 200 : 60}
        autoFocus
      />
      <p className="office-steps">
        <Button kind="main" submit busy={busy} disabled={!text.trim()} onPress={() => undefined}>
          {button}
        </Button>
        {onCancel && <Button onPress={onCancel}>{say('cancel')}</Button>}
      </p>
    </form>
  );
}
