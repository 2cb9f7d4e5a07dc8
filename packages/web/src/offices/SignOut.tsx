import { words } from '@fangang/domain/basics/words.ts';
import { signOut } from '@fangang/domain/offices/api-sign-in.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { forgetWhatWasRead } from './forget.ts';
import './offices.css';

/** The way out. A phone of the field has no session to end: it is revoked, and says so. */
export function SignOut(): ReactNode {
  const say = useWords(words);
  const sayAccount = useWords(accountWords);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { sample, device } = useSession();
  const { send, busy } = useWrite(signOut);
  const leave = async (): Promise<void> => {
    await send({ body: { phone: device } });
    await navigate({ to: sample ? '/' : '/sign-in' });
    forgetWhatWasRead(client);
    await client.invalidateQueries({ queryKey: ['offices'] });
  };
  return (
    <button type="button" disabled={busy} onClick={() => void leave()}>
      {device ? sayAccount('leavePhone') : say('signOut')}
    </button>
  );
}

/** Who holds the phone at a door or a gate, and the way out: in the head's far corner, two taps away, where no thumb rests. */
export function FieldMenu(): ReactNode {
  const name = useNames();
  const { staff } = useSession();
  if (!staff) return null;
  return (
    <details className="menu field-menu">
      <summary>{name(staff.name, staff.namePinyin)} ▾</summary>
      <div className="menu-sheet">
        <p>{staff.officeName}</p>
        <SignOut />
      </div>
    </details>
  );
}
