import {
  addPasskey,
  offerPasskey,
  type readAccount,
  removePasskey,
} from '@fangang/domain/offices/api-account.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call, newKey, type ReplyOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { ConfirmForm } from './ConfirmForm.tsx';
import { makePasskey, passkeysPossible } from './passkey-browser.ts';
import { useStep } from './use-step.ts';

type Passkey = ReplyOf<typeof readAccount>['passkeys'][number];

/** Names a passkey and lets the browser make it. */
export function AddPasskey({ onDone, onCancel }: { onDone: () => void; onCancel?: () => void }): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const [name, setName] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run(async () => {
      const offered = await call(offerPasskey, { body: { key: newKey() } });
      if (!offered.ok) return offered;
      const made = await makePasskey(offered.value.options);
      if (!made.ok) return made;
      return call(addPasskey, { body: { name: name.trim(), answer: made.value, key: newKey() } });
    });
    if (done) onDone();
  };
  if (!passkeysPossible()) return <p className="labelled-hint">{say('passkeyUnable')}</p>;
  return (
    <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <TextField
        label={say('passkeyName')}
        hint={say('passkeyNameHint')}
        value={name}
        onChange={setName}
        maxLength={40}
        autoComplete="off"
      />
      <p className="office-steps">
        <Button submit busy={busy} disabled={!name.trim()} onPress={() => undefined}>
          {say('addPasskey')}
        </Button>
        {onCancel && <Button onPress={onCancel}>{say('cancel')}</Button>}
      </p>
    </form>
  );
}

function PasskeyLine({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }): ReactNode {
  const say = useWords(accountWords);
  return (
    <li>
      <b>{passkey.name}</b>
      <span>
        {passkey.usedAt ? say('passkeyUsed', { at: momentOf(passkey.usedAt) }) : say('passkeyUnused')}
      </span>
      <Button kind="link" onPress={onRemove} aria-label={`${say('remove')} ${passkey.name}`}>
        {say('remove')}
      </Button>
    </li>
  );
}

/** The passkeys of the own account. */
export function PasskeyPart({
  passkeys,
  onChange,
}: {
  passkeys: readonly Passkey[];
  onChange: () => void;
}): ReactNode {
  const say = useWords(accountWords);
  const toast = useToast();
  const [doing, setDoing] = useState<'add' | Passkey | null>(null);
  const done = (text: string): void => {
    setDoing(null);
    toast({ text });
    onChange();
  };
  const leave = (): void => setDoing(null);
  if (doing === 'add') return <AddPasskey onDone={() => done(say('passkeyAdded'))} onCancel={leave} />;
  if (doing) {
    return (
      <ConfirmForm
        label={say('currentPassword')}
        hint={say('removeNeedsPassword')}
        button={say('remove')}
        kind="password"
        send={(password) =>
          call(removePasskey, { params: { id: doing.id }, body: { password, key: newKey() } })
        }
        onDone={() => done(say('passkeyRemoved'))}
        onCancel={leave}
      />
    );
  }
  return (
    <>
      {passkeys.length === 0 ? (
        <p className="labelled-hint">{say('passkeysNone')}</p>
      ) : (
        <ul className="office-list">
          {passkeys.map((it) => (
            <PasskeyLine key={it.id} passkey={it} onRemove={() => setDoing(it)} />
          ))}
        </ul>
      )}
      <Button kind="link" onPress={() => setDoing('add')}>
        {say('addPasskey')}
      </Button>
    </>
  );
}
