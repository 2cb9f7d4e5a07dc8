import { listStaff, STAFF_ROWS, type StaffLine } from '@fangang/domain/offices/api-staff.ts';
import { Role } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useStaff } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { SelectField, TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { Pages } from '../platform/ui/Pages.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useTitle } from '../platform/use-title.ts';
import { AddStaff } from './AddStaff.tsx';
import { StaffDrawer, StaffState } from './StaffDrawer.tsx';
import './offices.css';

/** What the address holds: a list can be sent to a colleague and opened again. */
interface Asked {
  readonly find?: string;
  readonly role?: string;
  readonly state?: string;
  readonly page?: string;
}
type Change = (more: Partial<Record<keyof Asked, string | undefined>>) => void;

const WAIT_MS = 200;
const STATES = ['active', 'waiting', 'shut'] as const;

function useAsked(): [Asked, Change] {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const change: Change = (more) => {
    const next = Object.entries({ ...asked, ...more }).filter(([, it]) => it !== undefined && it !== '');
    void navigate({ to: '/offices/staff', search: Object.fromEntries(next), replace: true });
  };
  return [asked, change];
}

function Filters({ asked, change }: { asked: Asked; change: Change }): ReactNode {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const [text, setText] = useState(asked.find ?? '');
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(asked.find ?? ''), [asked.find]);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => change({ find: next, page: undefined }), WAIT_MS);
  };
  const all = { value: 'all' as const, label: say('all') };
  return (
    <search className="office-filters">
      <TextField label={say('search')} value={text} onChange={type} type="search" maxLength={40} />
      <SelectField
        label={say('role')}
        value={Role.safeParse(asked.role).data ?? 'all'}
        options={[all, ...Role.options.map((value) => ({ value, label: sayRole(value) }))]}
        onChange={(role) => change({ role: role === 'all' ? undefined : role, page: undefined })}
      />
      <SelectField
        label={say('state')}
        value={STATES.find((it) => it === asked.state) ?? 'all'}
        options={[all, ...STATES.map((value) => ({ value, label: say(`state.${value}`) }))]}
        onChange={(state) => change({ state: state === 'all' ? undefined : state, page: undefined })}
      />
    </search>
  );
}

function useColumns(): readonly Column<StaffLine>[] {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const nameOf = useNames();
  return [
    {
      key: 'name',
      title: say('name'),
      width: 120,
      cell: (it) => <b>{nameOf(it.name, it.namePinyin)}</b>,
      sortBy: (it) => it.name,
    },
    { key: 'login', title: say('login'), width: 150, cell: (it) => it.login, sortBy: (it) => it.login },
    { key: 'role', title: say('role'), width: 150, cell: (it) => sayRole(it.role), sortBy: (it) => it.role },
    {
      key: 'area',
      title: say('area'),
      width: 140,
      cell: (it) => nameOf(it.areaName, it.areaPinyin),
      sortBy: (it) => it.area,
    },
    {
      key: 'office',
      title: say('office'),
      cell: (it) => it.officeName,
      sortBy: (it) => it.officeName,
      minor: true,
    },
    {
      key: 'state',
      title: say('state'),
      width: 230,
      cell: (it) => <StaffState staff={it} />,
      sortBy: (it) => `${it.state} ${it.mustChange}`,
    },
  ];
}

/** Administrators who wait, told to the one who may grant them. */
function Waiting({ change }: { change: Change }): ReactNode {
  const say = useWords(staffWords);
  const { role } = useStaff();
  const { data } = useRead(
    listStaff,
    { query: { state: 'waiting' } },
    { enabled: role === 'securityAdministrator' },
  );
  if (!data?.total) return null;
  return (
    <div className="office-waiting">
      <StatusMark kind="held">{say('waitingFor', { n: data.total })}</StatusMark>
      <Button kind="link" onPress={() => change({ state: 'waiting', page: undefined })}>
        {say('grant')}
      </Button>
    </div>
  );
}

/** Offices and staff of the own area: added, changed and shut by the system administrator, granted by the security administrator. */
export function StaffPage(): ReactNode {
  const say = useWords(staffWords);
  const { role } = useStaff();
  const [asked, change] = useAsked();
  const [opened, setOpened] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  const page = Math.max(1, Number(asked.page) || 1);
  const askedRole = Role.safeParse(asked.role).data;
  const state = STATES.find((it) => it === asked.state);
  const query = {
    page,
    ...(asked.find && { text: asked.find }),
    ...(askedRole && { role: askedRole }),
    ...(state && { state }),
  };
  const list = useRead(listStaff, { query });
  // What the drawer shows stays there when a step takes it out of the filtered list.
  const shown = useRef<StaffLine | null>(null);
  shown.current = list.data?.staff.find((it) => it.id === opened) ?? shown.current;
  useTitle(say('staff'));
  const open = (it: StaffLine): void => {
    shown.current = it;
    setAdding(false);
    setOpened(it.id);
  };
  const mayAdd = role === 'systemAdministrator';
  const add = (): void => {
    setOpened(null);
    setAdding(true);
  };
  return (
    <div className="page-full">
      <div className="page-bar">
        <h1>{say('staff')}</h1>
        {list.data && <span className="sub">{say('accounts', { n: list.data.total })}</span>}
        <span className="space" />
        {mayAdd && (
          <div className="actions">
            <Button kind="main" keys="N" onPress={add}>
              {say('add')}
            </Button>
          </div>
        )}
      </div>
      <Waiting change={change} />
      <Filters asked={asked} change={change} />
      {list.isLoading && <Loading />}
      {list.error && <ErrorNote error={list.error} tables={[officeRefusalWords]} />}
      {list.data && (
        <div className="grow">
          <RuledTable
            label={say('staff')}
            columns={columns}
            rows={list.data.staff}
            keyOf={(it) => it.id}
            chosenKey={opened}
            toneOf={(it) => (it.state === 'shut' ? 'quiet' : it.state === 'waiting' ? 'warn' : 'plain')}
            onOpen={open}
            onChoose={open}
            empty={
              <EmptyState title={say('none')} next={say('noneNext')}>
                {mayAdd && <Button onPress={add}>{say('add')}</Button>}
              </EmptyState>
            }
          />
          <Pages
            page={page}
            total={list.data.total}
            rows={STAFF_ROWS}
            onPage={(to) => change({ page: String(to) })}
          />
        </div>
      )}
      {adding && <AddStaff onClose={() => setAdding(false)} />}
      {opened && shown.current && (
        <StaffDrawer key={opened} staff={shown.current} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}
