import { z } from 'zod';

type Any = z.core.$ZodType;
/** What lies inside of a schema, by the name it has in its definition. */
const INNER: Readonly<Record<string, readonly string[]>> = {
  array: ['element'],
  optional: ['innerType'],
  nullable: ['innerType'],
  nonoptional: ['innerType'],
  default: ['innerType'],
  prefault: ['innerType'],
  readonly: ['innerType'],
  catch: ['innerType'],
  union: ['options'],
  record: ['valueType'],
  tuple: ['items', 'rest'],
  pipe: ['in'],
  object: ['shape'],
};

const kept = new WeakMap<Any, Any>();

function inside(value: unknown): unknown {
  if (value instanceof z.core.$ZodType) return strictly(value);
  if (Array.isArray(value)) return value.map(inside);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, inside(it)]));
}

/**
 * The same schema, refusing fields it does not name, at every depth.
 *
 * An object that says itself what becomes of other fields (`z.looseObject`, `catchall`) keeps its word.
 */
export function strictly<Schema extends Any>(schema: Schema): Schema {
  const made = kept.get(schema);
  if (made) return made as Schema;
  const def = schema._zod.def as unknown as Record<string, unknown> & { type: string };
  const names = INNER[def.type];
  if (!names) return schema;
  const changed = Object.fromEntries(names.map((name) => [name, inside(def[name])]));
  const closed = def.type === 'object' && !def.catchall ? { catchall: z.never() } : {};
  const strict = z.core.clone(schema, { ...def, ...changed, ...closed } as never);
  kept.set(schema, strict);
  return strict;
}
