/** What FortiOS printed instead of an answer (`domain` notes on the CLI, section 6). */
export interface CliError {
  readonly kind: /** Unknown command, or a verb the administrator may not use: FortiOS says the same for both. */
  'unknown-command' | 'parse-error' | 'incomplete' | 'not-permitted' | 'failed';
  /** `-61` of `Command fail. Return code -61`; not always negative. */
  readonly code?: number;
  readonly line: string;
}

/** An error is the last output of a command; the longest known form has four lines and a code. */
const MAX_ERROR_LINES = 8;
const RETURN_CODE = /^Command fail\. Return code (-?\d{1,6})$/;
const INSUFFICIENT_RIGHTS = -37;

/** Conclusive without a return code: the output of no read command ends with these. */
const DECISIVE: readonly (readonly [kind: CliError['kind'], line: RegExp])[] = [
  ['unknown-command', /^(?:\d{1,7}: )?Unknown action 0$/],
  ['parse-error', /^command parse error before '/],
  ['incomplete', /^incomplete command in the end\b/],
  ['not-permitted', /^The current admin user does not have the permission\b/],
  ['not-permitted', /^Permission denied\b/],
  ['parse-error', /^token line: Unmatched double quote\b/],
  ['failed', /^'[^']{1,80}' is reserved and cannot be edited directly$/],
];

/** Explain a return code, and prove nothing without one: a log may contain them too. */
const EXPLAINING: readonly (readonly [kind: CliError['kind'], line: RegExp])[] = [
  ['parse-error', /^value parse error before '/],
  ['parse-error', /^ambiguous command\b/],
];

/**
 * `lines` are one command's output, without echo and prompt, trimmed or not. Codes and texts are matched as whole
 * lines at the end only, because comments and logs may quote them.
 */
export function classifyOutput(lines: readonly string[]): CliError | undefined {
  const end = lastLines(lines);
  const last = end.at(-1);
  if (last === undefined) return undefined;
  const digits = RETURN_CODE.exec(last)?.[1];
  const code = digits === undefined ? undefined : Number(digits);
  if (code === INSUFFICIENT_RIGHTS) {
    return { kind: 'not-permitted', code, line: end.at(-2) ?? last };
  }
  const explained = firstMatch(end, code === undefined ? DECISIVE : [...DECISIVE, ...EXPLAINING]);
  if (explained) return { kind: explained.kind, code, line: explained.line };
  return code === undefined ? undefined : { kind: 'failed', code, line: end.at(-2) ?? last };
}

function firstMatch(
  lines: readonly string[],
  table: typeof DECISIVE,
): { kind: CliError['kind']; line: string } | undefined {
  for (const line of lines) {
    const hit = table.find(([, pattern]) => pattern.test(line));
    if (hit) return { kind: hit[0], line };
  }
  return undefined;
}

function lastLines(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = lines.length - 1; i >= 0 && found.length < MAX_ERROR_LINES; i -= 1) {
    const line = (lines[i] ?? '').trim();
    if (line !== '') found.unshift(line);
  }
  return found;
}
