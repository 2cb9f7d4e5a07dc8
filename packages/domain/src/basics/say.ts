/** The languages every word exists in. Chinese is the first one, English is complete. */
export type Language = 'zh' | 'en';

/** One text in both languages. `{n}` takes a fact, `{n|person|people}` chooses by the number. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A room's table of words (`<room>/words.ts`), written `as const` so that facts are checked by the compiler. */
export type Words = Readonly<Record<string, Text>>;

/** What may be put into a text. Numbers are grouped by thousands; a year or a seat number is given as a string. */
export type Fact = string | number;

type Bare<Name extends string> = Name extends `${infer Head}|${string}` ? Head : Name;

/** Names of the placeholders of a text. */
export type FactNames<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Bare<Name> | FactNames<Rest>
  : never;

/** Facts a text asks for: none, or one entry for each placeholder of the Chinese or the English form. */
export type FactsOf<T extends Text> = [FactNames<T['zh'] | T['en']>] extends [never]
  ? []
  : [facts: Readonly<Record<FactNames<T['zh'] | T['en']>, Fact>>];

/** Says one key of a table in one language. */
export type Say<W extends Words> = <K extends keyof W>(key: K, ...facts: FactsOf<W[K]>) => string;

/** `16912` → `16,912`; fractions stay as they are. */
export function grouped(n: number): string {
  const [whole = '0', fraction] = String(n).split('.');
  const head = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? head : `${head}.${fraction}`;
}

/**
 * Fills a text of either language with facts.
 *
 * A placeholder without a fact stays visible in its braces: a missing fact must be seen, not hidden.
 */
export function fill(text: Text, language: Language, facts: Readonly<Record<string, unknown>> = {}): string {
  return text[language].replace(/\{([^{}]+)\}/g, (whole, inner: string) => {
    const [name = '', one, many] = inner.split('|');
    const fact = facts[name];
    if (fact === undefined || fact === null) return whole;
    if (one !== undefined) return fact === 1 ? one : (many ?? one);
    return typeof fact === 'number' ? grouped(fact) : String(fact);
  });
}

/** A speaker for one table in one language: `say('people', { n: 3 })`. */
export function speaker<W extends Words>(words: W, language: Language): Say<W> {
  return (key, ...facts) => {
    const text = words[key];
    return text ? fill(text, language, facts[0]) : String(key);
  };
}
