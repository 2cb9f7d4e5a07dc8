import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';

/** A JSON Schema as the interface's description holds it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** One door of the running server, as `/openapi.json` tells of it. */
export interface Door {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly name: string;
  readonly callers: readonly string[];
  readonly file?: 'up' | 'down';
  readonly isPlain: boolean;
  readonly parameters: readonly { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  readonly body?: Schema;
}

interface Operation {
  readonly 'x-name': string;
  readonly 'x-callers': readonly string[];
  readonly 'x-file'?: 'up' | 'down';
  readonly 'x-plain'?: boolean;
  readonly parameters: Door['parameters'];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
}

/** Reads the doors from the server itself: a route nobody thought of is tried too. */
export async function doorsOf(app: FastifyInstance): Promise<Door[]> {
  const document = (await app.inject({ url: '/openapi.json' })).json() as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, it]) => {
      const body = Object.values(it.requestBody?.content ?? {})[0]?.schema;
      return {
        method: method.toUpperCase() as Door['method'],
        path,
        name: it['x-name'],
        callers: it['x-callers'],
        isPlain: it['x-plain'] ?? false,
        parameters: it.parameters,
        ...(it['x-file'] && { file: it['x-file'] }),
        ...(body && { body }),
      };
    }),
  );
}

/** Texts that have broken programs: other scripts, halves of characters, quotes of SQL, wildcards, lengths, times that are none. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  "' or 1=1 --",
  '%',
  '_',
  '\\',
  '*',
  '[',
  '\ud800',
  '😀',
  '\u202e',
  '\u2028',
  'null',
  '-1',
  'NaN',
  '1e999',
  '../../etc/passwd',
  '=1+1',
  '张三',
  'x'.repeat(41),
  'x'.repeat(9_000),
];
const HOSTILE_DAYS = ['2022-02-31', '0000-00-00', '9999-12-31', '2022-13-01', '0001-01-01', '2022-02-12'];
const HOSTILE_MOMENTS = [
  '2022-02-31T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  '2022-02-12T08:00:00+08:00',
];

const text = (schema: Schema): fc.Arbitrary<string> => {
  if (schema.format === 'uuid')
    return fc.oneof(fc.uuid(), fc.constant('00000000-0000-0000-0000-000000000000'));
  if (schema.format === 'date-time') return fc.constantFrom(...HOSTILE_MOMENTS);
  if (schema.format === 'date') return fc.constantFrom(...HOSTILE_DAYS);
  if (schema.pattern === '^\\d{12}$')
    return fc.constantFrom('500102000000', '500156103000', '000000000000', '999999999999');
  if (schema.pattern?.startsWith('^[a-z0-9][a-z0-9-]'))
    return fc.constantFrom('2022-spring', '1999-spring', 'aa');
  return fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 60 }));
};

/**
 * Values that a schema describes, at its edges: largest numbers, days that are none, ids of nobody. Most pass the schema, some do
 * not; what they have in common is that no program should break on them.
 */
export function hostile(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(hostile));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  const { minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 } = schema;
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.oneof(fc.constantFrom(minimum, maximum, 0, 1), fc.integer({ min: minimum, max: maximum }));
    case 'number':
      return fc.oneof(
        fc.constantFrom(minimum, maximum),
        fc.double({ min: minimum, max: maximum, noNaN: true }),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(hostile(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, it]) => [name, hostile(it)])),
        {
          requiredKeys: [...(schema.required ?? [])],
        },
      );
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}
