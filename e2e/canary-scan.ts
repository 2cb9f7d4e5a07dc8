import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Canary } from './canary-people.ts';

/** Where a number was found, and in which form; never the number itself. */
export interface Hit {
  readonly where: string;
  readonly form: 'plain' | 'utf16' | 'plainHash' | 'base64';
}

/** Looks for numbers in bytes. */
export interface Searcher {
  search(where: string, bytes: Buffer): Hit[];
}

/** Runs of digits long enough to be one of ours. */
const DIGITS = /\d{11,}[0-9Xx]?/g;

/**
 * Knows the numbers of all canaries as digits, in UTF-16, in base64, and as the plain hash that is as good as the number (MD5, SHA-1,
 * SHA-256, in bytes and in hexadecimal).
 */
export function searcherOf(people: readonly Canary[]): Searcher {
  const numbers = new Set(people.flatMap((it) => [it.idNumber, it.phone, it.phone2]));
  const hashes = ['md5', 'sha1', 'sha256'].flatMap((name) =>
    [...numbers].map((it) => createHash(name).update(it).digest()),
  );
  const hex = new Set(hashes.map((it) => it.toString('hex').slice(0, 32)));
  const heads = new Map(hashes.map((it) => [it.readUInt32BE(0), it]));
  const base64 = new Set(
    [...numbers].map((it) => Buffer.from(it).toString('base64').replace(/=+$/, '').slice(0, 14)),
  );

  const hasNumber = (text: string): boolean =>
    [...text.matchAll(DIGITS)].some(([run]) => windows(run).some((it) => numbers.has(it)));
  const hasText = (text: string, pattern: RegExp, known: ReadonlySet<string>, length: number): boolean =>
    [...text.matchAll(pattern)].some(([run]) => {
      for (let at = 0; at + length <= run.length; at += 1)
        if (known.has(run.slice(at, at + length))) return true;
      return false;
    });
  const hasHash = (bytes: Buffer): boolean => {
    let head = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      head = ((head << 8) | (bytes[at] ?? 0)) >>> 0;
      const hash = heads.get(head);
      if (hash && at >= 3 && bytes.subarray(at - 3, at - 3 + hash.length).equals(hash)) return true;
    }
    return false;
  };
  return {
    search: (where, bytes) => {
      const text = bytes.toString('latin1');
      const found: Hit[] = [];
      if (hasNumber(text)) found.push({ where, form: 'plain' });
      if (hasNumber(text.replaceAll('\0', ''))) {
        if (found.length === 0) found.push({ where, form: 'utf16' });
      }
      if (hasText(text, /[0-9a-f]{32,}/g, hex, 32) || hasHash(bytes))
        found.push({ where, form: 'plainHash' });
      if (hasText(text, /[A-Za-z0-9+/]{14,}/g, base64, 14)) found.push({ where, form: 'base64' });
      return found;
    },
  };
}

/** Every part of a run of digits that is as long as an ID number or a telephone. */
function windows(run: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at + 11 <= run.length; at += 1) {
    parts.push(run.slice(at, at + 11));
    if (at + 18 <= run.length) parts.push(run.slice(at, at + 18).toUpperCase());
  }
  return parts;
}

const PART = 32 * 1024 * 1024;
const OVERLAP = 64;

/** Searches every file below a folder. */
export function searchFolder(
  folder: string,
  searcher: Searcher,
): { files: number; bytes: number; hits: Hit[] } {
  const hits: Hit[] = [];
  let [files, total] = [0, 0];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(path);
    files += 1;
    total += bytes.length;
    for (let from = 0; from < bytes.length; from += PART) {
      hits.push(...searcher.search(name, bytes.subarray(from, from + PART + OVERLAP)));
    }
  }
  return { files, bytes: total, hits };
}
