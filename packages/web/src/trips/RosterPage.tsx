import type { ReactNode } from 'react';
import { ImportPage } from '../people/ImportPage.tsx';
import { useSession } from '../platform/session.tsx';
import { ImportsPart } from './ImportsPart.tsx';

/** Bringing a roster in, and below it those that were brought in: what has a seat by now decides what can be taken back. */
export function RosterPage(): ReactNode {
  const { season } = useSession();
  return <ImportPage below={season && <ImportsPart season={season.id} />} />;
}
