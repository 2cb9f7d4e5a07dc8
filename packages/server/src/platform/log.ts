import pino, { type DestinationStream, type Logger } from 'pino';

/** Of PostgreSQL's errors the classes whose message repeats a value: data exception, integrity constraint. */
const WITH_VALUES = /^2[23]/;

/**
 * What a log may keep of a fault: its kind, code and way through the program. What PostgreSQL adds (detail, where, the values of a row)
 * may be a person's data, and what else hangs on the error is noise.
 */
function kept(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const silent = typeof code === 'string' && WITH_VALUES.test(code);
  const way = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: silent ? '(left out: it may repeat a value)' : error.message,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    stack: way.slice(0, 20).join('\n'),
    ...(error.cause !== undefined && { cause: kept(error.cause) }),
  };
}

/** The program's log: a line of JSON each on stderr, from `level` on unless `FANGANG_LOG` sets another. */
export function openLog(
  level: 'info' | 'warn' = 'info',
  to: DestinationStream = pino.destination(2),
): Logger {
  return pino(
    {
      level: process.env.FANGANG_LOG ?? level,
      redact: ['*.password', '*.idNumber', '*.phone'],
      serializers: { err: kept },
    },
    to,
  );
}
