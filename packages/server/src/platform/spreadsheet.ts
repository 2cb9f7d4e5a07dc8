import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { WireAnswer, WireCell, WireSheet } from './spreadsheet-child.ts';
import { type FileFormat, type FileRefusal, preflight } from './spreadsheet-preflight.ts';

/** One cell as the spreadsheet holds it. Dates come as ISO text. */
interface Cell {
  /** Without `="…"`, leading `'` and outer spaces. */
  readonly text: string;
  /** The file holds a number here, so digits beyond the 15th and leading zeros are lost. */
  readonly isNumber: boolean;
}

/** One sheet as cells; rows and columns keep the places they have in the file. */
export interface Sheet {
  /** Empty for a CSV. */
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly Cell[])[];
  /** 0-based, ends inclusive. */
  readonly merges: WireSheet['merges'];
  /** Columns that hold something. */
  readonly width: number;
  /** Too wide or too long to be read: its rows are left out. */
  readonly refusal?: FileRefusal;
}

export interface Workbook {
  readonly format: FileFormat;
  /** Of a CSV (`UTF-8`, `GBK`, `GB18030`, `UTF-16LE` …); null for the others, which carry their own. */
  readonly encoding: string | null;
  readonly sheets: readonly Sheet[];
}

export interface ReadLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Heap and resident memory of the reading process. */
  readonly memoryMb: number;
  readonly seconds: number;
}

export const READ_LIMITS: ReadLimits = {
  bytes: 30 * 1024 * 1024,
  rows: 60_000,
  columns: 120,
  memoryMb: 768,
  seconds: 60,
};

/** Most of what the reading process may answer, in bytes. */
const MAX_ANSWER_BYTES = 200 * 1024 * 1024;

/**
 * Reads a spreadsheet of unknown origin: what it is by its bytes, then its cells, in a process that may die alone.
 *
 * Refuses anything that is not a sound spreadsheet within the limits; never throws for what a file can be.
 */
export async function readWorkbook(
  path: string,
  limits: ReadLimits = READ_LIMITS,
): Promise<Result<Workbook, FileRefusal>> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return refuse({ code: 'basics.file_missing' });
  if (found.size > limits.bytes) {
    return refuse({
      code: 'basics.file_too_big',
      facts: { limitMb: Math.ceil(limits.bytes / (1024 * 1024)) },
    });
  }
  const format = preflight(await readFile(path));
  if (!format.ok) return format;
  const answer = await readApart(path, format.value, limits);
  if (!answer.ok) return answer;
  const sheets = answer.value.sheets.map((it) => sheetOf(it, limits));
  return refusalOfAll(sheets) ?? accept({ format: format.value, encoding: answer.value.encoding, sheets });
}

function refusalOfAll(sheets: readonly Sheet[]): Result<never, FileRefusal> | undefined {
  const filled = sheets.filter((it) => it.width > 0);
  const [first] = filled;
  if (!first) return refuse({ code: 'basics.sheet_empty' });
  return first.refusal && filled.every((it) => it.refusal) ? refuse(first.refusal) : undefined;
}

function sheetOf(sheet: WireSheet, limits: ReadLimits): Sheet {
  const { name, hidden, merges, width } = sheet;
  const shared = new Map<WireCell, Cell>();
  const refusal: FileRefusal | undefined =
    width > limits.columns
      ? { code: 'basics.too_many_columns', facts: { have: width, limit: limits.columns } }
      : sheet.more
        ? { code: 'basics.too_many_rows', facts: { have: limits.rows, limit: limits.rows } }
        : undefined;
  return {
    name,
    hidden,
    merges,
    width,
    rows: sheet.rows.map((row) => row.map((it) => cellOf(it, shared))),
    ...(refusal && { refusal }),
  };
}

const EMPTY: Cell = { text: '', isNumber: false };

/** Cells that say the same are one: columns of a roster hold few different values. */
function cellOf(cell: WireCell, shared: Map<WireCell, Cell>): Cell {
  if (cell === 0) return EMPTY;
  if (typeof cell !== 'string') return { text: String(cell.n), isNumber: true };
  const known = shared.get(cell);
  if (known) return known;
  const made = { text: unwrapped(cell), isNumber: false };
  shared.set(cell, made);
  return made;
}

/** Takes off what offices put around a number to keep it text: `="5002…"` and a leading `'`. */
function unwrapped(text: string): string {
  const trimmed = text.replace(/\p{Cf}/gu, '').trim();
  const formula = /^=\s*"([^"]*)"$/.exec(trimmed);
  return (formula?.[1] ?? trimmed.replace(/^['‘’]/, '')).trim();
}

async function readApart(
  path: string,
  format: FileFormat,
  limits: ReadLimits,
): Promise<Result<Extract<WireAnswer, { sheets: unknown }>, FileRefusal>> {
  const end = await runChild([path, format, String(limits.rows), String(limits.columns)], limits);
  if (end.stopped === 'time')
    return refuse({ code: 'basics.file_too_slow', facts: { limitS: limits.seconds } });
  if (end.stopped === 'memory')
    return refuse({ code: 'basics.file_too_heavy', facts: { limitMb: limits.memoryMb } });
  if (end.code !== 0) {
    // V8 aborts (134, SIGABRT) when its heap is full; the system kills (SIGKILL) when its own memory is.
    if (end.code === 134 || end.signal === 'SIGABRT' || end.signal === 'SIGKILL') {
      return refuse({ code: 'basics.file_too_heavy', facts: { limitMb: limits.memoryMb } });
    }
    throw new Error(`reading process ended with ${end.code ?? end.signal}: ${end.complaint}`);
  }
  const answer = JSON.parse(end.output) as WireAnswer;
  return 'refusal' in answer ? refuse(answer.refusal) : accept(answer);
}

interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stopped?: 'time' | 'memory';
  readonly output: string;
  readonly complaint: string;
}

/** Runs the reading process to its end, without the environment's secrets, watched for time and memory. */
function runChild(args: readonly string[], limits: ReadLimits): Promise<ChildEnd> {
  const here = import.meta.url;
  // From source the child is TypeScript and needs tsx to load it; in a bundle it is JavaScript beside this file.
  const source = new URL(here).pathname.endsWith('.ts');
  const loader = source ? ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href] : [];
  const script = fileURLToPath(new URL(source ? './spreadsheet-child.ts' : './spreadsheet-child.js', here));
  const { PATH, TMPDIR, TEMP, SYSTEMROOT } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${limits.memoryMb}`, ...loader, script, ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH, TMPDIR, TEMP, SYSTEMROOT },
      },
    );
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    let stopped: ChildEnd['stopped'];
    const stop = (why: 'time' | 'memory') => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const clock = setTimeout(() => stop('time'), limits.seconds * 1000);
    const watch = setInterval(() => {
      if (residentMb(child.pid) > limits.memoryMb + 256) stop('memory');
    }, 100);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) stop('memory');
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(clock);
      clearInterval(watch);
      resolve({
        code,
        signal,
        ...(stopped && { stopped }),
        output: Buffer.concat(output).toString('utf8'),
        complaint,
      });
    });
  });
}

/** Resident memory of a process in MB, where the system tells (Linux); buffers do not count towards V8's own limit. */
function residentMb(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / (1024 * 1024);
  } catch {
    return 0;
  }
}
