import { changePassword } from '@fangang/domain/offices/api-account.ts';
import { PASSWORD_RULES } from '@fangang/domain/offices/rules-password.ts';
import type { SignInSettings } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call, newKey } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useStep } from './use-step.ts';

/** What the profile of this installation asks of a new password, in one line. */
function useRulesLine(settings: SignInSettings, hasSecondFactor: boolean): string {
  const say = useWords(accountWords);
  const { kinds, days, least, leastWithSecondFactor } = PASSWORD_RULES[settings.profile];
  const n = hasSecondFactor ? leastWithSecondFactor : least;
  return days === null ? say('rulesOwasp', { n }) : say('rulesDengbao', { n, kinds, days });
}

/** The current password and a new one. Done, the session has a new token and every other one has ended. */
export function PasswordForm({
  settings,
  hasSecondFactor,
  onDone,
  onCancel,
}: {
  settings: SignInSettings;
  hasSecondFactor: boolean;
  onDone: () => void;
  onCancel?: () => void;
}): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const rules = useRulesLine(settings, hasSecondFactor);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!current || !next) return;
    const done = await run(() => call(changePassword, { body: { current, next, key: newKey() } }));
    if (done) onDone();
  };
  return (
    <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <TextField
        label={say('currentPassword')}
        value={current}
        onChange={setCurrent}
        type="password"
        autoComplete="current-password"
        autoFocus
      />
      <TextField
        label={say('newPassword')}
        hint={rules}
        value={next}
        onChange={setNext}
        type="password"
        autoComplete="new-password"
      />
      <p className="office-steps">
        <Button kind="main" submit busy={busy} disabled={!current || !next} onPress={() => undefined}>
          {say('changePassword')}
        </Button>
        {onCancel && <Button onPress={onCancel}>{say('cancel')}</Button>}
      </p>
    </form>
  );
}
