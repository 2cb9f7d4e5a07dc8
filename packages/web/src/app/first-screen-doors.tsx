import { firstScreenWords } from '@fangang/domain/figures/words.ts';
import { openRoleDoor } from '@fangang/domain/offices/api.ts';
import type { Role } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords } from '@fangang/domain/offices/words.ts';
import { type ReactNode, useState } from 'react';
import { useRefresh } from '../platform/asking.ts';
import { call } from '../platform/call.ts';
import { useGoOn } from '../platform/go-on.ts';
import { useKeys } from '../platform/keys.tsx';
import { useWords } from '../platform/language.tsx';
import { useErrorWords } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import type { FirstScreenFacts } from './first-screen-map.tsx';

interface Entered {
  readonly role: Role;
  readonly href: string;
}

/** Goes through a role's door of the sample and on to a page, as that role. */
export function useDoor(): (role: Role, href: string) => void {
  const refresh = useRefresh();
  const toast = useToast();
  const errorWords = useErrorWords([officeRefusalWords]);
  const [entered, setEntered] = useState<Entered | null>(null);
  useGoOn(entered !== null, entered?.href ?? '/');
  const enter = async (role: Role, href: string): Promise<void> => {
    try {
      const answer = await call(openRoleDoor, { body: { role } });
      if (!answer.ok) return toast({ text: errorWords(answer.refusal).what, tone: 'danger' });
      await refresh('offices', 'figures', 'people', 'trips');
      setEntered({ role, href });
    } catch (fault) {
      toast({ text: errorWords(fault).what, tone: 'danger' });
    }
  };
  return (role, href) => void enter(role, href);
}

/** Where a door of the first screen leads; null where nothing lies behind it right now. */
export function doorPath(page: string, facts: FirstScreenFacts): string | null {
  if (page === 'door') return facts.boardingTrip && `/door/${facts.boardingTrip}`;
  if (page === 'gate') return facts.unsignedTrip && `/gate/${facts.unsignedTrip}`;
  if (page === 'ticket') return facts.ticketPath;
  if (page === 'import') return '/people/import';
  return `/${page}`;
}

const DOORS = [
  { role: 'townOfficer', page: 'people' },
  { role: 'laborBroker', page: 'people' },
  { role: 'dispatcher', page: 'planning' },
  { role: 'escort', page: 'door' },
  { role: 'employer', page: 'gate' },
  { role: 'agency', page: 'people' },
  { role: 'worker', page: 'ticket' },
  { role: 'leader', page: 'figures' },
  { role: 'systemAdministrator', page: 'installation' },
] as const satisfies readonly { role: Role | 'worker'; page: string }[];

/** The row of role doors at the foot: a key 1 to 9 opens each. A worker's is the link of a ticket and signs nobody in. */
export function FirstScreenDoors({
  facts,
  onEnter,
}: {
  facts: FirstScreenFacts;
  onEnter: (role: Role, href: string) => void;
}): ReactNode {
  const say = useWords(firstScreenWords);
  const go = (it: (typeof DOORS)[number]): void => {
    const path = doorPath(it.page, facts);
    if (path === null) return;
    if (it.role === 'worker') window.location.assign(path);
    else onEnter(it.role, path);
  };
  useKeys(
    DOORS.map((it, i) => ({
      keys: String(i + 1),
      label: say(`door.${it.role}`),
      scope: 'page' as const,
      run: () => go(it),
    })),
  );
  return (
    <nav className="first-doors" aria-label={say('enterAs')}>
      <b>{say('enterAs')}</b>
      {DOORS.map((it, i) => {
        const shut = doorPath(it.page, facts) === null;
        return (
          <button
            key={it.role}
            type="button"
            disabled={shut}
            title={shut ? say('doorShut') : ''}
            onClick={() => go(it)}
          >
            <b>{say(`door.${it.role}`)}</b>
            <span>{say(`door.${it.role}.sub`)}</span>
            <i aria-hidden="true">{i + 1}</i>
          </button>
        );
      })}
    </nav>
  );
}
