import { readSession } from '@fangang/domain/offices/api.ts';
import { findPeople } from '@fangang/domain/people/api.ts';
import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { forgetWhatWasRead } from '../offices/forget.ts';

it('keeps nothing of what an account has read once its session is over', () => {
  const client = new QueryClient();
  client.setQueryData(['people', findPeople.name, { text: '谭' }], { people: [{ name: '谭秋实' }] });
  client.setQueryData(['offices', readSession.name], { staff: null });
  forgetWhatWasRead(client);
  const kept = client
    .getQueryCache()
    .getAll()
    .map((it) => it.queryKey[1]);
  expect(kept).toEqual([readSession.name]);
});
