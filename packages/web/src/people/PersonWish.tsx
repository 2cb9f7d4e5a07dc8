import { holdsLedger } from '@fangang/domain/offices/schema.ts';
import { withdrawWish } from '@fangang/domain/people/api.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import { WithdrawReason } from '@fangang/domain/people/schema.ts';
import {
  peopleRefusalWords,
  peopleWords,
  wishKindWords,
  wishModeWords,
  wishStatusWords,
  withdrawWords,
} from '@fangang/domain/people/words.ts';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField } from '../platform/ui/Form.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { Others } from './PersonFacts.tsx';
import { WishDays } from './WishDays.tsx';
import { type PersonRead, WishForm } from './WishForm.tsx';
import './people.css';

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

/** What somebody wishes for the season, to change and to take back. */
export function PersonWish({ read, season }: { read: PersonRead; season: string }): ReactNode {
  const say = useWords(peopleWords);
  const { role } = useStaff();
  const [changing, setChanging] = useState(false);
  const { person, wish } = read;
  if (changing) {
    return <WishForm personId={person.id} season={season} wish={wish} onDone={() => setChanging(false)} />;
  }
  return (
    <>
      <h3>{say('wish')}</h3>
      {wish ? <WishFacts wish={wish} /> : <p>{say('noWish')}</p>}
      {!holdsLedger(role) && (
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
