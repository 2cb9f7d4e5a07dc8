import {
  endOtherSessions,
  endOwnSession,
  enrolDevice,
  newRecoveryCodes,
  readAccount,
  type SessionLine,
} from '@fangang/domain/offices/api-account.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { type ReactNode, useMemo, useState } from 'react';
import { useRead, useRefresh, useWrite } from '../platform/asking.ts';
import { call, newKey, type ReplyOf } from '../platform/call.ts';
import { momentOf } from '../platform/dates.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { type Column, RuledTable } from '../platform/ui/RuledTable.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { Codes } from './Codes.tsx';
import { PasskeyPart } from './PasskeyPart.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { PhonesPart } from './PhonesPart.tsx';
import { type Asked, ProveForm } from './ProveForm.tsx';
import { TotpPart } from './TotpPart.tsx';
import { useSessionWords } from './use-session-words.ts';
import './offices.css';

type Account = ReplyOf<typeof readAccount>;

function PasswordPart({ account, onChange }: { account: Account; onChange: () => void }): ReactNode {
  const say = useWords(accountWords);
  const toast = useToast();
  const [changing, setChanging] = useState(false);
  const done = (): void => {
    setChanging(false);
    toast({ text: say('passwordChanged') });
    onChange();
  };
  if (!account.hasPassword) return <p className="labelled-hint">{say('passwordNone')}</p>;
  if (changing) {
    return (
      <PasswordForm
        settings={account.settings}
        hasSecondFactor={account.totpSince !== null || account.passkeys.length > 0}
        onDone={done}
        onCancel={() => setChanging(false)}
      />
    );
  }
  return (
    <span className="office-line">
      <span>{say('passwordSince', { at: momentOf(account.passwordAt) })}</span>
      <Button kind="link" onPress={() => setChanging(true)}>
        {say('changePassword')}
      </Button>
    </span>
  );
}

function CodesPart({
  left,
  asked,
  onChange,
}: {
  left: number;
  asked: Asked;
  onChange: () => void;
}): ReactNode {
  const say = useWords(accountWords);
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) {
    return (
      <Codes
        codes={codes}
        onKept={() => {
          setCodes(null);
          setAsking(false);
          onChange();
        }}
      />
    );
  }
  if (asking) {
    return (
      <ProveForm
        asked={asked}
        button={say('newCodes')}
        send={(proof) => call(newRecoveryCodes, { body: { ...proof, key: newKey() } })}
        onDone={(reply) => setCodes(reply.codes)}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <span className="office-line">
      <StatusMark kind={left > 2 ? 'done' : 'again'}>{say('codesLeftN', { n: left })}</StatusMark>
      <Button kind="link" onPress={() => setAsking(true)}>
        {say('newCodes')}
      </Button>
    </span>
  );
}

