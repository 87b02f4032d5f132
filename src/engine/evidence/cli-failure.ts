import { type CliError, classifyOutput } from '../fortios/cli-error.ts';
import type { CommandFailure } from './types.ts';

/** The refusal that a command's output ends with, if any. */
export function findFailure(output: readonly string[]): CommandFailure | undefined {
  const error = classifyOutput(output.slice(-40));
  return error && { kind: error.kind, reason: reasonFor(error) };
}

/**
 * Every command of the catalogue prints something. With restrictive profiles FortiOS does not even print the refusal.
 */
export function silentRefusal(command: string): CommandFailure {
  return {
    kind: 'not-permitted',
    reason: `\`${command}\` printed nothing at all, which FortiOS does when the access profile hides that part.`,
  };
}

function reasonFor(error: CliError): string {
  const said = `The device answered \`${error.line.slice(0, 200)}\``;
  if (error.kind === 'unknown-command') {
    return `${said}: it does not know the command, or the account may not run it.`;
  }
  if (error.kind === 'not-permitted') return `${said}: the account may not run the command.`;
  return `${said}.`;
}
