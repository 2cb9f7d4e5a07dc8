/** Only a path of our own: a link in a mail must not lead from our sign-in to somebody else's page. */
export function nextPath(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/workbench';
}
