import { writePart } from '@fangang/domain/people/api-registry.ts';
import {
  type CareMembership,
  type Certificate,
  type RecordPart,
  RecordSource,
  type Skill,
  type WorkSpell,
} from '@fangang/domain/people/registry.ts';
import { CareGroup } from '@fangang/domain/people/schema.ts';
import { careWords, peopleRefusalWords } from '@fangang/domain/people/words.ts';
import { recordWords, registryRefusalWords, sourceWords } from '@fangang/domain/people/words-registry.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { PickPlace, type Place } from './PickPlace.tsx';
import { useRecordWrite } from './use-record-write.ts';

/** The frame of a part's form: says what is missing, sends what is whole. */
function PartForm({
  personId,
  recordId,
  said,
  onDone,
  children,
}: {
  personId: string;
  recordId: string | undefined;
  /** Undefined while something is missing. */
  said: RecordPart | undefined;
  onDone: () => void;
  children: (asked: boolean) => ReactNode;
}): ReactNode {
  const say = useWords(recordWords);
  const { save, busy, problem } = useRecordWrite(writePart);
  const [asked, setAsked] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (!said) return;
    const body = { write: said, ...(recordId && { recordId }) };
    if (await save({ params: { personId }, body })) onDone();
  };
  return (
    <form className="people-form" onSubmit={(event) => void submit(event)} noValidate>
      {children(asked)}
      {problem !== null && <ErrorNote error={problem} tables={[registryRefusalWords, peopleRefusalWords]} />}
      <p>
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('save')}
        </Button>
        <Button onPress={onDone}>{say('cancel')}</Button>
      </p>
    </form>
  );
}

function SourceField({
  value,
  onChange,
}: {
  value: RecordSource;
  onChange: (it: RecordSource) => void;
}): ReactNode {
  const say = useWords(recordWords);
  const saySource = useWords(sourceWords);
  const options = RecordSource.options.map((it) => ({ value: it, label: saySource(it) }));
  return <SelectField label={say('source')} value={value} options={options} onChange={onChange} />;
}

const orNull = (text: string): string | null => text.trim() || null;

/** Yuan as typed, in fen; undefined where it is no number. */
function fenOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^\d{1,7}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text) * 100) : undefined;
}

type SpellLine = WorkSpell & { id: string; placeName: string };

export function SpellForm({
  personId,
  spell,
  onDone,
}: {
  personId: string;
  spell: SpellLine | null;
  onDone: () => void;
}): ReactNode {
  const say = useWords(recordWords);
  const [place, setPlace] = useState<Place | null>(spell && { code: spell.county, name: spell.placeName });
  const [employer, setEmployer] = useState(spell?.employer ?? '');
  const [occupation, setOccupation] = useState(spell?.occupation ?? '');
  const [pay, setPay] = useState(spell?.monthlyPayFen == null ? '' : String(spell.monthlyPayFen / 100));
  const [fromDay, setFromDay] = useState(spell?.fromDay ?? '');
  const [toDay, setToDay] = useState(spell?.toDay ?? '');
  const [source, setSource] = useState<RecordSource>(spell?.source ?? 'declared');
  const monthlyPayFen = fenOf(pay);
  const whole = place !== null && fromDay !== '' && monthlyPayFen !== undefined;
  const value = whole && {
    county: place.code,
    employer: orNull(employer),
    occupation: orNull(occupation),
    monthlyPayFen,
    fromDay,
    toDay: toDay || null,
    source,
  };
  return (
    <PartForm
      personId={personId}
      recordId={spell?.id}
      said={value ? { part: 'spell', value } : undefined}
      onDone={onDone}
    >
      {(asked) => (
        <>
          <PickPlace label={say('county')} value={place} onChange={setPlace} />
          {asked && place === null && <p className="labelled-error">{say('needed')}</p>}
          <TextField label={say('employer')} value={employer} onChange={setEmployer} maxLength={100} />
          <TextField label={say('occupation')} value={occupation} onChange={setOccupation} maxLength={100} />
          <TextField
            label={say('pay')}
            value={pay}
            onChange={setPay}
            inputMode="decimal"
            error={monthlyPayFen === undefined ? say('payBad') : undefined}
          />
          <DateField
            label={say('fromDay')}
            value={fromDay}
            onChange={setFromDay}
            error={asked && fromDay === '' ? say('needed') : undefined}
          />
          <DateField label={say('toDay')} value={toDay} onChange={setToDay} />
          <SourceField value={source} onChange={setSource} />
        </>
      )}
    </PartForm>
  );
}

