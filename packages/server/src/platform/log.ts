import pino, { type DestinationStream, type Logger } from 'pino';

/** Facts a line of the log may hold. Whatever else is handed to it stays out: a log is read by people who may see nobody. */
const FACTS = new Set([
  'request',
  'method',
  'route',
  'status',
  'ms',
  'lane',
  'code',
  'task',
  'job',
  'attempt',
  'plan',
  'fault',
  'account',
  'season',
  'area',
  'checkpoint',
  'lastSeq',
  'digest',
  'err',
]);

/** Mistakes of a program, whose messages name properties and never values that a person has typed. */
const TELLING = new Set(['TypeError', 'ReferenceError', 'RangeError']);

interface FaultFacts {
  readonly kind: string;
  readonly message?: string;
  /** Of the system or of PostgreSQL (SQLSTATE). */
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly at: readonly string[];
}

/** Digits, other scripts and whatever stands in quotes could be somebody's. */
function scrubbed(message: string): string {
  return message
    .replace(/(["'`]).*?\1/gsu, '…')
    .replace(/\d{4,}/g, '#')
    .replace(/[^\x20-\x7e…]+/g, '…')
    .slice(0, 300);
}

/**
 * What the log keeps of a fault: its kind, code and the places in our source, but neither the message of a library nor the detail
 * of the database, which quote what a person typed.
 */
export function faultFacts(fault: unknown): FaultFacts {
  const error = (fault ?? {}) as Error & { code?: unknown; table?: unknown; constraint?: unknown };
  const kind = /^[A-Za-z]{1,60}$/.test(error.name ?? '') ? error.name : 'Error';
  // The message stands before the frames and may hold lines that look like one.
  const frames = (error.stack ?? '')
    .split(error.message || '\n')
    .at(-1)
    ?.split('\n')
    .filter((line) => /^ {4}at /.test(line));
  const plain = (value: unknown): value is string =>
    typeof value === 'string' && /^[A-Za-z0-9_]{1,80}$/.test(value);
  return {
    kind,
    ...(TELLING.has(kind) && { message: scrubbed(error.message) }),
    ...(plain(error.code) && { code: error.code }),
    ...(plain(error.table) && { table: error.table }),
    ...(plain(error.constraint) && { constraint: error.constraint }),
    at: (frames ?? []).slice(0, 12).map((line) =>
      line
        .trim()
        .slice(3)
        .replace(/\?.*?(?=:\d|\)|$)/, ''),
    ),
  };
}

/** The log: one line of JSON each, by default to the standard error, with facts from a closed list. */
export function openLog(at: string = 'info', to: DestinationStream = pino.destination(2)): Logger {
  const options: pino.LoggerOptions = {
    level: process.env.FANGANG_LOG ?? at,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: faultFacts },
    formatters: {
      log: (facts) => Object.fromEntries(Object.entries(facts).filter(([name]) => FACTS.has(name))),
    },
  };
  return pino(options, to);
}
