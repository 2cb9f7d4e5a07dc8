import {
  type Answered,
  type AskingOfUs,
  listTransfers,
  type OwnAsking,
  withdrawTransferOf,
} from '@fangang/domain/people/api-transfer.ts';
import {
  transferReasonWords,
  transferRefusalWords,
  transferStateWords,
  transferWhyWords,
  transferWords,
} from '@fangang/domain/people/words-transfer.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { AnswerTransfer } from './AnswerTransfer.tsx';
import { AskTransfer } from './AskTransfer.tsx';
import './people.css';

const MARK: Readonly<Record<OwnAsking['state'], MarkKind>> = {
  asked: 'now',
  done: 'done',
  refused: 'held',
  withdrawn: 'none',
  expired: 'none',
};

function OfUs({
  rows,
  onOpen,
}: {
  rows: readonly AskingOfUs[];
  onOpen: (it: AskingOfUs) => void;
}): ReactNode {
  const say = useWords(transferWords);
  const sayWhy = useWords(transferWhyWords);
  const nameOf = useNames();
  const columns: Column<AskingOfUs>[] = [
    {
      key: 'person',
      title: say('person'),
      width: 120,
      cell: (it) => <b>{nameOf(it.person.name, it.person.pinyin)}</b>,
    },
    {
      key: 'home',
      title: say('homeNow'),
      width: 140,
      cell: (it) => nameOf(it.person.areaName, it.person.areaPinyin),
      minor: true,
    },
    {
      key: 'from',
      title: say('from'),
      cell: (it) => `${nameOf(it.fromName, it.fromPinyin)} ${it.officeName}`,
    },
    { key: 'why', title: say('why'), width: 180, cell: (it) => sayWhy(it.why), minor: true },
    {
      key: 'until',
      title: say('until'),
      width: 150,
      cell: (it) => momentOf(it.expiresAt),
      sortBy: (it) => it.expiresAt,
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('ofUs')}</h2>
        {rows.length > 0 && <span>{say('nOfUs', { n: rows.length })}</span>}
      </div>
      <RuledTable
        label={say('ofUs')}
        columns={columns}
        rows={rows}
        keyOf={(it) => `${it.id} ${it.person.id}`}
        onOpen={onOpen}
        onChoose={onOpen}
        empty={<EmptyState title={say('ofUsNone')} next={say('ofUsNext')} />}
      />
    </section>
  );
}

function AskingState({ asking }: { asking: OwnAsking }): ReactNode {
  const say = useWords(transferWords);
  const sayState = useWords(transferStateWords);
  const sayReason = useWords(transferReasonWords);
  return (
    <>
      <StatusMark kind={MARK[asking.state]}>{sayState(asking.state)}</StatusMark>
      {asking.reason && ` ${sayReason(asking.reason)}`}
      {asking.withSeat && ` ${say('withSeat')}`}
    </>
  );
}

function Ours({ rows, onAsk }: { rows: readonly OwnAsking[]; onAsk: () => void }): ReactNode {
  const say = useWords(transferWords);
  const nameOf = useNames();
  const toast = useToast();
  const { send } = useWrite(withdrawTransferOf);
  const [problem, setProblem] = useState<unknown>(null);
  const who = (it: OwnAsking): string =>
    it.name === null ? say('idTail', { tail: it.tail }) : say('nameTail', { name: it.name, tail: it.tail });
  const withdraw = async (it: OwnAsking): Promise<void> => {
    setProblem(null);
    try {
      const answer = await send({ params: { transferId: it.id }, body: {} });
      if (answer.ok) toast({ text: say('withdrawn') });
      else setProblem(answer.refusal);
    } catch (fault) {
      setProblem(fault);
    }
  };
  const columns: Column<OwnAsking>[] = [
    { key: 'who', title: say('who'), width: 200, cell: (it) => <b>{who(it)}</b> },
    {
      key: 'home',
      title: say('home'),
      width: 140,
      cell: (it) => nameOf(it.areaName, it.areaPinyin),
      minor: true,
    },
    {
      key: 'state',
      title: say('state'),
      cell: (it) => <AskingState asking={it} />,
      sortBy: (it) => it.state,
    },
    {
      key: 'at',
      title: say('at'),
      width: 150,
      cell: (it) => momentOf(it.askedAt),
      sortBy: (it) => it.askedAt,
    },
    { key: 'until', title: say('until'), width: 150, cell: (it) => momentOf(it.expiresAt), minor: true },
    {
      key: 'do',
      title: '',
      width: 84,
      cell: (it) =>
        it.state === 'asked' ? (
          <Button kind="link" aria-label={`${say('withdraw')} ${who(it)}`} onPress={() => void withdraw(it)}>
            {say('withdraw')}
          </Button>
        ) : it.personId ? (
          <Link to="/people" search={{ person: it.personId }} className="link">
            {say('open')}
          </Link>
        ) : null,
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('ours')}</h2>
      </div>
      {problem !== null && <ErrorNote error={problem} tables={[transferRefusalWords]} />}
      <RuledTable
        label={say('ours')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        toneOf={(it) => (it.state === 'withdrawn' || it.state === 'expired' ? 'quiet' : 'plain')}
        empty={
          <EmptyState title={say('oursNone')} next={say('oursNext')}>
            <Button onPress={onAsk}>{say('ask')}</Button>
          </EmptyState>
        }
      />
    </section>
  );
}

function Past({ rows }: { rows: readonly Answered[] }): ReactNode {
  const say = useWords(transferWords);
  const sayReason = useWords(transferReasonWords);
  const nameOf = useNames();
  if (rows.length === 0) return null;
  const columns: Column<Answered>[] = [
    {
      key: 'from',
      title: say('from'),
      cell: (it) => `${nameOf(it.fromName, it.fromPinyin)} ${it.officeName}`,
    },
    {
      key: 'answer',
      title: say('answer'),
      width: 260,
      cell: (it) => (
        <>
          <StatusMark kind={it.answer === 'agreed' ? 'done' : 'held'}>
            {say(`answer.${it.answer}`)}
          </StatusMark>
          {it.reason && ` ${sayReason(it.reason)}`}
        </>
      ),
    },
    { key: 'at', title: say('at'), width: 150, cell: (it) => momentOf(it.at), sortBy: (it) => it.at },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('answered')}</h2>
      </div>
      <RuledTable
        label={say('answered')}
        columns={columns}
        rows={rows}
        keyOf={(it) => `${it.id} ${it.personId}`}
      />
    </section>
  );
}

/** People who go from the books of one office to those of another: asked of us, asked by us, answered. */
export function TransfersPage(): ReactNode {
  const say = useWords(transferWords);
  const { data, error } = useRead(listTransfers, undefined);
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<AskingOfUs | null>(null);
  useTitle(say('title'));
  const ask = (): void => {
    setOpened(null);
    setAsking(true);
  };
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
        <span className="space" />
        <div className="actions">
          <Button kind="main" keys="N" onPress={ask}>
            {say('ask')}
          </Button>
        </div>
      </div>
      {error && <ErrorNote error={error} tables={[transferRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body transfers">
          <OfUs
            rows={data.ofUs}
            onOpen={(it) => {
              setAsking(false);
              setOpened(it);
            }}
          />
          <Ours rows={data.askings} onAsk={ask} />
          <Past rows={data.answered} />
        </div>
      )}
      {asking && <AskTransfer onClose={() => setAsking(false)} />}
      {opened && <AnswerTransfer key={opened.id} asking={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
