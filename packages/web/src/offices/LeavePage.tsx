import {
  type DelegationLine,
  endDelegationOf,
  giveDelegation,
  listDelegations,
} from '@fangang/domain/offices/api-delegation.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { delegationRefusalWords, delegationWords } from '@fangang/domain/offices/words-delegation.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { DateField } from '../platform/ui/DateField.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { PickArea } from './PickArea.tsx';
import { useStep } from './use-step.ts';
import './offices.css';

const MARK: Readonly<Record<DelegationLine['state'], MarkKind>> = {
  coming: 'todo',
  live: 'now',
  over: 'none',
  ended: 'none',
};

/** The own role for somebody else, from day to day. */
function Give({ onClose }: { onClose: () => void }): ReactNode {
  const say = useWords(delegationWords);
  const toast = useToast();
  const { areaCode } = useStaff();
  const { send, busy } = useWrite(giveDelegation);
  const { problem, run } = useStep();
  const [login, setLogin] = useState('');
  const [area, setArea] = useState(areaCode);
  const [fromDay, setFromDay] = useState('');
  const [toDay, setToDay] = useState('');
  const [asked, setAsked] = useState(false);
  const needed = (empty: boolean): string | undefined => (asked && empty ? say('needed') : undefined);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (login.trim().length < 3 || fromDay === '' || toDay === '') return;
    const done = await run(() => send({ body: { login: login.trim(), area, fromDay, toDay } }));
    if (!done) return;
    toast({ text: say('givenDone') });
    onClose();
  };
  return (
    <Drawer title={say('give')} sub={say('sub')} onClose={onClose}>
      <form className="office-form" onSubmit={(event) => void submit(event)} noValidate>
        {problem !== null && (
          <ErrorNote error={problem} tables={[delegationRefusalWords, officeRefusalWords]} />
        )}
        <TextField
          label={say('login')}
          hint={say('loginHint')}
          error={needed(login.trim().length < 3)}
          value={login}
          onChange={setLogin}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PickArea value={area} onChange={setArea} />
        <DateField
          label={say('fromDay')}
          value={fromDay}
          onChange={setFromDay}
          error={needed(fromDay === '')}
        />
        <DateField label={say('toDay')} value={toDay} onChange={setToDay} error={needed(toDay === '')} />
        <p className="office-steps">
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {say('give')}
          </Button>
          <Button onPress={onClose}>{say('cancel')}</Button>
        </p>
      </form>
    </Drawer>
  );
}

function useColumns(onEnd: (it: DelegationLine) => void): Column<DelegationLine>[] {
  const say = useWords(delegationWords);
  const sayRole = useWords(roleWords);
  const nameOf = useNames();
  return [
    {
      key: 'who',
      title: say('who'),
      cell: (it) => (
        <>
          <b>{nameOf(it.otherName, it.otherPinyin)}</b> {it.otherLogin}
        </>
      ),
    },
    { key: 'role', title: say('role'), width: 150, cell: (it) => sayRole(it.role) },
    {
      key: 'area',
      title: say('area'),
      width: 150,
      cell: (it) => nameOf(it.areaName, it.areaPinyin),
      minor: true,
    },
    {
      key: 'days',
      title: say('days'),
      width: 220,
      cell: (it) => `${it.fromDay} – ${it.toDay}`,
      sortBy: (it) => it.fromDay,
    },
    {
      key: 'state',
      title: say('state'),
      width: 150,
      cell: (it) => <StatusMark kind={MARK[it.state]}>{say(`state.${it.state}`)}</StatusMark>,
    },
    {
      key: 'end',
      title: '',
      width: 84,
      cell: (it) =>
        it.state === 'live' || it.state === 'coming' ? (
          <Button kind="link" aria-label={`${say('end')} ${it.otherName}`} onPress={() => onEnd(it)}>
            {say('end')}
          </Button>
        ) : null,
    },
  ];
}

/** Leave: what one has handed over and what was handed to one. */
export function LeavePage(): ReactNode {
  const say = useWords(delegationWords);
  const toast = useToast();
  const { data, error } = useRead(listDelegations, undefined);
  const { send } = useWrite(endDelegationOf);
  const { problem, run } = useStep();
  const [giving, setGiving] = useState(false);
  useTitle(say('title'));
  const columns = useColumns(async (it) => {
    const done = await run(() => send({ params: { id: it.id }, body: {} }));
    if (done) toast({ text: say('ended') });
  });
  const quiet = (it: DelegationLine) => (it.state === 'over' || it.state === 'ended' ? 'quiet' : 'plain');
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
        <span className="space" />
        <div className="actions">
          <Button kind="main" keys="N" onPress={() => setGiving(true)}>
            {say('give')}
          </Button>
        </div>
      </div>
      {error && <ErrorNote error={error} tables={[delegationRefusalWords]} />}
      {problem !== null && (
        <ErrorNote error={problem} tables={[delegationRefusalWords, officeRefusalWords]} />
      )}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body office-page">
          {(['given', 'received'] as const).map((side) => (
            <section key={side}>
              <div className="section-head">
                <h2>{say(side)}</h2>
              </div>
              <RuledTable
                label={say(side)}
                columns={columns}
                rows={data[side]}
                keyOf={(it) => it.id}
                toneOf={quiet}
                empty={<EmptyState title={say(`${side}None`)} next={say(`${side}Next`)} />}
              />
            </section>
          ))}
        </div>
      )}
      {giving && <Give onClose={() => setGiving(false)} />}
    </>
  );
}
