import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLog } from './log.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

async function faultOf(...statements: string[]): Promise<unknown> {
  const client = new pg.Client({ connectionString: fresh.adminUrl });
  await client.connect();
  try {
    for (const text of statements) await client.query(text);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end();
  }
}

function logged(err: unknown): string {
  let text = '';
  const write = (line: string): void => {
    text += line;
  };
  openLog('info', { write }).error({ err }, 'a request failed');
  return text;
}

it('keeps the values of a row out of the log', async () => {
  const twice = await faultOf(
    'create temp table person (name text unique)',
    `insert into person values ('谭秋实'), ('谭秋实')`,
  );
  expect(JSON.stringify(twice)).toContain('谭秋实');
  const line = logged(twice);
  expect(line).not.toContain('谭秋实');
  expect(JSON.parse(line).err).toMatchObject({ code: '23505', constraint: 'person_name_key' });
  expect(logged(await faultOf(`select '5002991971'::uuid`))).not.toContain('5002991971');
});

it('tells what a fault is and where it came from', () => {
  const fault = new TypeError('no such seat', { cause: new Error('the trip is gone') });
  const { err } = JSON.parse(logged(fault));
  expect(err).toMatchObject({
    type: 'TypeError',
    message: 'no such seat',
    cause: { message: 'the trip is gone' },
  });
  expect(err.stack).toContain('log.test.ts');
});
