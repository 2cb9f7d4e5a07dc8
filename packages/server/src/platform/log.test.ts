import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { faultFacts, openLog } from './log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  let text = '';
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  write(openLog('info', to));
  return text;
}

it('keeps facts of the list and nothing else', () => {
  const line = logged((log) => log.info({ route: '/api/people', name: '张三', body: { a: 1 } }, 'a request'));
  expect(JSON.parse(line)).toEqual({
    level: 30,
    time: expect.any(String),
    route: '/api/people',
    msg: 'a request',
  });
});

it('names kind, code and place of a fault, and repeats nobody', () => {
  const fault = Object.assign(new Error('Key (name)=(张三) exists\n    at 13800001111'), {
    code: '23505',
    detail: 'Key (phone)=(13800001111)',
    table: 'people_person',
    constraint: 'people_person_pkey',
  });
  const line = logged((log) => log.error({ err: fault }, 'a request failed'));
  expect(faultFacts(fault).at[0]).toContain('log.test.ts');
  expect(line).not.toMatch(/张三|13800001111/);
  expect(JSON.parse(line).err).toMatchObject({
    kind: 'Error',
    code: '23505',
    table: 'people_person',
    constraint: 'people_person_pkey',
  });
});

it('says what a mistake of the program is, without what stands in quotes, digits and other scripts', () => {
  const said = faultFacts(new TypeError("cannot read '张三' of 500102199001011234 in 重庆 x"));
  expect(said.message).toBe('cannot read … of # in … x');
  expect(faultFacts(new SyntaxError('Unexpected token in "张三"'))).not.toHaveProperty('message');
  expect(faultFacts('a thrown text')).toMatchObject({ kind: 'Error', at: [] });
});

it('keeps whatever it is told on one line, with the moment in UTC', () => {
  const text = logged((log) =>
    log.warn({ code: 'a\r\n{"level":50}', route: '/x\u2028\u0000' }, 'turned away'),
  );
  const lines = text.split('\n').filter(Boolean);
  expect(lines).toHaveLength(1);
  expect(text).not.toContain('\r');
  const line = JSON.parse(text) as { code: string; time: string };
  expect(line.code).toBe('a\r\n{"level":50}');
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});
