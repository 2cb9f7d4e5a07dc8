import { askTransfer } from '@fangang/domain/people/api-transfer.ts';
import { rosterWords } from '@fangang/domain/people/roster-words.ts';
import { TRANSFER_WHYS, type TransferWhy } from '@fangang/domain/people/rules-transfer.ts';
import { peopleRefusalWords } from '@fangang/domain/people/words.ts';
import {
  transferRefusalWords,
  transferWhyWords,
  transferWords,
} from '@fangang/domain/people/words-transfer.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PickHome } from './PickPlace.tsx';

/** Asks whoever has this person on its books; nobody is told whether anybody has. */
export function AskTransfer({ onClose }: { onClose: () => void }): ReactNode {
  const say = useWords(transferWords);
  const sayWhy = useWords(transferWhyWords);
  const toast = useToast();
  const { areaCode } = useStaff();
  const { send, busy } = useWrite(askTransfer);
  const [idNumber, setIdNumber] = useState('');
  const [name, setName] = useState('');
  const [tail, setTail] = useState('');
  const [why, setWhy] = useState<TransferWhy>('livesHere');
  const [area, setArea] = useState<string | null>(areaCode.endsWith('000000') ? null : areaCode);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const file = async (home: string): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ body: { idNumber, name, tail, area: home, why } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('sent') });
      onClose();
    } catch (fault) {
      setProblem(fault);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (area !== null) void file(area);
  };
  return (
    <Drawer title={say('ask')} sub={say('askSub')} onClose={onClose}>
      <form className="people-form" onSubmit={submit} noValidate>
        {problem !== null && (
          <ErrorNote error={problem} tables={[transferRefusalWords, peopleRefusalWords, rosterWords]} />
        )}
        <TextField
          label={say('idNumber')}
          hint={say('idHint')}
          value={idNumber}
          onChange={setIdNumber}
          maxLength={40}
          autoComplete="off"
          autoFocus
        />
        <p>{say('orName')}</p>
        <TextField
          label={say('name')}
          value={name}
          onChange={setName}
          maxLength={40}
          autoComplete="off"
          disabled={idNumber.trim() !== ''}
        />
        <TextField
          label={say('tail')}
          value={tail}
          onChange={setTail}
          maxLength={4}
          autoComplete="off"
          disabled={idNumber.trim() !== ''}
        />
        <PickHome value={area} onChange={setArea} />
        {asked && area === null && <p className="labelled-error">{say('needed')}</p>}
        <SelectField
          label={say('why')}
          value={why}
          options={TRANSFER_WHYS.map((value) => ({ value, label: sayWhy(value) }))}
          onChange={setWhy}
        />
        <p>
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {say('send')}
          </Button>{' '}
          <Button onPress={onClose}>{say('cancel')}</Button>
        </p>
      </form>
    </Drawer>
  );
}
