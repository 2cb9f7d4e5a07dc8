import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileKind } from '@fangang/domain/basics/api.ts';
import { endsAs } from '@fangang/domain/basics/file-names.ts';
import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { newId } from './ids.ts';
import { preflight } from './spreadsheet-preflight.ts';

/** Limits of a form, for the place where the parser is registered: one file of 20 MB, a few short fields. */
export const FORM_LIMITS = {
  fileSize: 20 * 1024 * 1024,
  files: 1,
  fields: 20,
  parts: 21,
  fieldSize: 10 * 1024,
  fieldNameSize: 100,
  headerPairs: 20,
};

/** A file someone sent, in a folder of its own until it is removed. */
export interface Upload {
  readonly path: string;
  /** As the sender calls it, without folders. Never part of a path: names of files name people. */
  readonly name: string;
  readonly fields: Record<string, string>;
  /** Of the content, as hexadecimal digits. */
  readonly sha256: string;
  remove(): Promise<void>;
}

/** What each kind of file is looked at for: by its bytes, before anything parses it. */
const LOOK: Readonly<Record<FileKind, (bytes: Buffer) => Result<unknown>>> = { spreadsheet: preflight };

type Part = Awaited<ReturnType<FastifyRequest['parts']> extends AsyncIterableIterator<infer P> ? P : never>;
type FilePart = Extract<Part, { type: 'file' }>;

function nameOf(part: FilePart): string {
  const last = (part.filename ?? '').replaceAll('\\', '/').split('/').at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(-120) || 'file';
}

async function keep(part: FilePart, path: string): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, hashing, createWriteStream(path, { mode: 0o600 }));
  return hash.digest('hex');
}

/** A form that cannot be read is the sender's mistake; a disk that cannot be written is not. */
function refusalOf(fault: unknown): Refusal {
  const { code = '', errno } = fault as NodeJS.ErrnoException;
  if (errno !== undefined) throw fault;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooBig();
  if (/LIMIT|TOO_LARGE/.test(code)) return { code: 'basics.too_large' };
  return { code: 'basics.bad_form' };
}

function tooBig(): Refusal {
  return { code: 'basics.file_too_big', facts: { limitMb: FORM_LIMITS.fileSize / (1024 * 1024) } };
}

interface Taken {
  readonly fields: Record<string, string>;
  file: { name: string; sha256: string } | null;
}

/** A file with another ending than its kind's is not read: its bytes are let go by. */
async function readForm(request: FastifyRequest, path: string, takes: FileKind): Promise<Result<Taken>> {
  const taken: Taken = { fields: {}, file: null };
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      if (!endsAs(takes, nameOf(part))) {
        part.file.resume();
        return refuse({ code: 'basics.file_name' });
      }
      const sha256 = await keep(part, path);
      if (part.file.truncated) return refuse(tooBig());
      taken.file = { name: nameOf(part), sha256 };
      continue;
    }
    const { fieldname, value, valueTruncated } = part;
    if (valueTruncated || typeof value !== 'string' || Object.hasOwn(taken.fields, fieldname)) {
      return refuse({ code: 'basics.bad_form' });
    }
    taken.fields[fieldname] = value;
  }
  return accept(taken);
}

/**
 * Takes the one file of a multipart form and its fields, and looks at its name and its bytes: a wrong ending or kind, an archive made to
 * hurt or a damaged one is refused before any route sees it.
 */
export async function takeUpload(
  request: FastifyRequest,
  dataDir: string,
  takes: FileKind,
): Promise<Result<Upload>> {
  const folder = join(dataDir, 'uploads', newId());
  const path = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let taken: Result<Taken>;
  try {
    taken = await readForm(request, path, takes);
    if (taken.ok && !taken.value.file) taken = refuse({ code: 'basics.file_missing' });
    if (taken.ok) {
      const looked = LOOK[takes](await readFile(path));
      if (!looked.ok) taken = looked;
    }
  } catch (fault) {
    await remove();
    return refuse(refusalOf(fault));
  }
  if (!taken.ok || !taken.value.file) {
    await remove();
    return taken.ok ? refuse({ code: 'basics.file_missing' }) : taken;
  }
  const { fields, file } = taken.value;
  return accept({ path, ...file, fields, remove });
}
