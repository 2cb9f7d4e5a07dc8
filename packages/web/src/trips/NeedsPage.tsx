import { listDifficulties } from '@fangang/domain/people/api-difficulty.ts';
import { countNeedClasses, listNeeds, NEED_ROWS, type NeedLine } from '@fangang/domain/people/api-needs.ts';
import { NeedKind, NeedStatus } from '@fangang/domain/people/schema.ts';
import { difficultyWords } from '@fangang/domain/people/words-difficulty.ts';
import {
  needKindWords,
  needStatusWords,
  needWords,
  surveyClassWords,
} from '@fangang/domain/people/words-needs.ts';
import { type ReactNode, useState } from 'react';
import { DifficultyDrawer } from '../people/DifficultyDrawer.tsx';
import { NeedDrawer, useNeedReason } from '../people/NeedDrawer.tsx';
import { DifficultyMark, NeedMark, useDifficultyKind } from '../people/need-marks.tsx';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Check, SelectField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Pages } from '../platform/ui/Pages.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { Tabs } from '../platform/ui/Tabs.tsx';
import { useTitle } from '../platform/use-title.ts';
import { PersonDrawer } from './PersonDrawer.tsx';
import '../people/people.css';

type Owner = 'mine' | 'office';
interface Asked {
  readonly kind: NeedKind | 'all';
  readonly state: NeedStatus | 'waiting';
  readonly owner: Owner | 'all';
  readonly overdue: boolean;
  readonly page: number;
}
const FIRST: Asked = { kind: 'all', state: 'waiting', owner: 'all', overdue: false, page: 1 };

function useOwners(): readonly { value: Owner | 'all'; label: string }[] {
  const say = useWords(needWords);
  return [
    { value: 'all', label: say('all') },
    { value: 'mine', label: say('mine') },
    { value: 'office', label: say('ofOffice') },
  ];
}

function Filters({ asked, change }: { asked: Asked; change: (it: Partial<Asked>) => void }): ReactNode {
  const say = useWords(needWords);
  const sayKind = useWords(needKindWords);
  const sayStatus = useWords(needStatusWords);
  return (
    <search className="people-filters needs-filters">
      <SelectField
        label={say('state')}
        value={asked.state}
        options={[
          { value: 'waiting' as const, label: say('waiting') },
          ...NeedStatus.options.map((value) => ({ value, label: sayStatus(value) })),
        ]}
        onChange={(state) => change({ state })}
      />
      <SelectField
        label={say('kind')}
        value={asked.kind}
        options={[
          { value: 'all' as const, label: say('all') },
          ...NeedKind.options.map((value) => ({ value, label: sayKind(value) })),
        ]}
        onChange={(kind) => change({ kind })}
      />
      <SelectField
        label={say('owner')}
        value={asked.owner}
        options={useOwners()}
        onChange={(owner) => change({ owner })}
      />
      <Check label={say('onlyOverdue')} checked={asked.overdue} onChange={(overdue) => change({ overdue })} />
    </search>
  );
}

function useColumns(): readonly Column<NeedLine>[] {
  const say = useWords(needWords);
  const sayKind = useWords(needKindWords);
  const reasonOf = useNeedReason();
  const nameOf = useNames();
  return [
    {
      key: 'person',
      title: say('person'),
      width: 88,
      cell: (it) => <b>{nameOf(it.person.name, it.person.pinyin)}</b>,
    },
    { key: 'kind', title: say('kind'), width: 72, cell: (it) => sayKind(it.kind) },
    { key: 'state', title: say('state'), width: 140, cell: (it) => <NeedMark need={it} /> },
    // The day without its year: the season says it.
    { key: 'due', title: say('due'), width: 60, cell: (it) => it.due.slice(5) },
    { key: 'why', title: say('why'), width: 170, cell: (it) => reasonOf(it.reason), minor: true },
    {
      key: 'owner',
      title: say('owner'),
      width: 110,
      cell: (it) => it.owner ?? say('nobody'),
      minor: true,
    },
    {
      key: 'answers',
      title: say('answers'),
      cell: (it) =>
        `${nameOf(it.ownerAreaName, it.ownerAreaPinyin)}${it.climbed > 0 ? ` · ${say('climbed', { n: it.climbed })}` : ''}`,
      minor: true,
    },
    {
      key: 'home',
      title: say('home'),
      cell: (it) => nameOf(it.person.areaName, it.person.areaPinyin),
      minor: true,
    },
  ];
}

