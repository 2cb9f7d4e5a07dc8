/** Endings of the files that are taken, by kind: what spreadsheet programs write, and lists as text. */
export const FILE_ENDINGS = { spreadsheet: ['.xlsx', '.xls', '.csv', '.txt'] } as const;

/**
 * Whether a file's name ends as its kind does; capitals make no difference. It decides only what is not looked at: what a file is,
 * its bytes say, because offices misname old Excel files. Source: OWASP ASVS 5.0, 5.2.2.
 */
export function endsAs(kind: keyof typeof FILE_ENDINGS, name: string): boolean {
  const low = name.trim().toLowerCase();
  return FILE_ENDINGS[kind].some((it) => low.endsWith(it) && low.length > it.length);
}
