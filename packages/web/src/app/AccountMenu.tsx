import { words } from '@fangang/domain/basics/words.ts';
import { signOut } from '@fangang/domain/offices/api-sign-in.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { type StaffHere, useSession } from '../platform/session.tsx';
import { MarkShape } from '../platform/ui/StatusMark.tsx';
import { ActingMenu } from './ActingMenu.tsx';
import { keptContrast, setContrast } from './contrast.ts';
import { forgetWhatWasRead } from './forget.ts';

function ContrastSwitch(): ReactNode {
  const say = useWords(words);
  const [high, setHigh] = useState(keptContrast);
  const turn = (): void => {
    setContrast(!high);
    setHigh(!high);
  };
  return (
    <button type="button" aria-pressed={high} onClick={turn}>
      {say('switchContrast')} <MarkShape kind={high ? 'done' : 'todo'} />
    </button>
  );
}

function SignOut(): ReactNode {
  const say = useWords(words);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { sample } = useSession();
  const { send, busy } = useWrite(signOut);
  const leave = async (): Promise<void> => {
    await send({});
    await navigate({ to: sample ? '/' : '/sign-in' });
    forgetWhatWasRead(client);
    await client.invalidateQueries({ queryKey: ['offices'] });
  };
  return (
    <button type="button" disabled={busy} onClick={() => void leave()}>
      {say('signOut')}
    </button>
  );
}

function StaffMenu({ staff }: { staff: StaffHere }): ReactNode {
  const say = useWords(words);
  const sayAccount = useWords(accountWords);
  const name = useNames();
  const { language } = useLanguage();
  const { sample } = useSession();
  return (
    <details className="menu">
      <summary className="head-button">
        {name(staff.areaName, staff.areaPinyin)} {name(staff.name, staff.namePinyin)} ▾
      </summary>
      <div className="menu-sheet">
        <p>
          <b>{name(staff.name, staff.namePinyin)}</b>
          {language === 'zh' ? staff.officeName : staff.areaPinyin}
        </p>
        <Link to="/account">{sayAccount('account')}</Link>
        <ActingMenu />
        {sample && <Link to="/">{say('backToSample')}</Link>}
        <ContrastSwitch />
        <SignOut />
      </div>
    </details>
  );
}

/** Who is here, and the way out; without a sign-in, the way in. */
export function AccountMenu(): ReactNode {
  const say = useWords(words);
  const { staff, sample } = useSession();
  if (staff) return <StaffMenu staff={staff} />;
  if (sample) return null;
  return (
    <Link to="/sign-in" className="head-button">
      {say('signIn')}
    </Link>
  );
}
