const BOUNDARY = 'fangang-isolation';

/** A form with a file of comma-separated values, as a browser sends it. */
export function formOf(
  fields: Readonly<Record<string, unknown>>,
  file: { readonly name: string; readonly text: string },
): { readonly type: string; readonly body: string } {
  const part = (about: string, value: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; ${about}\r\n\r\n${value}\r\n`;
  const said = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, String(value)));
  const sheet = part(`name="file"; filename="${file.name}"\r\ncontent-type: text/csv`, file.text);
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: `${said.join('')}${sheet}--${BOUNDARY}--\r\n`,
  };
}
