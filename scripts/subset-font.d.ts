/** The package brings no types; this is as much of it as `make-fonts.ts` uses. */
declare module 'subset-font' {
  function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'truetype'; noHinting?: boolean; dropTables?: string[] },
  ): Promise<Buffer>;
  export = subsetFont;
}