function Needs({ season, onPerson }: { season: string; onPerson: (id: string) => void }): ReactNode {
  const say = useWords(needWords);
  const columns = useColumns();
  const [asked, setAsked] = useState(FIRST);
  const [opened, setOpened] = useState<string | null>(null);
  const { kind, state, owner, overdue, page } = asked;
  const query = {
    ...{ season, state, page },
    ...(kind !== 'all' && { kind }),
    ...(owner !== 'all' && { owner }),
    ...(overdue && { overdue: 'yes' as const }),
  };
  const { data, error } = useRead(listNeeds, { query });
  const need = data?.needs.find((it) => it.id === opened);
  return (
    <>
      <Filters asked={asked} change={(it) => setAsked({ ...asked, page: 1, ...it })} />
      {error && <ErrorNote error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className="page-line">{say('sums', data.sums)}</p>
          <RuledTable
            label={say('needs')}
            columns={columns}
            rows={data.needs}
            keyOf={(it) => it.id}
            chosenKey={opened}
            onOpen={(it) => setOpened(it.id)}
            onChoose={(it) => setOpened(it.id)}
            toneOf={(it) => (it.overdue ? 'warn' : it.status === 'void' ? 'quiet' : 'plain')}
            empty={<EmptyState title={say('empty')} next={say('emptyNext')} />}
          />
          <Pages
            page={page}
            total={data.total}
            rows={NEED_ROWS}
            onPage={(to) => setAsked({ ...asked, page: to })}
          />
        </>
      )}
      {need && (
        <NeedDrawer
          key={need.id}
          need={need}
          onPerson={() => {
            setOpened(null);
            onPerson(need.person.id);
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function Difficulties({ season }: { season: string }): ReactNode {
  const say = useWords(needWords);
  const sayDifficulty = useWords(difficultyWords);
  const kindOf = useDifficultyKind();
  const nameOf = useNames();
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error } = useRead(listDifficulties, { query: { season, page } });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  type Row = (typeof data.difficulties)[number];
  const columns: Column<Row>[] = [
    {
      key: 'person',
      title: say('person'),
      width: 82,
      cell: (it) => <b>{nameOf(it.person.name, it.person.pinyin)}</b>,
    },
    { key: 'kind', title: sayDifficulty('kind'), width: 92, cell: (it) => kindOf(it.kind) },
    { key: 'state', title: say('state'), width: 126, cell: (it) => <DifficultyMark it={it} /> },
    { key: 'due', title: say('due'), width: 60, cell: (it) => it.due.slice(5) },
    { key: 'owner', title: say('owner'), width: 110, cell: (it) => it.owner ?? say('nobody'), minor: true },
    {
      key: 'answers',
      title: say('answers'),
      cell: (it) => nameOf(it.ownerAreaName, it.ownerAreaPinyin),
      minor: true,
    },
  ];
  return (
    <>
      <RuledTable
        label={sayDifficulty('title')}
        columns={columns}
        rows={data.difficulties}
        keyOf={(it) => it.id}
        chosenKey={opened}
        onOpen={(it) => setOpened(it.id)}
        onChoose={(it) => setOpened(it.id)}
        toneOf={(it) => (it.overdue ? 'warn' : 'plain')}
        empty={<EmptyState title={sayDifficulty('none')} next={sayDifficulty('noneNext')} />}
      />
      <Pages page={page} total={data.total} rows={NEED_ROWS} onPage={setPage} />
      {opened && <DifficultyDrawer key={opened} id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const CLASSES = ['withinProvince', 'acrossProvinces', 'noPlace', 'concentrated', 'byEmployer'] as const;

function Classes({ season }: { season: string }): ReactNode {
  const say = useWords(needWords);
  const sayClass = useWords(surveyClassWords);
  const nameOf = useNames();
  const { data, error } = useRead(countNeedClasses, { query: { season } });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  type Row = (typeof data.towns)[number];
  const columns: Column<Row>[] = [
    { key: 'town', title: say('town'), width: 120, cell: (it) => nameOf(it.areaName, it.areaPinyin) },
    {
      ...{ key: 'people', title: say('people'), width: 80, align: 'end' as const },
      ...{ cell: (it: Row) => it.people, sortBy: (it: Row) => it.people },
    },
    ...CLASSES.map((key) => ({
      ...{ key, title: sayClass(key), width: 130, align: 'end' as const },
      ...{ cell: (it: Row) => it[key], sortBy: (it: Row) => it[key] },
    })),
  ];
  return (
    <RuledTable
      label={say('classes')}
      columns={columns}
      rows={data.towns}
      keyOf={(it) => it.area}
      empty={<EmptyState title={say('empty')} next={say('emptyNext')} />}
    />
  );
}

type View = 'needs' | 'difficulties' | 'classes';

/** The demand list, what people have told, and the classes of the official survey. */
export function NeedsPage(): ReactNode {
  const say = useWords(needWords);
  const sayDifficulty = useWords(difficultyWords);
  const { season } = useSession();
  const [view, setView] = useState<View>('needs');
  const [person, setPerson] = useState<string | null>(null);
  useTitle(say('title'));
  if (!season) return <EmptyState title={say('empty')} next={say('emptyNext')} />;
  return (
    <>
      <div className="page-bar">
        <h1>{say('title')}</h1>
        <span className="sub">{say('sub')}</span>
      </div>
      <Tabs
        label={say('title')}
        value={view}
        onChange={setView}
        tabs={[
          { key: 'needs', title: say('needs') },
          { key: 'difficulties', title: sayDifficulty('title') },
          { key: 'classes', title: say('classes') },
        ]}
      />
      {view === 'needs' && <Needs season={season.id} onPerson={setPerson} />}
      {view === 'difficulties' && <Difficulties season={season.id} />}
      {view === 'classes' && <Classes season={season.id} />}
      {person && <PersonDrawer personId={person} season={season.id} onClose={() => setPerson(null)} />}
    </>
  );
}
