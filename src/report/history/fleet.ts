import type { DeviceChecks, PastCheck, PastVerdict } from '../../runs/past-check.ts';
import { plural } from '../printable.ts';

export const VERDICT_WORDS = {
  broken: 'broken',
  healthy: 'works',
  inconclusive: 'not clear yet',
  failed: 'no diagnosis',
} as const satisfies Record<PastVerdict, string>;

const ORDER: readonly PastVerdict[] = ['broken', 'failed', 'inconclusive', 'healthy'];

/** By the last verdict, the worst first, devices that were never checked last. */
export function worstFirst(devices: readonly DeviceChecks[]): readonly DeviceChecks[] {
  const rank = ({ checks }: DeviceChecks) => {
    const last = checks.at(-1);
    return last === undefined ? ORDER.length : ORDER.indexOf(last.verdict);
  };
  return devices.toSorted((a, b) => rank(a) - rank(b) || (a.alias < b.alias ? -1 : 1));
}

/** `5 devices: 2 broken, 1 works, 2 never checked`, by the last check of each. */
export function fleetCounts(devices: readonly DeviceChecks[]): string {
  const verdicts = devices.map(({ checks }) => checks.at(-1)?.verdict);
  const counted = ORDER.map((verdict) => ({
    word: VERDICT_WORDS[verdict],
    count: verdicts.filter((each) => each === verdict).length,
  }));
  const never = {
    word: 'not checked in this time',
    count: verdicts.filter((each) => each === undefined).length,
  };
  const words = [...counted, never]
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`);
  return `${plural(devices.length, 'device')}${words.length === 0 ? '' : `: ${words.join(', ')}`}`;
}

/** `3 checks: 2 broken, 1 works`. */
export function checkCounts(checks: readonly PastCheck[]): string {
  const words = ORDER.map((verdict) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? '' : `${count} ${VERDICT_WORDS[verdict]}`;
  }).filter((word) => word !== '');
  return `${plural(checks.length, 'check')}: ${words.join(', ')}`;
}
