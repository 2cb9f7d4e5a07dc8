import { words } from '@fangang/domain/basics/words.ts';
import { listAreas, setUp } from '@fangang/domain/offices/api.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { peopleWords } from '@fangang/domain/people/words.ts';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { SignInSteps } from '../offices/SignInSteps.tsx';
import { festivalNear } from '../people/spring-festival.ts';
import { useRead, useRefresh } from '../platform/asking.ts';
import { call, newKey } from '../platform/call.ts';
import { useGoOn } from '../platform/go-on.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Labelled, TextField } from '../platform/ui/Form.tsx';
import { EmptyState, ErrorNote } from '../platform/ui/Notes.tsx';
import { PickDate, PickOne } from '../platform/ui/PickOne.tsx';
import { Steps } from '../platform/ui/Progress.tsx';
import { useTitle } from '../platform/use-title.ts';
import { Frame, OfficeHead } from './Shell.tsx';
import '../offices/offices.css';
import '../people/people.css';

const CITY = '500000000000';
const LEAST_LOGIN = 3;
const LEAST_PASSWORD = 12;

function useFirstSteps() {
  const { clock } = useSession();
  const [at, setAt] = useState(0);
  const [district, setDistrict] = useState<string | null>(null);
  const [festival, setFestival] = useState<string | null>(festivalNear(clock.now.slice(0, 10)));
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  return {
    at,
    district,
    festival,
    name,
    login,
    password,
    asked,
    set: { setAt, setDistrict, setFestival, setName, setLogin, setPassword, setAsked },
  };
}

type FirstSteps = ReturnType<typeof useFirstSteps>;

function PlaceStep({ steps }: { steps: FirstSteps }): ReactNode {
  const say = useWords(peopleWords);
  const nameOf = useNames();
  const areas = useRead(listAreas, { query: { within: CITY } });
  const { district, festival, asked, set } = steps;
  const options = (areas.data?.areas ?? []).map((it) => ({
    value: it.code,
    label: nameOf(it.name, it.pinyin),
    find: `${it.name} ${it.pinyin}`,
  }));
  const missing = (empty: boolean): string | undefined => (asked && empty ? say('startNeeds') : undefined);
  return (
    <>
      {areas.error && <ErrorNote error={areas.error} onRetry={() => void areas.refetch()} />}
      <Labelled label={say('startDistrict')} error={missing(district === null)}>
        {({ id }) => (
          <PickOne
            id={id}
            label={say('startDistrict')}
            value={district}
            options={options}
            onChange={set.setDistrict}
          />
        )}
      </Labelled>
      <Labelled
        label={say('startFestival')}
        hint={say('startFestivalHint')}
        error={missing(festival === null)}
      >
        {({ id }) => (
          <PickDate id={id} label={say('startFestival')} value={festival} onChange={set.setFestival} />
        )}
      </Labelled>
    </>
  );
}

function AccountStep({ steps }: { steps: FirstSteps }): ReactNode {
  const say = useWords(peopleWords);
  const { name, login, password, asked, set } = steps;
  const missing = (bad: boolean): string | undefined => (asked && bad ? say('startNeeds') : undefined);
  return (
    <>
      <TextField
        label={say('startName')}
        value={name}
        onChange={set.setName}
        error={missing(name.trim() === '')}
        autoComplete="name"
        autoFocus
      />
      <TextField
        label={say('startLogin')}
        value={login}
        onChange={set.setLogin}
        error={missing(login.trim().length < LEAST_LOGIN)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        label={say('startPassword')}
        value={password}
        onChange={set.setPassword}
        error={missing(password.length < LEAST_PASSWORD)}
        type="password"
        autoComplete="new-password"
      />
    </>
  );
}

/** Sends the first steps; once the second factor that the first account is asked for is there, goes on to the roster. */
function useSetUp(steps: FirstSteps) {
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [entered, setEntered] = useState(false);
  const refresh = useRefresh();
  const { pending } = useSession();
  // Recovery codes stand on the last step: it stays until they are kept, also when the session has already opened.
  const last = useRef(pending);
  if (pending) last.current = pending;
  useGoOn(entered || (sent && last.current === null), '/people/import');
  const enter = async (): Promise<void> => {
    await refresh('offices');
    setEntered(true);
  };
  const send = async (): Promise<void> => {
    const { district, festival, name, login, password } = steps;
    if (district === null || festival === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { district, festival, login: login.trim(), name: name.trim(), password, key: newKey() };
      const answer = await call(setUp, { body });
      if (!answer.ok) return setProblem(answer.refusal);
      await refresh('offices');
      setSent(true);
    } catch (fault) {
      setProblem(fault);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, send, enter, step: entered ? null : last.current };
}

function FirstStepsForm(): ReactNode {
  const say = useWords(peopleWords);
  const steps = useFirstSteps();
  const { at, district, festival, name, login, password, set } = steps;
  const { problem, busy, send, enter, step } = useSetUp(steps);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const ready =
      at === 0
        ? district !== null && festival !== null
        : name.trim() !== '' && login.trim().length >= LEAST_LOGIN && password.length >= LEAST_PASSWORD;
    set.setAsked(!ready);
    if (!ready) return;
    if (at === 0) set.setAt(1);
    else void send();
  };
  if (step) return <SignInSteps pending={step} onDone={() => void enter()} />;
  return (
    <>
      <div className="people-steps">
        <Steps
          steps={[
            say('startStepPlace'),
            say('startStepAccount'),
            say('startStepRoster'),
            say('startStepPlan'),
          ]}
          at={at}
        />
      </div>
      <form className="start-form" onSubmit={submit} noValidate>
        {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
        {at === 0 ? <PlaceStep steps={steps} /> : <AccountStep steps={steps} />}
        <p>
          {at > 0 && <Button onPress={() => set.setAt(0)}>{say('startBack')}</Button>}{' '}
          <Button kind="main" submit busy={busy} onPress={() => undefined}>
            {at === 0 ? say('startNext') : say('startGo')}
          </Button>
        </p>
      </form>
    </>
  );
}

/** An empty installation: district and season, an account, then the first roster and the first buses. */
export function StartPage(): ReactNode {
  const say = useWords(words);
  const sayPeople = useWords(peopleWords);
  const { season, staff } = useSession();
  // What was empty when the page opened stays this page's until it goes on by itself.
  const [empty] = useState(season === null);
  useTitle(say('start'));
  return (
    <Frame head={<OfficeHead title={say('start')} sub={say('startIntro')} />}>
      {empty ? (
        <FirstStepsForm />
      ) : (
        <EmptyState
          title={sayPeople('startDone')}
          next={staff ? say('peopleNext') : sayPeople('startDoneNext')}
        >
          <Link to={staff ? '/people/import' : '/sign-in'} className="button button-main">
            {staff ? say('import') : say('signIn')}
          </Link>
        </EmptyState>
      )}
    </Frame>
  );
}
