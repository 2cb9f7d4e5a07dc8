import { readSession } from '@fangang/domain/offices/api.ts';
import { Navigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useRead } from '../platform/asking.ts';
import { SessionProvider, useSession } from '../platform/session.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';

/** While the sample plays, the clock in the bar follows it closely. */
const PLAYING_MS = 3000;
const STANDING_MS = 30_000;

/** Knows who sits here before any page is drawn. */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const session = useRead(readSession, undefined, {
    everyMs: (last) => ((last?.clock.speed ?? 0) > 1 ? PLAYING_MS : STANDING_MS),
  });
  if (session.data) return <SessionProvider session={session.data}>{children}</SessionProvider>;
  if (session.error) return <ErrorNote error={session.error} onRetry={() => void session.refetch()} />;
  return <Loading />;
}

/** To the sign-in page and, afterwards, back to where one wanted to go. */
function ToSignIn(): ReactNode {
  const router = useRouter();
  // Read once: while the sign-in page loads, the location is already its own.
  const [wanted] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={{ next: wanted }} replace />;
}

/** Lets signed-in staff through; in the sample, pages that only show may be open to everybody. */
export function StaffOnly({
  children,
  openInSample = false,
}: {
  children: ReactNode;
  openInSample?: boolean;
}): ReactNode {
  const { staff, device, sample } = useSession();
  return (staff && !device) || (sample && openInSample) ? children : <ToSignIn />;
}