function SignInPart({ account, onChange }: { account: Account; onChange: () => void }): ReactNode {
  const say = useWords(accountWords);
  const hasFactor = account.totpSince !== null || account.passkeys.length > 0;
  return (
    <section>
      <dl className="facts office-facts">
        <dt>{say('password')}</dt>
        <dd>
          <PasswordPart account={account} onChange={onChange} />
        </dd>
        <dt>{say('authenticator')}</dt>
        <dd>
          <TotpPart since={account.totpSince} asked={account.proof} onChange={onChange} />
        </dd>
        <dt>{say('passkeys')}</dt>
        <dd>
          <PasskeyPart passkeys={account.passkeys} asked={account.proof} onChange={onChange} />
        </dd>
        {hasFactor && (
          <>
            <dt>{say('codesLeft')}</dt>
            <dd>
              <CodesPart left={account.codesLeft} asked={account.proof} onChange={onChange} />
            </dd>
          </>
        )}
        {enrolDevice.callers.includes(account.role) && (
          <>
            <dt>{say('phones')}</dt>
            <dd>
              <PhonesPart phones={account.devices} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

type OwnSession = SessionLine & { readonly here: boolean };

function useColumns(onEnd: (session: OwnSession) => void): readonly Column<OwnSession>[] {
  const say = useWords(accountWords);
  const words = useSessionWords();
  return [
    { key: 'where', title: say('where'), cell: (it) => <b>{words.browser(it)}</b> },
    { key: 'address', title: say('address'), width: 132, cell: (it) => it.address, minor: true },
    { key: 'how', title: say('how'), width: 168, cell: (it) => words.how(it), minor: true },
    {
      key: 'since',
      title: say('since'),
      width: 144,
      cell: (it) => momentOf(it.createdAt),
      sortBy: (it) => it.createdAt,
    },
    {
      key: 'seen',
      title: say('seen'),
      width: 144,
      cell: (it) => momentOf(it.seenAt),
      sortBy: (it) => it.seenAt,
    },
    {
      key: 'end',
      title: '',
      width: 88,
      cell: (it) =>
        it.here ? (
          <StatusMark kind="now">{say('here')}</StatusMark>
        ) : (
          <Button kind="link" onPress={() => onEnd(it)} aria-label={`${say('end')} ${words.browser(it)}`}>
            {say('end')}
          </Button>
        ),
    },
  ];
}

function SessionsPart({ sessions, asked }: { sessions: readonly OwnSession[]; asked: Asked }): ReactNode {
  const say = useWords(accountWords);
  const toast = useToast();
  const words = useSessionWords();
  const one = useWrite(endOwnSession);
  const others = useWrite(endOtherSessions);
  const [ending, setEnding] = useState<OwnSession | 'others' | null>(null);
  const leave = (): void => setEnding(null);
  const done = (text: string): void => {
    leave();
    toast({ text });
  };
  const columns = useColumns(setEnding);
  return (
    <section>
      <div className="section-head">
        <h2>{say('sessions')}</h2>
        <span className="space" />
        {sessions.length > 1 && (
          <Button busy={others.busy} onPress={() => setEnding('others')}>
            {say('endOthers')}
          </Button>
        )}
      </div>
      {ending === 'others' && (
        <ProveForm
          asked={asked}
          button={say('endOthers')}
          send={(proof) => others.send({ body: proof })}
          onDone={(it) => done(say('endedOthers', { n: it.ended }))}
          onCancel={leave}
        />
      )}
      {ending !== null && ending !== 'others' && (
        <ProveForm
          key={ending.id}
          asked={asked}
          button={`${say('end')} ${words.browser(ending)}`}
          send={(proof) => one.send({ params: { id: ending.id }, body: proof })}
          onDone={() => done(say('ended'))}
          onCancel={leave}
        />
      )}
      <RuledTable label={say('sessions')} columns={columns} rows={sessions} keyOf={(it) => it.id} />
    </section>
  );
}

/** The own account: what opens it, and where it is open. */
export function AccountPage(): ReactNode {
  const say = useWords(accountWords);
  const sayRole = useWords(roleWords);
  const nameOf = useNames();
  const { language } = useLanguage();
  const refresh = useRefresh();
  const { data, error } = useRead(readAccount, undefined);
  const sub = useMemo(
    () =>
      data &&
      say('accountSub', {
        login: data.login,
        role: sayRole(data.role),
        office: language === 'zh' ? data.officeName : data.areaPinyin,
      }),
    [data, say, sayRole, language],
  );
  useTitle(say('account'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('account')}</h1>
        {data && <b>{nameOf(data.name, data.namePinyin)}</b>}
        {sub && <span className="sub">{sub}</span>}
      </div>
      {error && <ErrorNote error={error} tables={[officeRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body office-page">
          <SignInPart account={data} onChange={() => void refresh('offices')} />
          <SessionsPart sessions={data.sessions} asked={data.proof} />
        </div>
      )}
    </>
  );
}
