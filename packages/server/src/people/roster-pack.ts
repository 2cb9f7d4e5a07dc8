import type { Cell, RosterLine } from '@fangang/domain/people/roster.ts';

/**
 * Lines of a roster as they are kept between two requests: each different cell once, lines as places in that list. Columns of a roster
 * hold few different values, so this is a fraction of the lines written out, and cells are shared again when it is opened.
 */
export interface PackedLines {
  /** Texts of the different cells; a number's cell begins with `#`, a text's with `'`. */
  readonly cells: readonly string[];
  /** Row, then the place of each cell. */
  readonly lines: readonly (readonly number[])[];
}

const keyOf = (cell: Cell): string => `${cell.isNumber ? '#' : "'"}${cell.text}`;

/** O(cells). What was typed over a line is not part of it: fixes lie beside. */
export function packLines(lines: readonly RosterLine[]): PackedLines {
  const places = new Map<string, number>();
  const cells: string[] = [];
  const placeOf = (cell: Cell): number => {
    const key = keyOf(cell);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, cells.length);
    return cells.push(key) - 1;
  };
  return { cells, lines: lines.map((line) => [line.row, ...line.cells.map(placeOf)]) };
}

const EMPTY: Cell = { text: '', isNumber: false };

export function unpackLines({ cells, lines }: PackedLines): RosterLine[] {
  const shared = cells.map((key): Cell => ({ text: key.slice(1), isNumber: key.startsWith('#') }));
  return lines.map(([row = 0, ...places]) => ({ row, cells: places.map((it) => shared[it] ?? EMPTY) }));
}
