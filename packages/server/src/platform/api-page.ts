import { type Language, speaker } from '@fangang/domain/basics/say.ts';
import { apiWords } from '@fangang/domain/basics/words-api.ts';
import { type Html, html, htmlDocument } from './html.ts';

interface Operation {
  readonly summary: string;
  readonly 'x-name': string;
  readonly 'x-callers': readonly string[];
  readonly 'x-file'?: 'up' | 'down';
  readonly 'x-plain'?: boolean;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema?: object }> };
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

interface Line extends Operation {
  readonly method: string;
  readonly path: string;
}

const CSS = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
h2{margin:2rem 0 .5rem;border-bottom:1px solid}details{margin:.25rem 0;padding:.25rem .5rem;border-left:3px solid #7d8f8b}
summary{cursor:pointer}code,pre{font:13px/1.4 ui-monospace,monospace}pre{overflow:auto;max-height:24rem}
table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.1rem .75rem .1rem 0}`;

type Say = ReturnType<typeof speaker<typeof apiWords>>;

function schemaIn(content: Record<string, { schema?: object }> | undefined): string {
  const schemas = Object.values(content ?? {}).map((it) => it.schema);
  return schemas[0] ? JSON.stringify(schemas[0], null, 1) : '';
}

function schemaPart(head: string, schema: string): Html | null {
  return schema ? html`<details><summary>${head}</summary><pre>${schema}</pre></details>` : null;
}

function parameterRows(it: Line, say: Say): Html | null {
  if (it.parameters.length === 0) return null;
  return html`<table><tr><th>${say('parameters')}</th><th></th><th></th></tr>${it.parameters.map(
    (one) =>
      html`<tr><td><code>${one.name}</code></td><td>${one.in}${one.required ? ` · ${say('required')}` : ''}</td><td><code>${JSON.stringify(one.schema)}</code></td></tr>`,
  )}</table>`;
}

function part(it: Line, say: Say): Html {
  const file = it['x-file'] && ` · ${say(it['x-file'] === 'up' ? 'fileUp' : 'fileDown')}`;
  return html`<details id="${it['x-name']}"><summary><b>${it['x-name']}</b> <code>${it.method} ${it.path}</code>${file}</summary>
<p>${say('access')}: ${it.summary}<br>${say('callers')}: ${it['x-callers'].join(', ')}</p>
${parameterRows(it, say)}${schemaPart(say('body'), schemaIn(it.requestBody?.content))}
${schemaPart(say('reply'), schemaIn(it.responses['200']?.content))}</details>`;
}

function linesOf(document: Record<string, unknown>): Line[] {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, it]) => ({ ...it, method: method.toUpperCase(), path })),
  );
}

/** The interface as a page without script: each endpoint with who may call it, what it takes and what it answers. */
export function apiPage(document: Record<string, unknown>, language: Language, nonce: string): string {
  const say = speaker(apiWords, language);
  const lines = linesOf(document);
  const groupOf = (it: Line): string =>
    it['x-plain'] ? say('pages') : (it['x-name'].split('.')[0] ?? it['x-name']);
  const groups = [...new Set(lines.map(groupOf))];
  const body = html`<h1>${say('title')}</h1><p>${say('intro')} <a href="/openapi.json">openapi.json</a></p><p>${say('problems')}</p>
${groups.map((group) => html`<section><h2>${group}</h2>${lines.filter((it) => groupOf(it) === group).map((it) => part(it, say))}</section>`)}`;
  return htmlDocument({ language, title: say('title'), nonce, css: CSS, body });
}
