/** What a command prints between its echo and the next prompt. */
export interface CliReply {
  readonly lines: readonly string[];
  /** `show` and `get` go through the pager, nothing else does. */
  readonly paged?: boolean;
  /** A `(y/n)` question to be answered by one key before anything else happens. */
  readonly question?: { readonly text: readonly string[]; readonly answer: (key: string) => CliReply };
  readonly hangUp?: boolean;
}

export const NOTHING: CliReply = { lines: [] };

/** Errors follow an empty line and name the return code. */
export function failed(code: number, ...lines: string[]): CliReply {
  return { lines: ['', ...lines, `Command fail. Return code ${code}`] };
}

export function unknownAction(): CliReply {
  return failed(-1, 'Unknown action 0');
}

export function parseErrorBefore(word: string): CliReply {
  return failed(-61, `command parse error before '${word}'`);
}

export function incomplete(): CliReply {
  return failed(-160, 'incomplete command in the end');
}
