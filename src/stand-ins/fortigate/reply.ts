import type { TimedLine } from './behaviour.ts';

/** Lines that are printed one after another, and what is printed after they ended or Ctrl-C stopped them. */
export interface ReplyStream {
  readonly lines: readonly TimedLine[];
  /** Continues without lines until Ctrl-C. */
  readonly endless: boolean;
  readonly footer: (printed: number) => readonly string[];
}

/** What a command prints between its echo and the next prompt. */
export interface CliReply {
  readonly lines: readonly string[];
  /** `show` and `get` go through the pager, nothing else does. */
  readonly paged?: boolean;
  /** A `(y/n)` question to be answered by one key before anything else happens. */
  readonly question?: { readonly text: readonly string[]; readonly answer: (key: string) => CliReply };
  readonly stream?: ReplyStream;
  readonly hangUp?: boolean;
  /** The answer is an error: without a PTY it goes to standard error. */
  readonly error?: boolean;
}

export const NOTHING: CliReply = { lines: [] };

/** Errors follow an empty line and name the return code. */
export function failureReply(code: number, ...lines: string[]): CliReply {
  return { lines: ['', ...lines, `Command fail. Return code ${code}`], error: true };
}

export function unknownAction(): CliReply {
  return failureReply(-1, 'Unknown action 0');
}

export function noPermission(): CliReply {
  return failureReply(-37, 'The current admin user does not have the permission for this command.');
}

export function parseErrorBefore(word: string): CliReply {
  return failureReply(-61, `command parse error before '${word}'`);
}

export function incomplete(): CliReply {
  return failureReply(-160, 'incomplete command in the end');
}

/** Inside `config`, a verb that does not belong there (a captured console prints it without a return code). */
export function inConfigMode(): CliReply {
  return { lines: ['', 'Unknown action 0'], error: true };
}
