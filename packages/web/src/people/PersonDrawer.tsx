import {
  type NumberKind,
  RevealPurpose,
  readPerson,
  revealNumber,
  withdrawWish,
} from '@fangang/domain/people/api.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import { WithdrawReason } from '@fangang/domain/people/schema.ts';
import {
  careWords,
  channelWords,
  peopleRefusalWords,
  peopleWords,
  wishKindWords,
  wishModeWords,
  wishStatusWords,
  withdrawWords,
} from '@fangang/domain/people/words.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { call } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { ThreeDoorLine } from '../platform/ui/ThreeDoorLine.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { WishDays } from './WishDays.tsx';
import { type PersonRead, WishForm } from './WishForm.tsx';
import { doorsOf, stateWord } from './wish-doors.ts';
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
      {!asking && role !== 'laborBroker' && (
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

function Others({ people }: { people: People }): ReactNode {
  const nameOf = useNames();
  return people.map((it) => nameOf(it.name, it.pinyin)).join('、');
}

function Facts({ person }: { person: PersonRead['person'] }): ReactNode {
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

function WishFacts({ wish }: { wish: NonNullable<PersonRead['wish']> }): ReactNode {
  const say = useWords(peopleWords);
  const sayKind = useWords(wishKindWords);
  const sayMode = useWords(wishModeWords);
  const sayStatus = useWords(wishStatusWords);
  const nameOf = useNames();
  return (
    <dl className="facts">
      <dt>{say('kind')}</dt>
      <dd>
        {sayKind(wish.kind)} · {sayMode(wish.mode)} · {sayStatus(wish.status)}
      </dd>
      <dt>{say('destination')}</dt>
      <dd>{wish.destinationName ? nameOf(wish.destinationName, wish.destinationPinyin) : say('nowhere')}</dd>
      <dt>{say('gate')}</dt>
      <dd>{wish.gateText ?? say('nowhere')}</dd>
      <dt>{say('days')}</dt>
      <dd>
        <WishDays wish={wish} />
      </dd>
      {wish.companions.length > 0 && (
        <>
          <dt>{say('companions')}</dt>
          <dd>
            <Others people={wish.companions} />
          </dd>
        </>
      )}
      {wish.wheelchair && (
        <>
          <dt>{say('wheelchair')}</dt>
          <dd>✓</dd>
        </>
      )}
      {wish.remark && (
        <>
          <dt>{say('remark')}</dt>
          <dd>{wish.remark}</dd>
        </>
      )}
    </dl>
  );
}

/** Takes a wish back for one of the named reasons. */
function Withdraw({ personId, season }: { personId: string; season: string }): ReactNode {
  const say = useWords(peopleWords);
  const sayWhy = useWords(withdrawWords);
  const toast = useToast();
  const { send } = useWrite(withdrawWish, ['trips']);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const take = async (why: WithdrawReason): Promise<void> => {
    try {
      const answer = await send({ params: { personId }, body: { season, why } });
      if (!answer.ok) return setProblem(answer.refusal);
      toast({ text: say('withdrawn') });
      setAsking(false);
    } catch (fault) {
      setProblem(fault);
    }
  };
  if (!asking) return <Button onPress={() => setAsking(true)}>{say('withdrawWish')}</Button>;
  return (
    <>
      <SelectField<WithdrawReason>
        label={say('why')}
        value=""
        options={WithdrawReason.options.map((value) => ({ value, label: sayWhy(value) }))}
        onChange={(why) => void take(why)}
      />
      {problem !== null && <ErrorNote error={problem} tables={[peopleRefusalWords]} />}
    </>
  );
}

function WishPart({ read, season }: { read: PersonRead; season: string }): ReactNode {
  const say = useWords(peopleWords);
  const { role } = useStaff();
  const [changing, setChanging] = useState(false);
  const { person, wish } = read;
  const doors = doorsOf(wish);
  if (changing) {
    return <WishForm personId={person.id} season={season} wish={wish} onDone={() => setChanging(false)} />;
  }
  return (
    <>
      <h3>
        {say('wish')} {doors && <ThreeDoorLine doors={doors} />} {say(stateWord(wish))}
      </h3>
      {wish ? <WishFacts wish={wish} /> : <p>{say('noWish')}</p>}
      {role !== 'laborBroker' && (
        <p className="people-number">
          <Button kind="main" onPress={() => setChanging(true)}>
            {wish ? say('changeWish') : say('recordWish')}
          </Button>
          {wish && isLive(wish.status) && <Withdraw personId={person.id} season={season} />}
        </p>
      )}
    </>
  );
}

/** One person: who, where, the wish; numbers by their tails. */
export function PersonDrawer({
  personId,
  season,
  onClose,
}: {
  personId: string;
  season: string;
  onClose: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const nameOf = useNames();
  const read = useRead(readPerson, { params: { personId }, query: { season } });
  const person = read.data?.person;
  return (
    <Drawer
      title={person ? nameOf(person.name, person.pinyin) : say('person')}
      sub={person && nameOf(person.areaName, person.areaPinyin)}
      onClose={onClose}
    >
      {read.isLoading && <Loading />}
      {read.error && <ErrorNote error={read.error} tables={[peopleRefusalWords]} />}
      {read.data && (
        <>
          <Facts person={read.data.person} />
          <WishPart key={read.data.wish?.recordedAt ?? 'none'} read={read.data} season={season} />
        </>
      )}
    </Drawer>
  );
}
