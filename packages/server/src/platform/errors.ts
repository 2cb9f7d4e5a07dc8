/** What the shell is told when a command ends. */
export const ExitCode = {
  ok: 0,
  fault: 1,
  usage: 2,
  validation: 3,
  notFound: 4,
  conflict: 5,
  infeasible: 6,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export type ErrorFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * A command cannot do what it was asked, and the person at the keyboard can act on it.
 *
 * The message is one clear sentence without a stack; `code` is `room.what_is_wrong` and never renamed. Only commands and the start of the
 * server throw it: a rule returns a refusal, a fault stays an ordinary error.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exit: ExitCode;
  readonly code: string;
  readonly facts: ErrorFacts | undefined;

  constructor(exit: ExitCode, code: string, message: string, facts?: ErrorFacts) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.facts = facts;
  }
}