export function SkillForm({
  personId,
  skill,
  onDone,
}: {
  personId: string;
  skill: (Skill & { id: string }) | null;
  onDone: () => void;
}): ReactNode {
  const say = useWords(recordWords);
  const [name, setName] = useState(skill?.name ?? '');
  const [years, setYears] = useState(skill?.years == null ? '' : String(skill.years));
  const [source, setSource] = useState<RecordSource>(skill?.source ?? 'declared');
  const whole = name.trim() !== '' && /^\d{0,2}$/.test(years);
  const value = whole && { name: name.trim(), years: years === '' ? null : Number(years), source };
  return (
    <PartForm
      personId={personId}
      recordId={skill?.id}
      said={value ? { part: 'skill', value } : undefined}
      onDone={onDone}
    >
      {(asked) => (
        <>
          <TextField
            label={say('skill')}
            value={name}
            onChange={setName}
            maxLength={100}
            error={asked && name.trim() === '' ? say('needed') : undefined}
          />
          <TextField
            label={say('years')}
            value={years}
            onChange={setYears}
            inputMode="numeric"
            maxLength={2}
          />
          <SourceField value={source} onChange={setSource} />
        </>
      )}
    </PartForm>
  );
}

export function CertificateForm({
  personId,
  certificate,
  onDone,
}: {
  personId: string;
  certificate: (Certificate & { id: string }) | null;
  onDone: () => void;
}): ReactNode {
  const say = useWords(recordWords);
  const [name, setName] = useState(certificate?.name ?? '');
  const [level, setLevel] = useState(certificate?.level ?? '');
  const [number, setNumber] = useState(certificate?.number ?? '');
  const [issuedDay, setIssuedDay] = useState(certificate?.issuedDay ?? '');
  const [expiresDay, setExpiresDay] = useState(certificate?.expiresDay ?? '');
  const value = {
    name: name.trim(),
    level: orNull(level),
    number: orNull(number),
    issuedDay: issuedDay || null,
    expiresDay: expiresDay || null,
  };
  const said = value.name === '' ? undefined : { part: 'certificate' as const, value };
  return (
    <PartForm personId={personId} recordId={certificate?.id} said={said} onDone={onDone}>
      {(asked) => (
        <>
          <TextField
            label={say('certificate')}
            value={name}
            onChange={setName}
            maxLength={100}
            error={asked && !said ? say('needed') : undefined}
          />
          <TextField label={say('level')} value={level} onChange={setLevel} maxLength={100} />
          <TextField
            label={say('number')}
            value={number}
            onChange={setNumber}
            maxLength={60}
            autoComplete="off"
          />
          <DateField label={say('issued')} value={issuedDay} onChange={setIssuedDay} />
          <DateField label={say('expires')} value={expiresDay} onChange={setExpiresDay} />
        </>
      )}
    </PartForm>
  );
}

export function CareForm({
  personId,
  care,
  onDone,
}: {
  personId: string;
  care: (CareMembership & { id: string }) | null;
  onDone: () => void;
}): ReactNode {
  const say = useWords(recordWords);
  const sayCare = useWords(careWords);
  const [kind, setKind] = useState<CareGroup>(care?.kind ?? 'liftedOutOfPoverty');
  const [since, setSince] = useState(care?.since ?? '');
  const [until, setUntil] = useState(care?.until ?? '');
  const [source, setSource] = useState(care?.source ?? '');
  const whole = since !== '' && source.trim() !== '';
  const value = { kind, since, until: until || null, source: source.trim() };
  return (
    <PartForm
      personId={personId}
      recordId={care?.id}
      said={whole ? { part: 'care', value } : undefined}
      onDone={onDone}
    >
      {(asked) => (
        <>
          <SelectField
            label={say('group')}
            value={kind}
            options={CareGroup.options.map((it) => ({ value: it, label: sayCare(it) }))}
            onChange={setKind}
          />
          <DateField
            label={say('since')}
            value={since}
            onChange={setSince}
            error={asked && since === '' ? say('needed') : undefined}
          />
          <DateField label={say('until')} value={until} onChange={setUntil} />
          <TextField
            label={say('source')}
            value={source}
            onChange={setSource}
            maxLength={100}
            error={asked && source.trim() === '' ? say('needed') : undefined}
          />
        </>
      )}
    </PartForm>
  );
}
