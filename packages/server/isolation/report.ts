/** What a run says of itself: one line of JSON. */
export interface Report {
  readonly requests: number;
  readonly routes: number;
  readonly roles: number;
  readonly leaks: readonly string[];
  readonly faults: readonly string[];
  /** Policies switched off, and how many of them were noticed: by bare SQL, and by requests alone. */
  readonly kills: {
    readonly total: number;
    readonly killed: number;
    readonly byRequests: number;
    readonly survived: readonly string[];
  };
  /** Read routes on which somebody saw own rows, of those that show any. */
  readonly ownVisible: { readonly seen: number; readonly of: number; readonly unseen: readonly string[] };
  readonly twins: number;
  /** Requests with the token of a field phone, good or revoked. */
  readonly phones: number;
  readonly compared: number;
  readonly seconds: number;
}

/** Share of the read routes on which somebody has to see own rows: a house that shows nothing leaks nothing and proves nothing. */
const OWN_SHARE = 0.95;

/** Nothing leaked or broke, every policy's loss was noticed, and own data was seen. */
export function isSound({ leaks, faults, kills, ownVisible }: Report): boolean {
  const isSeen = ownVisible.of > 0 && ownVisible.seen / ownVisible.of >= OWN_SHARE;
  return (
    leaks.length === 0 && faults.length === 0 && kills.killed === kills.total && kills.total > 0 && isSeen
  );
}
