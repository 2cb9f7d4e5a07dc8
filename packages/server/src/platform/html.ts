/** HTML that is safe to send: made only by `html` (which escapes what is put in) and `trusted`. */
export interface Html {
  readonly safe: string;
}

/** What may stand in a template: text is escaped, HTML stands as it is, nothing prints nothing. */
export type HtmlPart = Html | string | number | null | undefined | false | readonly HtmlPart[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Escapes a text for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? character);
}

function safeOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('safe' in part) return part.safe;
  return part.map(safeOf).join('');
}

/**
 * A template whose values are escaped: html`<b>${name}</b>`.
 * Attribute values must stand in double quotes; a URL or a script never takes a value that a person typed.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { safe: strings.reduce((made, text, i) => made + safeOf(parts[i - 1]) + text) };
}

/** Markup that the product itself wrote (drawings); never text from a person. */
export function trusted(markup: string): Html {
  return { safe: markup };
}

/** `tel:` address of a number as printed (`023-0000 0012`); anything but digits and a leading plus is left out. */
export function telHref(phone: string): string {
  return `tel:${phone.replace(/(?!^\+)\D/g, '')}`;
}

/** What a page without script consists of. */
export interface PageParts {
  readonly language: 'zh' | 'en';
  readonly title: string;
  /** Nonce of this reply's Content-Security-Policy, under which the one style sheet stands. */
  readonly nonce: string;
  /** Style sheet written by the product. */
  readonly css: string;
  readonly body: Html;
}

/**
 * A whole HTML document that asks for nothing else: no script, no picture, no font from elsewhere. Its address holds a key,
 * so it names no referrer and asks not to be indexed.
 */
export function htmlDocument({ language, title, nonce, css, body }: PageParts): string {
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<style nonce="${nonce}">${trusted(css)}</style>
</head>
<body>${body}</body>
</html>
`.safe;
}
