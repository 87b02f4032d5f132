import { EXIT } from '../src/cli/process/exit-status.ts';

const MEANINGS = {
  healthy: 'healthy',
  findings: 'findings',
  usage: 'bad usage or input',
  inconclusive: 'inconclusive: the answer says what to paste',
  unreachable: 'the device or a service could not be reached',
} as const satisfies Record<keyof typeof EXIT, string>;

/** Each exit status of the program with its meaning, in their order. */
export const EXIT_MEANINGS: readonly (readonly [status: string, meaning: string])[] = Object.entries(
  EXIT,
).map(([name, status]) => [String(status), MEANINGS[name as keyof typeof EXIT]]);
