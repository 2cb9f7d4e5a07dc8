import type { RosterCode, RosterMapping, RosterNote, RosterRow } from './roster.ts';
import type { Desk } from './roster-desk.ts';
import type { RosterField } from './roster-fields.ts';

/** A note on a row that another row of the roster is the reason for. */
export function noteOn(
  labels: Desk,
  row: number,
  field: RosterField,
  code: RosterCode,
  other: number,
): RosterNote {
  const column = labels.columns(field)[0];
  return {
    row,
    column: column ? `${column.letter} ${column.header}`.trim() : '',
    field,
    code,
    facts: { other },
  };
}

/** The same ID number twice: rows that say the same are merged, others all rejected. */
export function compareDuplicates(
  rows: readonly RosterRow[],
  labels: Desk,
): { rejected: readonly RosterNote[]; warnings: readonly RosterNote[]; dropped: ReadonlySet<number> } {
  const rejected: RosterNote[] = [];
  const warnings: RosterNote[] = [];
  const dropped = new Set<number>();
  const byId = groupById(rows);
  for (const [idNumber, same] of byId) {
    const [first, ...rest] = same;
    if (idNumber === null || !first || rest.length === 0) continue;
    if (rest.every((it) => sameContent(it, first))) {
      for (const it of rest) {
        warnings.push(noteOn(labels, it.row, 'idNumber', 'people.duplicate_merged', first.row));
        dropped.add(it.row);
      }
      continue;
    }
    for (const it of same) {
      const other = it === first ? (rest[0]?.row ?? first.row) : first.row;
      rejected.push(noteOn(labels, it.row, 'idNumber', 'people.duplicate_differs', other));
      dropped.add(it.row);
    }
  }
  return { rejected, warnings, dropped };
}

function groupById(rows: readonly RosterRow[]): Map<string | null, RosterRow[]> {
  const groups = new Map<string | null, RosterRow[]>();
  for (const row of rows) {
    const group = groups.get(row.idNumber);
    if (group) group.push(row);
    else groups.set(row.idNumber, [row]);
  }
  return groups;
}

function sameContent(a: RosterRow, b: RosterRow): boolean {
  return JSON.stringify({ ...a, row: 0 }) === JSON.stringify({ ...b, row: 0 });
}

/** Two people with one telephone: one of them cannot be reached. Within a household that is usual and not noted. */
export function sharedPhones(rows: readonly RosterRow[], mapping: RosterMapping, labels: Desk): RosterNote[] {
  if (mapping.phoneIsHousehold) return [];
  const first = new Map<string, RosterRow>();
  return rows.flatMap((row) => {
    if (row.phone === undefined) return [];
    const before = first.get(row.phone);
    if (!before) first.set(row.phone, row);
    const sameHousehold = row.householdNo !== undefined && row.householdNo === before?.householdNo;
    return before && !sameHousehold
      ? [noteOn(labels, row.row, 'phone', 'people.phone_shared', before.row)]
      : [];
  });
}
