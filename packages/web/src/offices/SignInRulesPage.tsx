import { changeSignInSettings, readSignInSettings } from '@fangang/domain/offices/api-staff.ts';
import { PasswordProfile, Role, type SignInSettings } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useWords } from '../platform/language.tsx';
import { Button } from '../platform/ui/Button.tsx';
import { Check } from '../platform/ui/Form.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { useTitle } from '../platform/use-title.ts';
import { useStep } from './use-step.ts';
import './offices.css';

function Profiles({
  value,
  onChange,
  disabled,
}: {
  value: PasswordProfile;
  onChange: (profile: PasswordProfile) => void;
  disabled: boolean;
}): ReactNode {
  const say = useWords(staffWords);
  return (
    <fieldset className="office-profile" disabled={disabled}>
      <legend className="unseen">{say('profile')}</legend>
      {PasswordProfile.options.map((it) => (
        <label key={it}>
          <input type="radio" name="profile" checked={value === it} onChange={() => onChange(it)} />
          <b>{say(`profile.${it}`)}</b>
          <span>{say(`profile.${it}.about`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function RulesForm({ settings, mayChange }: { settings: SignInSettings; mayChange: boolean }): ReactNode {
  const say = useWords(staffWords);
  const sayRole = useWords(roleWords);
  const toast = useToast();
  const { send, busy } = useWrite(changeSignInSettings);
  const { problem, run } = useStep();
  const [profile, setProfile] = useState(settings.profile);
  const [roles, setRoles] = useState<readonly Role[]>(settings.secondFactorFor);
  const turn = (role: Role, on: boolean): void =>
    setRoles(on ? [...roles, role] : roles.filter((it) => it !== role));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run(() => send({ body: { profile, secondFactorFor: [...roles] } }));
    if (done) toast({ text: say('rulesSaved') });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {problem !== null && <ErrorNote error={problem} tables={[officeRefusalWords]} />}
      <div className="section-head">
        <h2>{say('profile')}</h2>
        <span>{say('profileWhy')}</span>
      </div>
      <Profiles value={profile} onChange={setProfile} disabled={!mayChange} />
      <div className="section-head">
        <h2>{say('secondFactorFor')}</h2>
        <span>{say('secondFactorWhy')}</span>
      </div>
      <div className="office-roles">
        {Role.options.map((role) => (
          <Check
            key={role}
            label={sayRole(role)}
            checked={roles.includes(role)}
            onChange={(on) => turn(role, on)}
            disabled={!mayChange}
          />
        ))}
      </div>
      {mayChange ? (
        <Button kind="main" submit busy={busy} onPress={() => undefined}>
          {say('save')}
        </Button>
      ) : (
        <p className="labelled-hint">{say('rulesOfCity')}</p>
      )}
    </form>
  );
}

/** Password profile and who needs a second factor: one choice for the whole installation. */
export function SignInRulesPage(): ReactNode {
  const say = useWords(staffWords);
  const { data, error } = useRead(readSignInSettings, undefined);
  useTitle(say('rules'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('rules')}</h1>
      </div>
      {error && <ErrorNote error={error} tables={[officeRefusalWords]} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="page-body office-page">
          <RulesForm {...data} />
        </div>
      )}
    </>
  );
}
