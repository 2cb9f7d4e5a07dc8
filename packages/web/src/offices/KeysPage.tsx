import { grouped } from '@fangang/domain/basics/say.ts';
import { type KeyState, readKeys } from '@fangang/domain/offices/api-keys.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { keyWords } from '@fangang/domain/offices/words-audit.ts';
import type { ReactNode } from 'react';
import { useRead } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Progress } from '../platform/ui/Progress.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';
import { useTitle } from '../platform/use-title.ts';
import './vault.css';

type Facts = ReplyOf<typeof readKeys>;

const MARK: Readonly<Record<KeyState, MarkKind>> = {
  seals: 'done',
  opens: 'now',
  spare: 'todo',
  retired: 'none',
};
/** While a rotation runs, the page follows it. */
const EVERY_MS = 3000;

/** Where the keys lie, and the remedy where a backup would take them along. */
function Place({ facts }: { facts: Facts }): ReactNode {
  const say = useWords(keyWords);
  if (facts.place === 'environment') return <StatusMark kind="done">{say('place.environment')}</StatusMark>;
  if (!facts.insideData) return <StatusMark kind="done">{say('place.outside')}</StatusMark>;
  return (
    <>
      <StatusMark kind="held" strong>
        {say('place.inside')}
      </StatusMark>{' '}
      → {say('place.insideNext')}
    </>
  );
}

function KeyLines({ facts }: { facts: Facts }): ReactNode {
  const say = useWords(keyWords);
  return (
    <ul className="keys-lines">
      {facts.keys.map((it) => (
        <li key={it.no}>
          <b>{say('keyNo', { no: it.no })}</b>
          <StatusMark kind={MARK[it.state]}>{say(`state.${it.state}`)}</StatusMark>
          <span>
            {grouped(it.texts)} {say('texts')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How far the change has come, and the next step in one line. */
function Rotation({ facts }: { facts: Facts }): ReactNode {
  const say = useWords(keyWords);
  const { no, nextNo, left } = facts.index;
  const texts = facts.keys.reduce((sum, it) => sum + it.texts, 0);
  const spare = facts.keys.find((it) => it.state === 'spare');
  const newest = facts.keys.find((it) => it.state === 'seals');
  return (
    <>
      <h2>{say('progress')}</h2>
      {facts.left === 0 ? (
        <StatusMark kind="done">{say('nothingLeft')}</StatusMark>
      ) : (
        <Progress
          label={say('left', { n: facts.left })}
          done={newest?.texts ?? 0}
          total={Math.max(1, texts)}
        />
      )}
      <p className="keys-hint">
        {nextNo === null ? say('index', { no }) : say('indexNext', { no, next: nextNo, left })}
      </p>
      <p className="keys-hint">→ {say(facts.left === 0 ? 'rotateHint' : 'goOnHint')}</p>
      {spare && <p className="keys-hint">→ {say('retireHint', { no: spare.no })}</p>}
    </>
  );
}

interface ColumnLine {
  readonly name: string;
  readonly keys: readonly { readonly keyNo: number; readonly texts: number }[];
}

function ColumnTable({ facts }: { facts: Facts }): ReactNode {
  const say = useWords(keyWords);
  const { language } = useLanguage();
  const table: Readonly<Record<string, { zh: string; en: string }>> = keyWords;
  const names = [...new Set(facts.columns.map((it) => `${it.table}.${it.column}`))];
  const rows = names.map(
    (name): ColumnLine => ({
      name,
      keys: facts.columns.filter((it) => `${it.table}.${it.column}` === name),
    }),
  );
  const columns: readonly Column<ColumnLine>[] = [
    {
      key: 'name',
      title: say('column'),
      cell: (it) => table[`table.${it.name}`]?.[language] ?? it.name,
      sortBy: (it) => it.name,
    },
    {
      key: 'keys',
      title: say('keysOf'),
      cell: (it) =>
        it.keys.map((key) => `${say('keyNo', { no: key.keyNo })} · ${grouped(key.texts)}`).join('　'),
    },
    {
      key: 'texts',
      title: say('texts'),
      width: 140,
      align: 'end',
      cell: (it) => grouped(it.keys.reduce((sum, key) => sum + key.texts, 0)),
      sortBy: (it) => it.keys.reduce((sum, key) => sum + key.texts, 0),
    },
  ];
  return (
    <>
      <h2>{say('columns')}</h2>
      <RuledTable
        label={say('columns')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.name}
        empty={<EmptyState title={say('empty')} next={say('emptyNext')} />}
      />
    </>
  );
}

/** Which key seals what, and how to change it; for the security administrator. */
export function KeysPage(): ReactNode {
  const say = useWords(keyWords);
  const { data, error, refetch } = useRead(readKeys, undefined, {
    everyMs: (last) => (last && last.left > 0 ? EVERY_MS : false),
  });
  useTitle(say('title'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{data ? say(`profile.${data.profile}`) : say('sub')}</span>
      </div>
      {error && <ErrorNote error={error} tables={[officeRefusalWords]} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="keys-page">
          <p>
            <Place facts={data} />
          </p>
          <KeyLines facts={data} />
          <Rotation facts={data} />
          <ColumnTable facts={data} />
        </div>
      )}
    </>
  );
}
