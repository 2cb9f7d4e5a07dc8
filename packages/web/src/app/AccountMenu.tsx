import { words } from '@fangang/domain/basics/words.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { SignOut } from '../offices/SignOut.tsx';
import { useLanguage, useNames, useWords } from '../platform/language.tsx';
import { type StaffHere, useSession } from '../platform/session.tsx';
import { MarkShape } from '../platform/ui/StatusMark.tsx';
import { ActingMenu } from './ActingMenu.tsx';
import { keptContrast, setContrast } from './contrast.ts';

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

function StaffMenu({ staff }: { staff: StaffHere }): ReactNode {
  const say = useWords(words);
  const sayAccount = useWords(accountWords);
  const name = useNames();
  const { language } = useLanguage();
  const { sample } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="menu" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="head-button">
        {name(staff.areaName, staff.areaPinyin)} {name(staff.name, staff.namePinyin)} ▾
      </summary>
      <div className="menu-sheet">
        <p>
          <b>{name(staff.name, staff.namePinyin)}</b>
          {language === 'zh' ? staff.officeName : staff.areaPinyin}
        </p>
        <Link to="/account">{sayAccount('account')}</Link>
        <ActingMenu isOpen={isOpen} />
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
