import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** One visitor who speaks HTTP with the product, without a browser: keeps the cookies, waits when told to, throws at what is refused. */
export interface Visitor {
  get<Reply>(path: string): Promise<Reply>;
  bytes(path: string): Promise<Buffer>;
  /** With a key of its own. */
  post<Reply>(path: string, body: object): Promise<Reply>;
  upload<Reply>(path: string, fields: Readonly<Record<string, string>>, file: File): Promise<Reply>;
  /** Whatever is answered, refusals too: the status. */
  try(method: 'GET' | 'POST', path: string, body?: object): Promise<number>;
}

export function visitor(url: string): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const reply = await fetch(`${url}${path}`, { ...init, headers });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return reply;
  };
  const good = async (path: string, init: RequestInit): Promise<Response> => {
    const reply = await ask(path, init);
    if (reply.status === 429) {
      await reply.arrayBuffer();
      await pause(Number(reply.headers.get('retry-after') ?? 1) * 1000);
      return good(path, init);
    }
    if (!reply.ok) throw new Error(`${init.method} ${path} answered ${reply.status}: ${await reply.text()}`);
    return reply;
  };
  const asJson = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    get: async (path) => (await good(path, { method: 'GET' })).json() as never,
    bytes: async (path) => Buffer.from(await (await good(path, { method: 'GET' })).arrayBuffer()),
    post: async (path, body) => (await good(path, asJson({ ...body, key: randomUUID() }))).json() as never,
    upload: async (path, fields, file) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', file);
      return (await good(path, { method: 'POST', body: form })).json() as never;
    },
    try: async (method, path, body) => {
      const reply = await ask(path, body ? asJson(body) : { method });
      await reply.arrayBuffer();
      return reply.status;
    },
  };
}
