import { addPerson } from '@fangang/domain/people/api.ts';
import { rosterWords } from '@fangang/domain/people/roster-words.ts';
import { fieldWords, peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PickHome } from './PickPlace.tsx';
import './people.css';

/** Puts one person on the books; then the drawer of that person opens for the wish. */
export function AddPerson({
  season,
  onAdded,
  onClose,
}: {
  season: string;
  onAdded: (personId: string) => void;
  onClose: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const sayField = useWords(fieldWords);
  const toast = useToast();
  const { areaCode } = useStaff();
  const { send, busy } = useWrite(addPerson, ['trips']);
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [phone, setPhone] = useState('');
  const [area, setArea] = useState<string | null>(areaCode.endsWith('000000') ? null : areaCode);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async (home: string): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ body: { season, name, idNumber, phone, area: home } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('added', { name }) });
      onAdded(answer.value.personId);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== '' && area !== null) void save(area);
  };
  const missing = (empty: boolean): string | undefined => (asked && empty ? say('startNeeds') : undefined);
  return (
    <Drawer title={say('add')} sub={say('personNext')} onClose={onClose}>
      <form className="people-form" onSubmit={submit} noValidate>
        {problem !== null && <ErrorNote error={problem} tables={[peopleRefusalWords, rosterWords]} />}
        <TextField
          label={sayField('name')}
          value={name}
          onChange={setName}
          error={missing(name.trim() === '')}
          autoComplete="off"
          autoFocus
        />
        <TextField
          label={sayField('idNumber')}
          hint={say('idHint')}
          value={idNumber}
          onChange={setIdNumber}
          autoComplete="off"
        />
        <TextField label={sayField('phone')} value={phone} onChange={setPhone} autoComplete="off" />
        <PickHome value={area} onChange={setArea} />
        {missing(area === null) && <p className="labelled-error">{missing(area === null)}</p>}
        <p>
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {say('save')}
          </Button>
        </p>
      </form>
    </Drawer>
  );
}
