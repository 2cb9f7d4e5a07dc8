import type { Endpoint } from '@fangang/domain/basics/api.ts';
import { z } from 'zod';
import type { PlainRoute } from './route-check.ts';
import { strictly } from './strictly.ts';

type Json = Record<string, unknown>;
type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** What is said of the whole interface. */
export interface ApiTitle {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA: Json = {
  description:
    'RFC 9457. `code` is stable (`room.what_is_wrong`), `facts` are for the words. The number of the request is in `x-request-id`.',
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'facts'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', format: 'uri', examples: ['urn:fangang:problem:basics.not_found'] },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', pattern: '^[a-z]+\\.[a-z0-9_]+$' },
    facts: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
  },
};
/** Problems any endpoint may answer with, before its own rule is asked. */
const COMMON = [400, 401, 403, 404, 409, 413, 415, 422, 429] as const;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const strict = io === 'input' ? strictly(schema) : schema;
  const { $schema: _, ...json } = z.toJSONSchema(strict, { io, unrepresentable: 'any' }) as Json;
  return json;
}

function fieldsOf(schema: z.ZodType): { properties: Record<string, Json>; required: readonly string[] } {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return { properties, required };
}

function parametersOf(it: AnyEndpoint): Json[] {
  const at = (place: 'path' | 'query', schema: z.ZodType): Json[] => {
    const { properties, required } = fieldsOf(schema);
    return Object.entries(properties).map(([name, json]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: json,
    }));
  };
  return [...at('path', it.params), ...at('query', it.query)];
}

function bodyOf(it: AnyEndpoint): Json | undefined {
  if (it.method === 'GET') return undefined;
  const json = schemaOf(it.body, 'input');
  const required = ((json.required as string[] | undefined) ?? []).length > 0;
  if (it.file !== 'up') return { required, content: { 'application/json': { schema: json } } };
  const fields = fieldsOf(it.body);
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const form = {
    ...json,
    properties: { ...fields.properties, file },
    required: [...fields.required, 'file'],
  };
  return { required: true, content: { 'multipart/form-data': { schema: form } } };
}

function problems(): Json {
  const entry = { $ref: '#/components/responses/Problem' };
  return Object.fromEntries(COMMON.map((status) => [String(status), entry]));
}

function replyOf(it: AnyEndpoint): Json {
  if (it.file === 'down') {
    const schema = { type: 'string', contentMediaType: 'application/octet-stream' };
    return { description: 'the file', content: { 'application/octet-stream': { schema } } };
  }
  return {
    description: 'done',
    content: { 'application/json': { schema: schemaOf(it.reply, 'output') } },
  };
}

function saidOf(it: Pick<AnyEndpoint, 'name' | 'callers' | 'access'>): Json {
  const scope = [it.access.scope].flat();
  return {
    operationId: it.name,
    tags: [it.name.split('.')[0]],
    summary: `${it.access.action} ${it.access.resource} (${scope.join(', ')})`,
    security: it.callers.includes('anyone') ? [{}, { session: [] }] : [{ session: [] }],
    'x-name': it.name,
    'x-callers': it.callers,
    'x-access': { ...it.access, scope },
  };
}

function operationOf(it: AnyEndpoint): Json {
  const body = bodyOf(it);
  return {
    ...saidOf(it),
    ...(it.file && { 'x-file': it.file }),
    parameters: parametersOf(it),
    ...(body && { requestBody: body }),
    responses: { '200': replyOf(it), ...problems() },
  };
}

function plainOperation(it: PlainRoute): Json {
  const names = [...it.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
  return {
    ...saidOf(it),
    'x-plain': true,
    parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { '200': { description: 'the page or file', content: { [it.gives]: {} } }, ...problems() },
  };
}

/** `/api/trips/:tripId` → `/api/trips/{tripId}`; the rest of a path is a parameter too. */
function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}');
}

/**
 * The interface as OpenAPI 3.1, made from the endpoints the server has mounted: there is no second description.
 *
 * Extensions: `x-name`, `x-callers`, `x-access`, `x-file` (`up` takes one, `down` gives one), `x-plain` (a page or file beside the
 * interface). Source: OpenAPI 3.1.1; JSON Schema 2020-12.
 */
export function openapiOf(
  title: ApiTitle,
  endpoints: readonly AnyEndpoint[],
  plain: readonly PlainRoute[],
): Json {
  const paths: Record<string, Json> = {};
  const put = (path: string, method: string, operation: Json): void => {
    paths[templateOf(path)] = { ...paths[templateOf(path)], [method.toLowerCase()]: operation };
  };
  for (const it of endpoints) put(it.path, it.method, operationOf(it));
  for (const it of plain) put(it.path, it.method, plainOperation(it));
  const { title: name, version, description } = title;
  const problem = { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    openapi: '3.1.1',
    info: { title: name, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: { Problem: { description: 'refused', content: problem } },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'fangang' } },
    },
  };
}
