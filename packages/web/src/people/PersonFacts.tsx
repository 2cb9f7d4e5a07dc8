import { holdsLedger } from '@fangang/domain/offices/schema.ts';
import { type NumberKind, RevealPurpose, revealNumber } from '@fangang/domain/people/api.ts';
import { careWords, channelWords, peopleRefusalWords, peopleWords } from '@fangang/domain/people/words.ts';
import { type ReactNode, useState } from 'react';
import { call } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import type { PersonRead } from './WishForm.tsx';
import './people.css';

/** A number by its tail; in full for a purpose, until the drawer closes. */
function MaskedNumber({
  personId,
  what,
  tail,
}: {
  personId: string;
  what: NumberKind;
  tail: string;
}): ReactNode {
  const say = useWords(peopleWords);
  const { role } = useStaff();
  const [number, setNumber] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const show = async (purpose: RevealPurpose): Promise<void> => {
    setProblem(null);
    try {
      const answer = await call(revealNumber, { params: { personId }, query: { what, purpose } });
      if (!answer.ok) return setProblem(answer.refusal);
      setNumber(answer.value.number);
      setAsking(false);
    } catch (fault) {
      setProblem(fault);
    }
  };
  if (number !== null) return <b>{number}</b>;
  return (
    <span className="people-number">
      <span>•••• {tail}</span>
      {!asking && !holdsLedger(role) && (
        <Button kind="link" onPress={() => setAsking(true)}>
          {say('showNumber')}
        </Button>
      )}
      {asking && (
        <SelectField<RevealPurpose>
          label={say('purpose')}
          value=""
          options={RevealPurpose.options.map((value) => ({ value, label: say(value) }))}
          onChange={(purpose) => void show(purpose)}
        />
      )}
      {problem !== null && <ErrorNote error={problem} tables={[peopleRefusalWords]} />}
    </span>
  );
}

type People = PersonRead['person']['household'];

/** Names of people, one after the other. */
export function Others({ people }: { people: People }): ReactNode {
  const nameOf = useNames();
  return people.map((it) => nameOf(it.name, it.pinyin)).join('、');
}

/** Who somebody is and where from; numbers by their tails. */
export function PersonFacts({ person }: { person: PersonRead['person'] }): ReactNode {
  const say = useWords(peopleWords);
  const sayCare = useWords(careWords);
  const sayChannel = useWords(channelWords);
  const nameOf = useNames();
  const { id } = person;
  return (
    <dl className="facts">
      <dt>{say('home')}</dt>
      <dd>{nameOf(person.areaName, person.areaPinyin)}</dd>
      <dt>{say('born')}</dt>
      <dd>
        {person.birth ?? say('nowhere')} {person.gender && say(person.gender)}
      </dd>
      <dt>{say('idTail')}</dt>
      <dd>
        {person.hasId ? (
          <MaskedNumber personId={id} what="idNumber" tail={person.idTail} />
        ) : (
          say('withoutPapers')
        )}
      </dd>
      <dt>{say('phoneTail')}</dt>
      <dd>
        {person.hasPhone ? (
          <MaskedNumber personId={id} what="phone" tail={person.phoneTail} />
        ) : (
          say('nowhere')
        )}
        {person.hasSecondPhone && <MaskedNumber personId={id} what="phone2" tail="" />}
      </dd>
      {person.household.length > 0 && (
        <>
          <dt>{say('household')}</dt>
          <dd>
            <Others people={person.household} />
          </dd>
        </>
      )}
      {person.careGroups.length > 0 && (
        <>
          <dt>{say('careGroups')}</dt>
          <dd>{person.careGroups.map((it) => sayCare(it)).join('、')}</dd>
        </>
      )}
      <dt>{say('registered')}</dt>
      <dd>
        {momentOf(person.registeredAt)} {sayChannel(person.channel)}
      </dd>
    </dl>
  );
}
