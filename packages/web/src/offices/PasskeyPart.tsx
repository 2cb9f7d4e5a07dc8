import { accept } from '@fangang/domain/basics/result.ts';
import {
  addPasskey,
  offerPasskey,
  type Proof,
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
import { type Asked, ProveForm } from './ProveForm.tsx';
import { makePasskey, passkeysPossible } from './passkey-browser.ts';
import { useStep } from './use-step.ts';

type Passkey = ReplyOf<typeof readAccount>['passkeys'][number];

type Offer = ReplyOf<typeof offerPasskey>;

const offer = (proof: Proof) => call(offerPasskey, { body: { ...proof, key: newKey() } });

/** Asks who it is where that has to be asked, names a passkey and lets the browser make it. */
export function AddPasskey({
  asked,
  onDone,
  onCancel,
}: {
  asked: Asked;
  onDone: () => void;
  onCancel?: () => void;
}): ReactNode {
  const say = useWords(accountWords);
  const [offered, setOffered] = useState<Offer | null>(null);
  const [asking, setAsking] = useState(onCancel !== undefined);
  if (!passkeysPossible()) return <p className="labelled-hint">{say('passkeyUnable')}</p>;
  const leave = onCancel ?? (() => setAsking(false));
  if (asked === 'none' || offered) {
    return (
      <NamePasskey offered={offered} onSpent={() => setOffered(null)} onDone={onDone} onCancel={onCancel} />
    );
  }
  if (!asking) return <Button onPress={() => setAsking(true)}>{say('addPasskey')}</Button>;
  return <ProveForm asked={asked} button={say('goOn')} send={offer} onDone={setOffered} onCancel={leave} />;
}

/** The name, and the browser's part. An offer is good for one try. */
function NamePasskey({
  offered,
  onSpent,
  onDone,
  onCancel,
}: {
  offered: Offer | null;
  onSpent: () => void;
  onDone: () => void;
  onCancel: (() => void) | undefined;
}): ReactNode {
  const say = useWords(accountWords);
  const { problem, busy, run } = useStep();
  const [name, setName] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run(async () => {
      const open = offered ? accept(offered) : await offer({});
      if (!open.ok) return open;
      const made = await makePasskey(open.value.options);
      if (!made.ok) return made;
      const added = await call(addPasskey, {
        body: { name: name.trim(), answer: made.value, key: newKey() },
      });
      if (!added.ok) onSpent();
      return added;
    });
    if (done) onDone();
  };
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
  asked,
  onChange,
}: {
  asked: Asked;
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
  if (doing === 'add') {
    return <AddPasskey asked={asked} onDone={() => done(say('passkeyAdded'))} onCancel={leave} />;
  }
  if (doing) {
    return (
      <ProveForm
        asked={asked}
        button={say('remove')}
        send={(proof) => call(removePasskey, { params: { id: doing.id }, body: { ...proof, key: newKey() } })}
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
