import { endSession, listSessions, revokeDevice } from '@fangang/domain/offices/api-staff.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import type { ReactNode } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import type { ReplyOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { EmptyState, ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { useSessionWords } from './use-session-words.ts';
import { useStep } from './use-step.ts';
import './offices.css';

type Session = ReplyOf<typeof listSessions>['sessions'][number];
type Phone = ReplyOf<typeof listSessions>['devices'][number];
const EVERY_MS = 15_000;

function useWhose(): <Row extends Session | Phone>() => Column<Row>[] {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const nameOf = useNames();
  return () => [
    {
      key: 'whose',
      title: say('whose'),
      width: 190,
      cell: (it) => (
        <>
          <b>{nameOf(it.staffName, it.staffPinyin)}</b> {it.login}
        </>
      ),
      sortBy: (it) => it.staffName,
    },
    { key: 'role', title: say('role'), width: 170, cell: (it) => sayRole(it.role), sortBy: (it) => it.role },
    { key: 'office', title: say('office'), cell: (it) => it.officeName, minor: true },
  ];
}

function Sessions({ rows }: { rows: readonly Session[] }): ReactNode {
  const say = useWords(staffWords);
  const sayAccount = useWords(accountWords);
  const words = useSessionWords();
  const whose = useWhose();
  const toast = useToast();
  const { send } = useWrite(endSession);
  const { problem, run } = useStep();
  const end = async (it: Session): Promise<void> => {
    const done = await run(() => send({ params: { id: it.id }, body: {} }));
    if (done) toast({ text: say('sessionEnded') });
  };
  const columns: Column<Session>[] = [
    ...whose<Session>(),
    { key: 'where', title: sayAccount('where'), width: 200, cell: (it) => words.browser(it) },
    { key: 'how', title: sayAccount('how'), width: 150, cell: (it) => words.how(it), minor: true },
    { key: 'address', title: sayAccount('address'), width: 120, cell: (it) => it.address, minor: true },
    {
      key: 'seen',
      title: sayAccount('seen'),
      width: 144,
      cell: (it) => momentOf(it.seenAt),
      sortBy: (it) => it.seenAt,
    },
    {
      key: 'end',
      title: '',
      width: 84,
      cell: (it) =>
        it.here ? (
          <StatusMark kind="now">{sayAccount('here')}</StatusMark>
        ) : (
          <Button
            kind="link"
            onPress={() => void end(it)}
            aria-label={`${sayAccount('end')} ${it.staffName} ${words.browser(it)}`}
          >
            {sayAccount('end')}
          </Button>
        ),
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{sayAccount('sessions')}</h2>
        <span>{say('openSessions', { n: rows.length })}</span>
      </div>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <RuledTable
        label={sayAccount('sessions')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        empty={<EmptyState title={say('sessionsNone')} />}
      />
    </section>
  );
}

function Phones({ rows }: { rows: readonly Phone[] }): ReactNode {
  const say = useWords(staffWords);
  const sayAccount = useWords(accountWords);
  const whose = useWhose();
  const toast = useToast();
  const { send } = useWrite(revokeDevice);
  const { problem, run } = useStep();
  const revoke = async (it: Phone): Promise<void> => {
    const done = await run(() => send({ params: { id: it.id }, body: {} }));
    if (done) toast({ text: say('phoneRevoked') });
  };
  const columns: Column<Phone>[] = [
    ...whose<Phone>(),
    { key: 'name', title: say('phone'), width: 200, cell: (it) => it.name },
    {
      key: 'epoch',
      title: '',
      width: 110,
      cell: (it) => sayAccount('phoneTimes', { n: it.epoch }),
      minor: true,
    },
    {
      key: 'seen',
      title: sayAccount('seen'),
      width: 144,
      cell: (it) => momentOf(it.seenAt),
      sortBy: (it) => it.seenAt,
    },
    {
      key: 'end',
      title: sayAccount('state'),
      width: 200,
      cell: (it) =>
        it.revokedAt ? (
          <StatusMark kind="none">{sayAccount('revoked', { at: momentOf(it.revokedAt) })}</StatusMark>
        ) : (
          <Button
            kind="link"
            onPress={() => void revoke(it)}
            aria-label={`${sayAccount('revoke')} ${it.name} ${it.staffName}`}
          >
            {sayAccount('revoke')}
          </Button>
        ),
    },
  ];
  return (
    <section>
      <div className="section-head">
        <h2>{sayAccount('phones')}</h2>
        <span>{say('phonesOf', { n: rows.length })}</span>
      </div>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <RuledTable
        label={sayAccount('phones')}
        columns={columns}
        rows={rows}
        keyOf={(it) => it.id}
        toneOf={(it) => (it.revokedAt ? 'quiet' : 'plain')}
        empty={<EmptyState title={say('phonesNone')} next={sayAccount('phonesNext')} />}
      />
    </section>
  );
}

/** Everything that is open in the own area, to be ended by the security administrator. */
export function SessionsPage(): ReactNode {
  const say = useWords(staffWords);
  const { data, error } = useRead(listSessions, undefined, { everyMs: EVERY_MS });
  useTitle(say('sessions'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('sessions')}</h1>
      </div>
      {error && <ErrorNote error={error} tables={[officeRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body office-page">
          <Sessions rows={data.sessions} />
          <Phones rows={data.devices} />
        </div>
      )}
    </>
  );
}
