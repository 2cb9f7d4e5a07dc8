import { createContext, type ReactNode, use } from 'react';

/** Who sits at this screen. */
export interface StaffHere {
  readonly id: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly role: string;
  readonly areaCode: string;
  readonly areaName: string;
  readonly areaPinyin: string;
  readonly officeName: string;
}

/** The installation's business clock; the sample's can be moved, a real one runs by itself. */
export interface ClockHere {
  /** ISO 8601 with offset. */
  readonly now: string;
  /** `正月十一`. */
  readonly lunar: string;
  readonly sample: boolean;
  /** Business seconds per second; 0 = stands. */
  readonly speed: number;
}

/** A session with a step left: nothing else opens before. */
export interface PendingHere {
  readonly step: 'secondFactor' | 'changePassword' | 'enrolSecondFactor';
  readonly name: string;
  readonly totp: boolean;
  readonly passkey: boolean;
}

/** Somebody on leave for whom this session acts. */
export interface ActingHere {
  readonly id: string;
  /** False once it has ended: nothing opens before one has gone back to oneself. */
  readonly live: boolean;
  readonly name: string;
  readonly namePinyin: string;
  /** Last day. */
  readonly until: string;
}

export interface SessionHere {
  readonly staff: StaffHere | null;
  readonly acting: ActingHere | null;
  readonly pending: PendingHere | null;
  /** This browser is a phone of the field: doors, gates and the ledger only. */
  readonly device: boolean;
  /** The office's own identity provider, where there is one. */
  readonly provider: string | null;
  /** Only in a sample season; while it is being made, how far it is (0..1). */
  readonly sample: { readonly state: 'filling' | 'ready'; readonly share: number } | null;
  readonly clock: ClockHere;
  readonly season: { readonly id: string; readonly name: string } | null;
}

const Here = createContext<SessionHere | null>(null);

/** Handed down by the application, which alone knows the endpoint it comes from. */
export function SessionProvider({
  session,
  children,
}: {
  session: SessionHere;
  children: ReactNode;
}): ReactNode {
  return <Here value={session}>{children}</Here>;
}

/** The session of this screen. Throws outside the provider: a page cannot be drawn without it. */
export function useSession(): SessionHere {
  const session = use(Here);
  if (!session) throw new Error('useSession outside SessionProvider');
  return session;
}

/** Staff of this screen; pages behind the sign-in may rely on it. */
export function useStaff(): StaffHere {
  const { staff } = useSession();
  if (!staff) throw new Error('useStaff without a sign-in');
  return staff;
}
