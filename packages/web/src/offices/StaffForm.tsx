import { listOffices, type StaffLine } from '@fangang/domain/offices/api-staff.ts';
import { isAdministrator, Role } from '@fangang/domain/offices/schema.ts';
import { roleWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, SelectField, TextField } from '../platform/ui/Form.tsx';
import { PickOne } from '../platform/ui/PickOne.tsx';
import { AddOffice } from './AddOffice.tsx';
import { PickArea } from './PickArea.tsx';

/** What a form about an account holds. */
export interface StaffFields {
  readonly name: string;
  readonly role: Role | '';
  readonly area: string;
  readonly officeId: string | null;
}

export function useStaffFields(of?: StaffLine): [StaffFields, (more: Partial<StaffFields>) => void] {
  const { areaCode } = useStaff();
  const [fields, setFields] = useState<StaffFields>(
    of
      ? { name: of.name, role: of.role, area: of.area, officeId: of.officeId }
      : { name: '', role: '', area: areaCode, officeId: null },
  );
  return [fields, (more) => setFields((now) => ({ ...now, ...more }))];
}

function PickOffice({
  value,
  onChange,
  error,
}: {
  value: string | null;
  onChange: (officeId: string | null) => void;
  error: string | undefined;
}): ReactNode {
  const say = useWords(staffWords);
  const nameOf = useNames();
  const [adding, setAdding] = useState(false);
  const { data } = useRead(listOffices, { query: {} });
  const options = (data?.offices ?? []).map((it) => ({
    value: it.id,
    label: `${it.name} · ${nameOf(it.areaName, it.areaPinyin)}`,
    find: `${it.name} ${it.areaName} ${it.areaPinyin}`,
  }));
  const added = (officeId: string): void => {
    setAdding(false);
    onChange(officeId);
  };
  if (adding) return <AddOffice onAdded={added} onCancel={() => setAdding(false)} />;
  return (
    <div>
      <Labelled
        label={say('office')}
        {...(data?.offices.length === 0 && { hint: say('officeNone') })}
        error={error}
      >
        {({ id }) => (
          <PickOne id={id} label={say('office')} value={value} options={options} onChange={onChange} />
        )}
      </Labelled>
      <Button kind="link" onPress={() => setAdding(true)}>
        {say('addOffice')}
      </Button>
    </div>
  );
}

/** Name, role, area and office of an account; an administrator's role is offered for a new account only. */
export function StaffFormFields({
  fields,
  change,
  isNew,
  asked,
}: {
  fields: StaffFields;
  change: (more: Partial<StaffFields>) => void;
  isNew: boolean;
  asked: boolean;
}): ReactNode {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const needed = (empty: boolean): string | undefined => (asked && empty ? say('needed') : undefined);
  const roles = Role.options.filter((it) => it !== 'employer' && (isNew || !isAdministrator(it)));
  return (
    <>
      <TextField
        label={say('name')}
        value={fields.name}
        onChange={(name) => change({ name })}
        error={needed(fields.name.trim() === '')}
        maxLength={40}
        autoComplete="off"
      />
      <SelectField<Role>
        label={say('role')}
        value={fields.role}
        options={roles.map((value) => ({ value, label: sayRole(value) }))}
        onChange={(role) => change({ role })}
        error={needed(fields.role === '')}
      />
      <PickArea value={fields.area} onChange={(area) => change({ area })} />
      <PickOffice
        value={fields.officeId}
        onChange={(officeId) => change({ officeId })}
        error={needed(fields.officeId === null)}
      />
    </>
  );
}
