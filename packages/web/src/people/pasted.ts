/**
 * A table copied from a spreadsheet or a chat, as a file the reader of rosters takes; undefined where it is no table: less than two lines, or
 * no line with a second cell.
 *
 * @param text as the clipboard has it: cells parted by tabs; chats part them by several spaces or 、.
 */
export function pastedCsv(text: string): string | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((it) => it.trim() !== '');
  const edge = lines.some((it) => it.includes('\t')) ? /\t/ : /\s{2,}|[、，,;；|]|(?<=\S)\s(?=\S)/;
  const cells = lines.map((it) => it.split(edge).map((cell) => cell.trim()));
  if (cells.length < 2 || cells.every((it) => it.length < 2)) return undefined;
  const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return cells.map((it) => it.map(quoted).join(',')).join('\r\n');
}
