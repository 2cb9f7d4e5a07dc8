/** One operation of the running server, as its own description says. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** `/api/trips/{tripId}` */
  readonly path: string;
  readonly callers: readonly string[];
  readonly action: string;
  readonly resource: string;
  readonly scope: readonly string[];
  readonly file: 'up' | 'down' | null;
  readonly plain: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly body: Schema | null;
}

export type Schema = { readonly [key: string]: unknown };

interface Said {
  readonly [key: string]: unknown;
  readonly 'x-name': string;
  readonly 'x-callers': readonly string[];
  readonly 'x-access': {
    readonly action: string;
    readonly resource: string;
    readonly scope: readonly string[];
  };
  readonly 'x-file'?: 'up' | 'down';
  readonly 'x-plain'?: boolean;
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** Operations that a description at /openapi.json lists. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = document as { paths: Record<string, Record<string, Said>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]): Operation => {
      const content = said.requestBody?.content ?? {};
      return {
        name: said['x-name'],
        method: method.toUpperCase() as Operation['method'],
        path,
        callers: said['x-callers'],
        ...said['x-access'],
        file: said['x-file'] ?? null,
        plain: said['x-plain'] ?? false,
        parameters: said.parameters ?? [],
        body: Object.values(content)[0]?.schema ?? null,
      };
    }),
  );
}

/** An operation that only reads: by GET, or by POST with what is looked for in a body. */
export function isReading({ method, action }: Operation): boolean {
  return method === 'GET' || action === 'list' || action === 'read';
}
