import { readSession } from '@fangang/domain/offices/api.ts';
import type { QueryClient } from '@tanstack/react-query';

/** Nothing one account has read may stay in memory for the next one at the same desk; who sits here is asked anew. */
export function forgetWhatWasRead(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => query.queryKey[1] !== readSession.name });
}
