import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { newId } from './ids.ts';

/** A file someone sent, in a folder of its own until it is removed. */
export interface Upload {
  readonly path: string;
  /** As the sender calls it, without folders. */
  readonly name: string;
  readonly fields: Record<string, string>;
  /** The file was cut off because it is larger than permitted. */
  readonly tooLarge: boolean;
  remove(): Promise<void>;
}

/**
 * Takes the one file of a multipart form and its fields.
 *
 * The body's limit (20 MB) is set where the parser is registered; a file beyond it is kept cut and `tooLarge`, so that the
 * caller can say so in words. Null where the form holds no file.
 */
export async function takeUpload(request: FastifyRequest, dataDir: string): Promise<Upload | null> {
  if (!request.isMultipart()) return null;
  const fields: Record<string, string> = {};
  let file: { path: string; folder: string; name: string; tooLarge: boolean } | null = null;
  for await (const part of request.parts({ limits: { files: 1 } })) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    const folder = join(dataDir, 'uploads', newId());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = basename(part.filename.replaceAll('\\', '/')) || 'file';
    const path = join(folder, name.slice(-120));
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
    file = { path, folder, name, tooLarge: part.file.truncated };
  }
  if (!file) return null;
  const { folder, ...kept } = file;
  return { ...kept, fields, remove: () => rm(folder, { recursive: true, force: true }) };
}
