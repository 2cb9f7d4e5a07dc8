import { readSession } from '@fangang/domain/offices/api.ts';
import { actFor, listDelegations } from '@fangang/domain/offices/api-delegation.ts';
import { DELEGABLE } from '@fangang/domain/offices/rules-delegation.ts';
import { delegationRefusalWords, delegationWords } from '@fangang/domain/offices/words-delegation.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead, useWrite } from '../platform/asking.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useSession, useStaff } from '../platform/session.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import '../offices/offices.css';

/** Acts for somebody on leave, or for oneself again; what was read as somebody else is forgotten. */
function useAct(): { act: (delegation: string | null) => Promise<void>; busy: boolean; problem: unknown } {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { send, busy } = useWrite(actFor);
  const [problem, setProblem] = useState<unknown>(null);
  const act = async (delegation: string | null): Promise<void> => {
    setProblem(null);
    try {
      const done = await send({ body: { delegation } });
      if (!done.ok) return setProblem(done.refusal);
      await navigate({ to: '/workbench' });
      client.removeQueries({ predicate: (query) => query.queryKey[1] !== readSession.name });
      await client.invalidateQueries();
    } catch (fault) {
      setProblem(fault);
    }
  };
  return { act, busy, problem };
}

/** In the account's menu: for whom one may act, and the page of one's own leave. */
export function ActingMenu({ isOpen }: { isOpen: boolean }): ReactNode {
  const say = useWords(delegationWords);
  const nameOf = useNames();
  const { role } = useStaff();
  const { acting } = useSession();
  const { act, busy, problem } = useAct();
  const may = (DELEGABLE as readonly string[]).includes(role);
  const { data } = useRead(listDelegations, undefined, { enabled: may && isOpen });
  if (!may) return null;
  const open = data?.received.filter((it) => it.state === 'live' && it.id !== acting?.id) ?? [];
  return (
    <>
      {problem !== null && <ErrorNote error={problem} tables={[delegationRefusalWords]} />}
      {acting && (
        <button type="button" disabled={busy} onClick={() => void act(null)}>
          {say('back')}
        </button>
      )}
      {open.map((it) => (
        <button key={it.id} type="button" disabled={busy} onClick={() => void act(it.id)}>
          {say('act', { name: nameOf(it.otherName, it.otherPinyin), until: it.toDay })}
        </button>
      ))}
      <Link to="/offices/leave">{say('title')}</Link>
    </>
  );
}

/** Above every page while one acts for somebody, so that nobody forgets whose name it is done in. */
export function ActingBar(): ReactNode {
  const say = useWords(delegationWords);
  const nameOf = useNames();
  const { acting, staff } = useSession();
  const { act, busy, problem } = useAct();
  if (!acting || !staff) return null;
  const name = nameOf(acting.name, acting.namePinyin);
  return (
    <div className="acting-bar" role="status">
      <b>{acting.live ? say('acting', { name, until: acting.until }) : say('actingEnded', { name })}</b>
      <button type="button" className="link" disabled={busy} onClick={() => void act(null)}>
        {say('back')}
      </button>
      {problem !== null && <ErrorNote error={problem} tables={[delegationRefusalWords]} />}
    </div>
  );
}
