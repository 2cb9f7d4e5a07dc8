import type { Refusal } from '@fangang/domain/basics/result.ts';
import { z } from 'zod';
import type { AnyEndpoint, Input } from './http.ts';
import { newId } from './ids.ts';
import { strictly } from './strictly.ts';

/** How deep, long and wide the values of a request may be. */
export const MOST = { depth: 12, items: 20_000, fields: 500, values: 200_000 };

/** What is wrong with a value before any schema is asked: `null` where nothing is. NUL is no character of any text in a database. */
export function shapeFault(
  value: unknown,
  most = MOST,
): 'depth' | 'items' | 'fields' | 'values' | 'characters' | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let seen = 0; open.length > 0; seen += 1) {
    const at = open.pop();
    if (seen >= most.values) return 'values';
    if (typeof at?.value === 'string' && at.value.includes('\0')) return 'characters';
    if (at === undefined || at.value === null || typeof at.value !== 'object') continue;
    if (at.depth >= most.depth) return 'depth';
    const inside = Object.entries(at.value);
    if (inside.length > (Array.isArray(at.value) ? most.items : most.fields)) {
      return Array.isArray(at.value) ? 'items' : 'fields';
    }
    for (const [name, one] of inside) {
      if (name.includes('\0')) return 'characters';
      open.push({ value: one, depth: at.depth + 1 });
    }
  }
  return null;
}

type Parsed = { ok: true; value: Input<AnyEndpoint>; key: string } | { ok: false; refusal: Refusal };

function bad(field: string): Parsed {
  return { ok: false, refusal: { code: 'basics.bad_input', facts: { field } } };
}

/** Names of fields are the interface's own; what a stranger calls one is not repeated. */
function fieldOf(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? [];
  return path.map((it) => (typeof it === 'number' ? it : String(it).slice(0, 40))).join('.');
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Reads params, query and body by the endpoint's schemas, strictly: an unknown field is refused at every depth.
 *
 * `fields` are those of a form and take the body's place. Every write may bring a `key`; one is made where none came.
 */
export function inputOf(
  endpoint: AnyEndpoint,
  request: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  fields: Record<string, string> | null,
): Parsed {
  const given = fields ?? request.body ?? {};
  if (!isPlain(given)) return bad('body');
  if (shapeFault([request.params, request.query, given])) return bad('');
  const rawBody = { ...given };
  const key = rawBody.key;
  const knowsKey = endpoint.body instanceof z.ZodObject && 'key' in endpoint.body.shape;
  if (!knowsKey) delete rawBody.key;
  if (key !== undefined && !z.uuid().safeParse(key).success) return bad('key');
  const params = strictly(endpoint.params).safeParse(request.params ?? {});
  const query = strictly(endpoint.query).safeParse(request.query ?? {});
  const body = strictly(endpoint.body).safeParse(rawBody);
  const wrong = [params, query, body].find((it) => !it.success);
  if (wrong?.error) return bad(fieldOf(wrong.error));
  const value = { params: params.data, query: query.data, body: body.data } as Input<AnyEndpoint>;
  return { ok: true, value, key: typeof key === 'string' ? key.toLowerCase() : newId() };
}
