import {
  type ClosedCollision,
  type CollisionLine,
  closeCollisionOf,
  listCollisions,
} from '@fangang/domain/people/api-collision.ts';
import { collisionRefusalWords, collisionWords } from '@fangang/domain/people/words-collision.ts';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Drawer } from '../platform/ui/Drawer.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import './people.css';

type Side = CollisionLine['first'];

function useSide(): (it: Side) => string {
  const nameOf = useNames();
  return (it) => `${nameOf(it.areaName, it.areaPinyin)} ${it.officeName}`;
}

function useSides<Row extends { first: Side; second: Side }>(): Column<Row>[] {
  const say = useWords(collisionWords);
  const side = useSide();
  return [
    { key: 'first', title: say('first'), cell: (it) => side(it.first), sortBy: (it) => it.first.officeName },
    {
      key: 'second',
      title: say('second'),
      cell: (it) => side(it.second),
      sortBy: (it) => it.second.officeName,
    },
  ];
}

/** Which office keeps the person, or that both were right. */
function Settle({ pair, onClose }: { pair: CollisionLine; onClose: () => void }): ReactNode {
  const say = useWords(collisionWords);
  const side = useSide();
  const toast = useToast();
  const { send, busy } = useWrite(closeCollisionOf, ['trips', 'figures']);
  const [problem, setProblem] = useState<unknown>(null);
  const close = async (keepId: string | null): Promise<void> => {
    setProblem(null);
    const ids = { firstId: pair.first.personId, secondId: pair.second.personId };
    const body = keepId
      ? { ...ids, how: 'transfer' as const, keepId }
      : { ...ids, how: 'bothRight' as const };
    try {
      const done = await send({ body });
      if (!done.ok) return setProblem(done.refusal);
      toast({ text: say('done') });
      onClose();
    } catch (fault) {
      setProblem(fault);
    }
  };
  return (
    <Drawer title={say('settle')} sub={`${say('since')} ${momentOf(pair.since)}`} onClose={onClose}>
      {problem !== null && <ErrorNote error={problem} tables={[collisionRefusalWords]} />}
      <dl className="facts">
        {[pair.first, pair.second].map((it) => (
          <Fragment key={it.personId}>
            <dt>{say(it === pair.first ? 'first' : 'second')}</dt>
            <dd>
              {side(it)}{' '}
              <Link to="/people" search={{ person: it.personId }} className="link">
                {say('openRow')}
              </Link>
            </dd>
          </Fragment>
        ))}
      </dl>
      <div className="people-form">
        <p>{say('keepSure')}</p>
        {[pair.first, pair.second].map((it) => (
          <p key={it.personId}>
            <Button busy={busy} onPress={() => void close(it.personId)}>
              {say('keepFirst', { office: side(it) })}
            </Button>
          </p>
        ))}
        <p>{say('bothSure')}</p>
        <p>
          <Button busy={busy} onPress={() => void close(null)}>
            {say('bothRight')}
          </Button>
        </p>
      </div>
    </Drawer>
  );
}

function Closed({ rows }: { rows: readonly ClosedCollision[] }): ReactNode {
  const say = useWords(collisionWords);
  const sides = useSides<ClosedCollision>();
  if (rows.length === 0) return null;
  const columns: Column<ClosedCollision>[] = [
    ...sides,
    {
      key: 'how',
      title: say('how'),
      width: 230,
      cell: (it) => <StatusMark kind="done">{say(`how.${it.how}`)}</StatusMark>,
    },
    { key: 'at', title: say('at'), width: 150, cell: (it) => momentOf(it.at), sortBy: (it) => it.at },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{say('closed')}</h2>
      </div>
      <RuledTable
        label={say('closed')}
        columns={columns}
        rows={rows}
        keyOf={(it) => `${it.first.personId} ${it.second.personId}`}
      />
    </section>
  );
}

/** One person on the books of two districts: the city's tasks, which no district sees. */
export function CollisionsPage(): ReactNode {
  const say = useWords(collisionWords);
  const { data, error } = useRead(listCollisions, undefined);
  const [opened, setOpened] = useState<CollisionLine | null>(null);
  const sides = useSides<CollisionLine>();
  useTitle(say('title'));
  const columns: Column<CollisionLine>[] = [
    ...sides,
    {
      key: 'since',
      title: say('since'),
      width: 160,
      cell: (it) => momentOf(it.since),
      sortBy: (it) => it.since,
    },
  ];
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
      </div>
      {error && <ErrorNote error={error} tables={[collisionRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body transfers">
          <section>
            <div className="section-head">
              <h2>{say('open')}</h2>
              <span>{say('n', { n: data.open.length })}</span>
            </div>
            <RuledTable
              label={say('open')}
              columns={columns}
              rows={data.open}
              keyOf={(it) => `${it.first.personId} ${it.second.personId}`}
              onOpen={setOpened}
              onChoose={setOpened}
              empty={<EmptyState title={say('none')} next={say('noneNext')} />}
            />
          </section>
          <Closed rows={data.closed} />
        </div>
      )}
      {opened && <Settle key={opened.first.personId} pair={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
