import { addStaff } from '@fangang/domain/offices/api-staff.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { FirstPassword } from './FirstPassword.tsx';
import { StaffFormFields, useStaffFields } from './StaffForm.tsx';
import { useStep } from './use-step.ts';

/** Puts somebody on the books: an account of the trade opens at once, an administrator's waits for a grant. */
export function AddStaff({ onClose }: { onClose: () => void }): ReactNode {
  const say = useWords(staffWords);
  const { send, busy } = useWrite(addStaff);
  const { problem, run } = useStep();
  const [login, setLogin] = useState('');
  const [fields, change] = useStaffFields();
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<ReplyOf<typeof addStaff> | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    const { name, role, area, officeId } = fields;
    if (login.trim().length < 3 || !name.trim() || role === '' || officeId === null) return;
    const body = { login: login.trim(), name: name.trim(), role, area, officeId };
    const done = await run(() => send({ body }));
    if (done) setMade(done);
  };
  if (made) {
    return (
      <Drawer title={say('add')} onClose={onClose}>
        <p className="office-steps">
          <StatusMark kind={made.half ? 'now' : 'done'}>
            {say(made.half ? 'proposed' : 'added', { name: fields.name })}
          </StatusMark>
        </p>
        <FirstPassword password={made.password} kind={made.half ? 'firstHalf' : 'whole'} />
      </Drawer>
    );
  }
  return (
    <Drawer title={say('add')} sub={say('addSub')} onClose={onClose}>
      <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
        {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
        <TextField
          label={say('login')}
          hint={say('loginHint')}
          error={asked && login.trim().length < 3 ? say('loginHint') : undefined}
          value={login}
          onChange={setLogin}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <StaffFormFields fields={fields} change={change} isNew asked={asked} />
        <p>
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {say('save')}
          </Button>
        </p>
      </form>
    </Drawer>
  );
}
