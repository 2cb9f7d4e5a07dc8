import type { Refusal } from '@fangang/domain/basics/result.ts';
import { type readPerson, recordWish } from '@fangang/domain/people/api.ts';
import { rosterWords } from '@fangang/domain/people/roster-words.ts';
import { WishKind, WishMode } from '@fangang/domain/people/schema.ts';
import {
  peopleRefusalWords,
  peopleWords,
  wishKindWords,
  wishModeWords,
} from '@fangang/domain/people/words.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { Check, SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { PickPlace, type Place } from './PickPlace.tsx';
import './people.css';

export type PersonRead = z.output<typeof readPerson.reply>;
type Wish = NonNullable<PersonRead['wish']>;

function placeOf(wish: Wish | null): Place | null {
  return wish?.destination
    ? { code: wish.destination, name: wish.destinationName ?? wish.destination }
    : null;
}

/** What the form holds; the empty one is that of most people: back to the same job by our transport. */
function useWishFields(wish: Wish | null) {
  const [kind, setKind] = useState<WishKind>(wish?.kind ?? 'sameJob');
  const [mode, setMode] = useState<WishMode>(wish?.mode ?? 'ours');
  const [place, setPlace] = useState<Place | null>(placeOf(wish));
  const [gateText, setGateText] = useState(wish?.gateText ?? '');
  const [earliest, setEarliest] = useState(wish?.earliest ?? null);
  const [latest, setLatest] = useState(wish?.latest ?? null);
  const [wheelchair, setWheelchair] = useState(wish?.wheelchair ?? false);
  const [mayPart, setMayPart] = useState(wish?.mayPart ?? false);
  const [remark, setRemark] = useState(wish?.remark ?? '');
  const said = {
    kind,
    mode,
    destination: place?.code ?? null,
    gateText: gateText.trim() || null,
    earliest,
    latest,
    wheelchair,
    mayPart,
    remark: remark.trim() || null,
  };
  return {
    said,
    place,
    set: {
      setKind,
      setMode,
      setPlace,
      setGateText,
      setEarliest,
      setLatest,
      setWheelchair,
      setMayPart,
      setRemark,
    },
  };
}

type Fields = ReturnType<typeof useWishFields>;

function WishFields({ said, place, set }: Fields): ReactNode {
  const say = useWords(peopleWords);
  const sayKind = useWords(wishKindWords);
  const sayMode = useWords(wishModeWords);
  const day = (label: string, value: string | null, onChange: (day: string | null) => void): ReactNode => (
    <DateField label={label} value={value ?? ''} onChange={(it) => onChange(it || null)} />
  );
  return (
    <>
      <SelectField
        label={say('kind')}
        value={said.kind}
        options={WishKind.options.map((value) => ({ value, label: sayKind(value) }))}
        onChange={set.setKind}
      />
      <SelectField
        label={say('mode')}
        value={said.mode}
        options={WishMode.options.map((value) => ({ value, label: sayMode(value) }))}
        onChange={set.setMode}
      />
      <PickPlace label={say('destination')} value={place} onChange={set.setPlace} />
      <TextField label={say('gate')} value={said.gateText ?? ''} onChange={set.setGateText} maxLength={100} />
      {day(say('earliest'), said.earliest, set.setEarliest)}
      {day(say('latest'), said.latest, set.setLatest)}
      <Check label={say('wheelchair')} checked={said.wheelchair} onChange={set.setWheelchair} />
      <Check label={say('mayPart')} checked={said.mayPart} onChange={set.setMayPart} />
      <TextField label={say('remark')} value={said.remark ?? ''} onChange={set.setRemark} maxLength={200} />
    </>
  );
}

/** Records or changes a person's wish by hand. */
export function WishForm({
  personId,
  season,
  wish,
  onDone,
}: {
  personId: string;
  season: string;
  wish: Wish | null;
  onDone: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const toast = useToast();
  const { send, busy } = useWrite(recordWish, ['trips']);
  const [problem, setProblem] = useState<Refusal | unknown>(null);
  const fields = useWishFields(wish);
  const save = async (): Promise<void> => {
    try {
      const answer = await send({ params: { personId }, body: { season, wish: fields.said } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('saved') });
      onDone();
    } catch (fault) {
      setProblem(fault);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="people-form" onSubmit={submit} noValidate>
      {problem !== null && <ErrorNote error={problem} tables={[peopleRefusalWords, rosterWords]} />}
      <WishFields {...fields} />
      <p>
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('save')}
        </Button>{' '}
        <Button onPress={onDone}>{say('cancel')}</Button>
      </p>
    </form>
  );
}
