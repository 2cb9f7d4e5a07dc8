import {
  changeStaff,
  declineStaff,
  grantStaff,
  resetPassword,
  type StaffLine,
  setStaffActive,
} from '@fangang/domain/offices/api-staff.ts';
import { isAdministrator, Recognized } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { Check, SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { FirstPassword } from './FirstPassword.tsx';
import { StaffFormFields, useStaffFields } from './StaffForm.tsx';
import { useStep } from './use-step.ts';

/** State of an account as colour, shape and word. */
export function StaffState({ staff }: { staff: StaffLine }): ReactNode {
  const say = useWords(staffWords);
  if (staff.state === 'active' && staff.mustChange)
    return <StatusMark kind="now">{say('mustChange')}</StatusMark>;
  const kind = { active: 'done', waiting: 'held', shut: 'none' } as const;
  return <StatusMark kind={kind[staff.state]}>{say(`state.${staff.state}`)}</StatusMark>;
}

function Facts({ staff }: { staff: StaffLine }): ReactNode {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const nameOf = useNames();
  return (
    <dl className="facts">
      <dt>{say('role')}</dt>
      <dd>{sayRole(staff.role)}</dd>
      <dt>{say('area')}</dt>
      <dd>{nameOf(staff.areaName, staff.areaPinyin)}</dd>
      <dt>{say('office')}</dt>
      <dd>{staff.officeName}</dd>
      <dt>{say('state')}</dt>
      <dd>
        <StaffState staff={staff} />
      </dd>
      <dt>{say('since')}</dt>
      <dd>{momentOf(staff.createdAt)}</dd>
    </dl>
  );
}

function ChangeForm({ staff, onDone }: { staff: StaffLine; onDone: () => void }): ReactNode {
  const say = useWords(staffWords);
  const toast = useToast();
  const { send, busy } = useWrite(changeStaff);
  const { problem, run } = useStep();
  const [fields, change] = useStaffFields(staff);
  const [asked, setAsked] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    const { name, role, area, officeId } = fields;
    if (!name.trim() || role === '' || officeId === null) return;
    const body = { name: name.trim(), role, area, officeId };
    if (!(await run(() => send({ params: { id: staff.id }, body })))) return;
    toast({ text: say('changed') });
    onDone();
  };
  return (
    <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <StaffFormFields fields={fields} change={change} isNew={false} asked={asked} />
      <p className="office-steps">
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('save')}
        </Button>
        <Button onPress={onDone}>{say('cancel')}</Button>
      </p>
    </form>
  );
}

function ResetPart({ staff }: { staff: StaffLine }): ReactNode {
  const say = useWords(staffWords);
  const { send, busy } = useWrite(resetPassword);
  const { problem, run } = useStep();
  const [factorToo, setFactorToo] = useState(false);
  const [recognized, setRecognized] = useState<Recognized | ''>('');
  const [password, setPassword] = useState<string | null>(null);
  const reset = async (): Promise<void> => {
    const body = { secondFactorToo: factorToo, ...(factorToo && recognized !== '' && { recognized }) };
    const done = await run(() => send({ params: { id: staff.id }, body }));
    if (done) setPassword(done.password);
  };
  if (password !== null) return <FirstPassword password={password} kind="whole" />;
  return (
    <div className="office-form">
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <Check label={say('resetFactor')} checked={factorToo} onChange={setFactorToo} />
      {factorToo && (
        <SelectField
          label={say('recognized')}
          hint={say('recognizedWhy')}
          value={recognized}
          options={Recognized.options.map((it) => ({ value: it, label: say(`recognized.${it}`) }))}
          onChange={setRecognized}
        />
      )}
      <p>
        <Button busy={busy} onPress={() => void reset()}>
          {say('reset')}
        </Button>
      </p>
    </div>
  );
}

/** Shuts an account, with a way back; or opens it again. */
function ActivePart({ staff }: { staff: StaffLine }): ReactNode {
  const say = useWords(staffWords);
  const toast = useToast();
  const { send, busy } = useWrite(setStaffActive);
  const { problem, run } = useStep();
  const set = async (active: boolean): Promise<void> => {
    const done = await run(() => send({ params: { id: staff.id }, body: { active } }));
    if (!done) return;
    const text = say(active ? 'opened' : 'shutDone', { name: staff.name });
    const undo = (): void => void set(true);
    toast({ text, ...(!active && !isAdministrator(staff.role) && { undo }) });
  };
  const open = staff.state === 'shut';
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <Button kind={open ? 'plain' : 'danger'} busy={busy} onPress={() => void set(open)}>
        {say(open ? 'open' : 'shut')}
      </Button>
    </>
  );
}

function GrantPart({ staff, onClose }: { staff: StaffLine; onClose: () => void }): ReactNode {
  const say = useWords(staffWords);
  const toast = useToast();
  const grant = useWrite(grantStaff);
  const decline = useWrite(declineStaff);
  const { problem, run } = useStep();
  const [password, setPassword] = useState<string | null>(null);
  const yes = async (): Promise<void> => {
    const done = await run(() => grant.send({ params: { id: staff.id }, body: {} }));
    if (!done) return;
    setPassword(done.password);
    toast({ text: say('granted', { name: staff.name }) });
  };
  const no = async (): Promise<void> => {
    if (!(await run(() => decline.send({ params: { id: staff.id }, body: {} })))) return;
    toast({ text: say('declined') });
    onClose();
  };
  if (password !== null) return <FirstPassword password={password} kind="secondHalf" />;
  if (staff.state !== 'waiting') return null;
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <p className="office-steps">
        <Button kind="main" busy={grant.busy} onPress={() => void yes()}>
          {say('grant')}
        </Button>
        <Button busy={decline.busy} onPress={() => void no()}>
          {say('decline')}
        </Button>
      </p>
    </>
  );
}

function Steps({ staff, onClose }: { staff: StaffLine; onClose: () => void }): ReactNode {
  const say = useWords(staffWords);
  const { role } = useStaff();
  const [changing, setChanging] = useState(false);
  const administrator = isAdministrator(staff.role);
  if (role === 'securityAdministrator' && administrator) {
    return (
      <>
        <GrantPart staff={staff} onClose={onClose} />
        {staff.state === 'active' && <ActivePart staff={staff} />}
      </>
    );
  }
  if (role !== 'systemAdministrator' || administrator) return null;
  if (changing) return <ChangeForm staff={staff} onDone={() => setChanging(false)} />;
  return (
    <>
      {staff.state === 'active' && <ResetPart staff={staff} />}
      <p className="office-steps">
        <Button onPress={() => setChanging(true)}>{say('change')}</Button>
        <ActivePart staff={staff} />
      </p>
    </>
  );
}

/** One account: what it is, and what the administrator who looks may do with it. */
export function StaffDrawer({ staff, onClose }: { staff: StaffLine; onClose: () => void }): ReactNode {
  const nameOf = useNames();
  return (
    <Drawer title={nameOf(staff.name, staff.namePinyin)} sub={staff.login} onClose={onClose}>
      <Facts staff={staff} />
      <div className="office-drawer">
        <Steps staff={staff} onClose={onClose} />
      </div>
    </Drawer>
  );
}
