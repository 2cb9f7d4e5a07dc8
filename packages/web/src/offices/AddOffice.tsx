import { addOffice } from '@fangang/domain/offices/api-staff.ts';
import { OfficeKind } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PickArea } from './PickArea.tsx';
import { useStep } from './use-step.ts';

/** A new office within the own area. Part of the form it stands in: Enter in it adds the office and nothing else. */
export function AddOffice({
  onAdded,
  onCancel,
}: {
  onAdded: (officeId: string) => void;
  onCancel: () => void;
}): ReactNode {
  const say = useWords(staffWords);
  const toast = useToast();
  const { areaCode } = useStaff();
  const { send, busy } = useWrite(addOffice);
  const { problem, run } = useStep();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<OfficeKind>('townStation');
  const [area, setArea] = useState(areaCode);
  const add = async (): Promise<void> => {
    if (name.trim().length < 2) return;
    const done = await run(() => send({ body: { kind, name: name.trim(), area } }));
    if (!done) return;
    toast({ text: say('officeAdded') });
    onAdded(done.officeId);
  };
  return (
    <fieldset className="office-form office-secret">
      <legend>{say('addOffice')}</legend>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <TextField
        label={say('officeName')}
        value={name}
        onChange={setName}
        maxLength={60}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void add();
        }}
        autoFocus
      />
      <SelectField<OfficeKind>
        label={say('officeKind')}
        value={kind}
        options={OfficeKind.options
          .filter((it) => it !== 'employer')
          .map((value) => ({ value, label: say(`kind.${value}`) }))}
        onChange={setKind}
      />
      <PickArea value={area} onChange={setArea} />
      <p className="office-steps">
        <Button busy={busy} disabled={name.trim().length < 2} onPress={() => void add()}>
          {say('addOffice')}
        </Button>
        <Button onPress={onCancel}>{say('cancel')}</Button>
      </p>
    </fieldset>
  );
}
