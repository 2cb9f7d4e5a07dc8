import type { RosterCode, RosterLine, RosterMapping, RosterNote } from './roster.ts';
import { plainText } from './roster-cells.ts';
import type { RosterField } from './roster-fields.ts';

/** The cells of one line by field, and the notes made on it. */
export class Desk {
  readonly rejected: RosterNote[] = [];
  readonly warnings: RosterNote[] = [];
  readonly line: RosterLine;
  readonly mapping: RosterMapping;

  constructor(line: RosterLine, mapping: RosterMapping) {
    this.line = line;
    this.mapping = mapping;
  }

  columns(field: RosterField) {
    return this.mapping.columns.filter((it) => it.field === field && it.confidence !== 'ask');
  }

  /** Raw text of a field; several columns of one place stand one after the other. */
  text(field: RosterField): string {
    const fixed = this.line.fixed?.[field];
    if (fixed !== undefined) return fixed;
    return this.columns(field)
      .map((it) => this.line.cells[it.index]?.text ?? '')
      .filter((it) => it !== '')
      .join('');
  }

  plain(field: RosterField): string | undefined {
    return plainText(this.text(field)) || undefined;
  }

  isNumber(field: RosterField): boolean {
    if (this.line.fixed?.[field] !== undefined) return false;
    const column = this.columns(field)[0];
    return column !== undefined && (this.line.cells[column.index]?.isNumber ?? false);
  }

  has(field: RosterField): boolean {
    return this.columns(field).length > 0 || this.line.fixed?.[field] !== undefined;
  }

  reject(field: RosterField, code: RosterCode, more: Pick<RosterNote, 'facts' | 'candidates'> = {}): void {
    this.rejected.push(this.note(field, code, more));
  }

  warn(field: RosterField, code: RosterCode, more: Pick<RosterNote, 'facts' | 'candidates'> = {}): void {
    this.warnings.push(this.note(field, code, more));
  }

  private note(
    field: RosterField,
    code: RosterCode,
    more: Pick<RosterNote, 'facts' | 'candidates'>,
  ): RosterNote {
    const column = this.columns(field)[0];
    return {
      row: this.line.row,
      column: column ? `${column.letter} ${column.header}`.trim() : '',
      field,
      code,
      ...more,
    };
  }
}
