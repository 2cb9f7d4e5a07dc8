import { expect, it } from 'vitest';
import { z } from 'zod';
import { strictly } from './strictly.ts';

const loose = z.object({
  who: z.union([z.object({ leg: z.string() }), z.object({ code: z.string() })]),
  list: z.array(z.object({ n: z.int() })).optional(),
  by: z
    .record(z.string(), z.object({ on: z.boolean() }))
    .nullable()
    .default(null),
});
const sound = { who: { leg: 'a' }, list: [{ n: 1 }], by: { x: { on: true } } };

it('takes what the schema names, with its defaults', () => {
  expect(strictly(loose).parse(sound)).toEqual(sound);
  expect(strictly(loose).parse({ who: { code: 'b' } })).toEqual({ who: { code: 'b' }, by: null });
});

it.each([
  ['at the top', { ...sound, extra: 1 }],
  ['inside a choice', { ...sound, who: { leg: 'a', extra: 1 } }],
  ['inside a list', { ...sound, list: [{ n: 1, extra: 1 }] }],
  ['inside a record', { ...sound, by: { x: { on: true, extra: 1 } } }],
])('refuses an unknown field %s, which the schema alone would drop', (_where, value) => {
  expect(strictly(loose).safeParse(value).success).toBe(false);
  expect(loose.safeParse(value).success).toBe(true);
});

it('keeps checks, and the word of a schema that takes other fields', () => {
  const checked = z.object({ a: z.int(), b: z.int() }).refine((it) => it.a < it.b);
  expect(strictly(checked).safeParse({ a: 2, b: 1 }).success).toBe(false);
  expect(strictly(z.looseObject({ a: z.int() })).parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
});
