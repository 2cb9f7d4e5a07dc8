import { editPerson } from '@fangang/domain/people/api-registry.ts';
import { EDUCATIONS, NATIONS, RELATIONS, type StandardCode } from '@fangang/domain/people/codes.ts';
import { LaborAbility, PhoneOwner } from '@fangang/domain/people/registry.ts';
import { rosterWords } from '@fangang/domain/people/roster-words.ts';
import { peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import {
  abilityWords,
  phoneOwnerWords,
  recordFieldWords,
  recordWords,
  registryRefusalWords,
} from '@fangang/domain/people/words-registry.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLanguage, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { Check, SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { PickHome } from './PickPlace.tsx';
import type { PersonRecordRead } from './record-read.ts';
import { useRecordWrite } from './use-record-write.ts';

type Facts = PersonRecordRead['facts'];
type Field = keyof typeof recordFieldWords;

/** Shown in this order, and edited in this order. */
const SHOWN = [
  'relation',
  'household',
  'registeredPlace',
  'address',
  'nation',
  'education',
  'laborAbility',
  'jobType',
  'workplace',
  'phoneOwner',
] as const satisfies readonly Field[];

function FactList({ facts }: { facts: Facts }): ReactNode {
  const say = useWords(recordWords);
  const sayField = useWords(recordFieldWords);
  const sayAbility = useWords(abilityWords);
  const sayOwner = useWords(phoneOwnerWords);
  const value = (field: (typeof SHOWN)[number]): string | null => {
    if (field === 'laborAbility') return facts.laborAbility && sayAbility(facts.laborAbility);
    if (field === 'phoneOwner') return facts.phoneOwner && sayOwner(facts.phoneOwner);
    return facts[field];
  };
  return (
    <dl className="facts">
      {SHOWN.map((field) => [
        <dt key={field}>{sayField(field)}</dt>,
        <dd key={`${field} value`}>{value(field) ?? say('none')}</dd>,
      ])}
    </dl>
  );
}

/** A choice among a standard's entries; what the books say in other words stays one of the choices. */
function Coded({
  field,
  table,
  value,
  onChange,
}: {
  field: Field;
  table: readonly StandardCode[];
  value: string;
  onChange: (text: string) => void;
}): ReactNode {
  const say = useWords(recordWords);
  const sayField = useWords(recordFieldWords);
  const { language } = useLanguage();
  const own = value !== '' && !table.some((it) => it.zh === value) ? [{ value, label: value }] : [];
  const options = table.map((it) => ({ value: it.zh, label: it[language] }));
  return (
    <SelectField
      label={sayField(field)}
      value={value}
      options={[{ value: '', label: say('none') }, ...own, ...options]}
      onChange={onChange}
    />
  );
}

type Typed = Partial<Record<Field, string>>;

/** A number is never shown in a form: what is typed replaces it, a tick takes it away. */
function NumberField({
  field,
  has,
  typed,
  set,
}: {
  field: 'idNumber' | 'phone' | 'phone2';
  has: boolean;
  typed: Typed;
  set: (field: Field, text: string | undefined) => void;
}): ReactNode {
  const say = useWords(recordWords);
  const sayField = useWords(recordFieldWords);
  const taken = has && typed[field] === '';
  return (
    <>
      <TextField
        label={sayField(field)}
        hint={has ? say('numberHint') : undefined}
        value={typed[field] ?? ''}
        onChange={(text) => set(field, text === '' ? undefined : text)}
        disabled={taken}
        autoComplete="off"
      />
      {has && (
        <Check
          label={say('takeNumber', { field: sayField(field) })}
          checked={taken}
          onChange={(off) => set(field, off ? '' : undefined)}
        />
      )}
    </>
  );
}

function EditFields({
  facts,
  typed,
  set,
}: {
  facts: Facts;
  typed: Typed;
  set: (field: Field, text: string | undefined) => void;
}): ReactNode {
  const say = useWords(recordWords);
  const sayPeople = useWords(peopleWords);
  const sayField = useWords(recordFieldWords);
  const sayAbility = useWords(abilityWords);
  const sayOwner = useWords(phoneOwnerWords);
  const now = (field: Exclude<Field, 'idNumber' | 'phone' | 'phone2'>): string =>
    typed[field] ?? facts[field] ?? '';
  const text = (field: Exclude<Field, 'idNumber' | 'phone' | 'phone2'>, most = 100): ReactNode => (
    <TextField
      label={sayField(field)}
      value={now(field)}
      onChange={(it) => set(field, it)}
      maxLength={most}
      autoComplete="off"
    />
  );
  const choice = <K extends string>(
    field: 'gender' | 'laborAbility' | 'phoneOwner' | 'phone2Owner',
    options: readonly K[],
    word: (it: K) => string,
  ): ReactNode => (
    <SelectField<K | ''>
      label={sayField(field)}
      value={now(field) as K | ''}
      options={[
        { value: '' as const, label: say('none') },
        ...options.map((value) => ({ value, label: word(value) })),
      ]}
      onChange={(it) => set(field, it)}
    />
  );
  return (
    <>
      {text('name', 60)}
      <NumberField field="idNumber" has={facts.idTail !== ''} typed={typed} set={set} />
      {facts.idTail === '' && choice('gender', ['male', 'female'], (it) => sayPeople(it))}
      {facts.idTail === '' && (
        <DateField label={sayField('birth')} value={now('birth')} onChange={(it) => set('birth', it)} />
      )}
      <NumberField field="phone" has={facts.phoneTail !== ''} typed={typed} set={set} />
      {choice('phoneOwner', PhoneOwner.options, sayOwner)}
      <NumberField field="phone2" has={facts.hasSecondPhone} typed={typed} set={set} />
      {choice('phone2Owner', PhoneOwner.options, sayOwner)}
      <PickHome value={now('area')} onChange={(it) => set('area', it ?? undefined)} />
      {text('address', 200)}
      {text('registeredPlace')}
      {text('household', 40)}
      <Coded
        field="relation"
        table={RELATIONS}
        value={now('relation')}
        onChange={(it) => set('relation', it)}
      />
      <Coded field="nation" table={NATIONS} value={now('nation')} onChange={(it) => set('nation', it)} />
      <Coded
        field="education"
        table={EDUCATIONS}
        value={now('education')}
        onChange={(it) => set('education', it)}
      />
      {choice('laborAbility', LaborAbility.options, sayAbility)}
      {text('jobType')}
      {text('workplace')}
    </>
  );
}

function EditForm({
  personId,
  facts,
  onDone,
}: {
  personId: string;
  facts: Facts;
  onDone: () => void;
}): ReactNode {
  const say = useWords(recordWords);
  const { save, busy, problem } = useRecordWrite(editPerson);
  const [typed, setTyped] = useState<Typed>({});
  const set = (field: Field, text: string | undefined): void =>
    setTyped(({ [field]: _, ...rest }) => (text === undefined ? rest : { ...rest, [field]: text }));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const ask = { params: { personId }, body: { edit: typed as never } };
    if (await save(ask, ({ fields }) => (fields.length === 0 ? 'nothingChanged' : 'saved'))) onDone();
  };
  return (
    <form className="people-form" onSubmit={(event) => void submit(event)} noValidate>
      <EditFields facts={facts} typed={typed} set={set} />
      {problem !== null && (
        <ErrorNote error={problem} tables={[registryRefusalWords, peopleRefusalWords, rosterWords]} />
      )}
      <p>
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('save')}
        </Button>
        <Button onPress={onDone}>{say('cancel')}</Button>
      </p>
    </form>
  );
}

/** Facts of a record, and the form to correct them. */
export function RecordFacts({ personId, facts }: { personId: string; facts: Facts }): ReactNode {
  const say = useWords(recordWords);
  const [editing, setEditing] = useState(false);
  if (editing) return <EditForm personId={personId} facts={facts} onDone={() => setEditing(false)} />;
  return (
    <>
      <FactList facts={facts} />
      <p>
        <Button onPress={() => setEditing(true)}>{say('edit')}</Button>
      </p>
    </>
  );
}
