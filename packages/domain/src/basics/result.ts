/**
 * What a rule answers.
 *
 * A rule never throws for something a person can do wrong. It returns a refusal: a stable code plus the facts
 * needed to explain it. The words are chosen by the page (`<room>/words.ts`), the HTTP status by the server's edge.
 */
export type Result<Value, R extends Refusal = Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: R };

export interface Refusal {
  /** `room.what_is_wrong`; never renamed once released. */
  readonly code: `${string}.${string}`;
  /** Facts for the words; never a name, a number of a person or free text. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refuse<const R extends Refusal>(refusal: R): { ok: false; refusal: R } {
  return { ok: false, refusal };
}
