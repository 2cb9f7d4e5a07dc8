import {
  type GivenShare,
  listShares,
  type ReceivedShare,
  withdrawShareOf,
} from '@fangang/domain/trips/api-share.ts';
import { shareRefusalWords, shareWords } from '@fangang/domain/trips/words-share.ts';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { GiveShare } from './share-give.tsx';
import { SharedPeople } from './share-people.tsx';
import './trips.css';

function Received({
  rows,
  onOpen,
}: {
  rows: readonly ReceivedShare[];
  onOpen: (it: ReceivedShare) => void;
}): ReactNode {
  const say = useWords(shareWords);
  const nameOf = useNames();
  const columns: Column<ReceivedShare>[] = [
    { key: 'code', title: say('run'), width: 170, cell: (it) => <b>{it.code}</b>, sortBy: (it) => it.code },
    {
      key: 'from',
      title: say('from'),
      cell: (it) => `${nameOf(it.areaName, it.areaPinyin)} ${it.officeName}`,
    },
    {
      key: 'depart',
      title: say('depart'),
      width: 150,
      cell: (it) => momentOf(it.departAt),
      sortBy: (it) => it.departAt,
    },
    { key: 'until', title: say('until'), width: 150, cell: (it) => it.until, sortBy: (it) => it.until },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('received')}</h2>
      </div>
      <RuledTable
        label={say('received')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        onOpen={onOpen}
        onChoose={onOpen}
        empty={<EmptyState title={say('receivedNone')} next={say('receivedNext')} />}
      />
    </section>
  );
}

function Looks({ share }: { share: GivenShare }): ReactNode {
  const say = useWords(shareWords);
  const [last] = share.looks;
  if (!last) return say('noLook');
  const all = share.looks.map((it) => `${it.officeName} ${it.staffName} ${momentOf(it.at)}`).join('\n');
  const said = { n: share.looks.length, who: last.staffName, at: momentOf(last.at) };
  return <span title={all}>{say('nLooks', said)}</span>;
}

function Given({ rows, onGive }: { rows: readonly GivenShare[]; onGive: () => void }): ReactNode {
  const say = useWords(shareWords);
  const nameOf = useNames();
  const toast = useToast();
  const { send } = useWrite(withdrawShareOf);
  const [problem, setProblem] = useState<unknown>(null);
  const withdraw = async (it: GivenShare): Promise<void> => {
    setProblem(null);
    try {
      const done = await send({ params: { shareId: it.id }, body: {} });
      if (done.ok) toast({ text: say('withdrawn') });
      else setProblem(done.refusal);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const columns: Column<GivenShare>[] = [
    { key: 'code', title: say('run'), width: 170, cell: (it) => <b>{it.code}</b>, sortBy: (it) => it.code },
    { key: 'day', title: say('day'), width: 110, cell: (it) => it.day, minor: true },
    { key: 'to', title: say('to'), width: 140, cell: (it) => nameOf(it.areaName, it.areaPinyin) },
    { key: 'until', title: say('until'), width: 140, cell: (it) => it.until, sortBy: (it) => it.until },
    {
      key: 'state',
      title: say('state'),
      width: 110,
      cell: (it) => (
        <StatusMark kind={it.state === 'shared' ? 'now' : 'none'}>{say(`state.${it.state}`)}</StatusMark>
      ),
    },
    { key: 'looks', title: say('looks'), cell: (it) => <Looks share={it} /> },
    {
      key: 'do',
      title: '',
      width: 92,
      cell: (it) =>
        it.state === 'shared' ? (
          <Button kind="link" aria-label={`${say('withdraw')} ${it.code}`} onPress={() => void withdraw(it)}>
            {say('withdraw')}
          </Button>
        ) : null,
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('given')}</h2>
      </div>
      {problem !== null && <ErrorNote error={problem} tables={[shareRefusalWords]} />}
      <RuledTable
        label={say('given')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        toneOf={(it) => (it.state === 'shared' ? 'plain' : 'quiet')}
        empty={
          <EmptyState title={say('givenNone')} next={say('givenNext')}>
            <Button onPress={onGive}>{say('give')}</Button>
          </EmptyState>
        }
      />
    </section>
  );
}

/** Runs that districts of a labor cooperation show each other. */
export function SharesPage(): ReactNode {
  const say = useWords(shareWords);
  const { data, error } = useRead(listShares, undefined);
  const [giving, setGiving] = useState(false);
  const [opened, setOpened] = useState<ReceivedShare | null>(null);
  useTitle(say('title'));
  const give = (): void => {
    setOpened(null);
    setGiving(true);
  };
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
        <span className="space" />
        <div className="actions">
          <Button kind="main" keys="N" onPress={give}>
            {say('give')}
          </Button>
        </div>
      </div>
      {error && <ErrorNote error={error} tables={[shareRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body shares">
          <Received
            rows={data.received}
            onOpen={(it) => {
              setGiving(false);
              setOpened(it);
            }}
          />
          <Given rows={data.given} onGive={give} />
        </div>
      )}
      {giving && <GiveShare onClose={() => setGiving(false)} />}
      {opened && <SharedPeople key={opened.id} share={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
