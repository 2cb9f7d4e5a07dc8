import { type DeviceLine, enrolDevice, revokeOwnDevice } from '@fangang/domain/offices/api-account.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { newKey } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useSessionWords } from './use-session-words.ts';
import { useStep } from './use-step.ts';

const KEPT_AS = 'fangang.install';

/** The number of this browser as a phone: kept, so that the same phone enrolled again is the same phone. */
function installId(): string {
  try {
    const kept = localStorage.getItem(KEPT_AS) ?? newKey();
    localStorage.setItem(KEPT_AS, kept);
    return kept;
  } catch {
    return newKey();
  }
}

type Phone = DeviceLine & { readonly here: boolean };

function PhoneLine({ phone }: { phone: Phone }): ReactNode {
  const say = useWords(accountWords);
  const words = useSessionWords();
  const toast = useToast();
  const { send, busy } = useWrite(revokeOwnDevice);
  const { run } = useStep();
  const revoke = async (): Promise<void> => {
    const done = await run(() => send({ params: { id: phone.id }, body: {} }));
    if (done) toast({ text: say('revokedNow') });
  };
  return (
    <li>
      <b>{phone.name}</b>
      <span>{words.browser(phone)}</span>
      <StatusMark kind={phone.revokedAt ? 'none' : phone.here ? 'now' : 'done'}>
        {phone.revokedAt
          ? say('revoked', { at: momentOf(phone.revokedAt) })
          : phone.here
            ? say('here')
            : momentOf(phone.seenAt)}
      </StatusMark>
      {!phone.revokedAt && (
        <Button
          kind="link"
          busy={busy}
          onPress={() => void revoke()}
          aria-label={`${say('revoke')} ${phone.name}`}
        >
          {say('revoke')}
        </Button>
      )}
    </li>
  );
}

/** Phones of the field of the own account; the one in the hand can be enrolled. */
export function PhonesPart({ phones }: { phones: readonly Phone[] }): ReactNode {
  const say = useWords(accountWords);
  const toast = useToast();
  const { send, busy } = useWrite(enrolDevice);
  const { problem, run } = useStep();
  const [name, setName] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run(() => send({ body: { name: name.trim(), install: installId() } }));
    if (!done) return;
    setName('');
    toast({ text: say('phoneEnrolled') });
  };
  return (
    <>
      {phones.length === 0 && <p className="labelled-hint">{say('phonesNone')}</p>}
      <ul className="office-list">
        {phones.map((it) => (
          <PhoneLine key={it.id} phone={it} />
        ))}
      </ul>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={say('phoneName')}
          hint={say('phonesNext')}
          placeholder={say('phoneNameHint')}
          value={name}
          onChange={setName}
          maxLength={40}
          autoComplete="off"
        />
        <p className="office-steps">
          <Button submit busy={busy} disabled={!name.trim()} onPress={() => undefined}>
            {say('enrolPhone')}
          </Button>
        </p>
      </form>
    </>
  );
}
