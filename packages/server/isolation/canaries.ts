import type { RowFacts } from './oracle.ts';

const TOKEN = /Kq[0-9a-z]{5}x/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi;
const NUMBER = /(?<![0-9])(?:[0-9]{17}[0-9X]|1[0-9]{10})(?![0-9])/g;

/** Every text, id and number of the made world, and whose it is. */
export class Canaries {
  readonly #owners = new Map<string, RowFacts[]>();
  #next = 0;

  /** A text that stands nowhere else in the world: five digits to base 36 between marks. */
  text(owner: RowFacts): string {
    this.#next += 1;
    const token = `Kq${this.#next.toString(36).padStart(5, '0')}x`;
    this.note(token, owner);
    return token;
  }

  /** An id or number of a row. One that several rows share may be seen by whoever may see any of them. */
  note(mark: string, owner: RowFacts): string {
    const key = mark.toLowerCase();
    this.#owners.set(key, [...(this.#owners.get(key) ?? []), owner]);
    return mark;
  }

  ownersOf(mark: string): readonly RowFacts[] | undefined {
    return this.#owners.get(mark.toLowerCase());
  }

  /** Ids of rows of a table. */
  idsOf(table: string): string[] {
    return [...this.#owners]
      .filter(([mark, rows]) => mark.includes('-') && rows.some((it) => it.of === table))
      .map(([mark]) => mark);
  }

  get size(): number {
    return this.#owners.size;
  }

  /** Marks of the world that stand in a text. */
  marksIn(text: string): Set<string> {
    const found = new Set<string>();
    for (const pattern of [TOKEN, UUID, NUMBER]) {
      for (const [mark] of text.matchAll(pattern))
        if (this.#owners.has(mark.toLowerCase())) found.add(mark.toLowerCase());
    }
    return found;
  }
}
