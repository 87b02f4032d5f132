import { parseArgs } from 'node:util';
import type { Trouble } from './faults.ts';

export interface ChaosOptions {
  /** Accepted requests to reach. */
  readonly requests: number;
  readonly seed: number;
  /** Over which the requests are spread. */
  readonly minutes: number;
  /** All of them by default. */
  readonly troubles?: readonly Trouble[];
  /** Seconds from one trouble to the next, on average. */
  readonly every: number;
  readonly mode: 'http' | 'socket';
  /** A primary with a replica that takes over, or one server alone. */
  readonly redis: 'sentinels' | 'single';
  /** No troubles but a restart of every process, one after the other, under load. */
  readonly rolling: boolean;
  /** Nothing but alerts, with a pager that fails at random. */
  readonly alerts: boolean;
  /** Most requests watch a login of IPsec. */
  readonly live?: boolean;
  /** Many alerts at once, with pages grouped by cause. */
  readonly storm: boolean;
  /** How long to wait for the last answers once the troubles are over. */
  readonly quietMinutes: number;
  readonly verbose: boolean;
}

/** Throws with a sentence for people. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      every: { type: 'string', default: '3' },
      mode: { type: 'string', default: 'http' },
      redis: { type: 'string', default: 'sentinels' },
      rolling: { type: 'boolean', default: false },
      alerts: { type: 'boolean', default: false },
      live: { type: 'boolean', default: false },
      storm: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const rolling = values.rolling;
  const requests = wholeNumber(
    'requests',
    values.requests ?? (values.storm ? '120' : rolling ? '150' : values.alerts ? '500' : '1000'),
  );
  if (values.mode !== 'http' && values.mode !== 'socket') throw new Error('--mode is http or socket');
  if (values.redis !== 'sentinels' && values.redis !== 'single') {
    throw new Error('--redis is sentinels or single');
  }
  return {
    requests,
    seed: wholeNumber('seed', values.seed),
    minutes: values.minutes === undefined ? requests / 110 : Number(values.minutes),
    every: Number(values.every),
    mode: values.mode,
    redis: values.redis,
    rolling,
    alerts: values.alerts,
    live: values.live,
    storm: values.storm,
    quietMinutes: 12,
    verbose: values.verbose,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} is a whole number`);
  return Number(text);
}
