import {
  type DeviceChecks,
  PAST_VERDICTS,
  type PastCheck,
  type PastVerdict,
} from '../../../platform/runs/past-check.ts';
import { plural } from '../printable.ts';

export const VERDICT_WORDS = {
  broken: 'broken',
  healthy: 'in order',
  inconclusive: 'not clear yet',
  failed: 'no diagnosis',
} as const satisfies Record<PastVerdict, string>;

/** By the last verdict, the worst first, devices that were never checked last. */
export function worstFirst(devices: readonly DeviceChecks[]): readonly DeviceChecks[] {
  const rank = ({ checks }: DeviceChecks) => {
    const last = checks.at(-1);
    return last === undefined ? PAST_VERDICTS.length : PAST_VERDICTS.indexOf(last.verdict);
  };
  return devices.toSorted((a, b) => rank(a) - rank(b) || (a.alias < b.alias ? -1 : 1));
}

/** `5 devices: 2 broken, 1 in order, 2 not checked in this time`, by the last check of each. */
export function fleetCounts(devices: readonly DeviceChecks[]): string {
  const last = devices.flatMap(({ checks }) => checks.at(-1) ?? []);
  const unchecked = devices.length - last.length;
  const words = [...countWords(last), ...(unchecked === 0 ? [] : [`${unchecked} not checked in this time`])];
  return `${plural(devices.length, 'device')}${words.length === 0 ? '' : `: ${words.join(', ')}`}`;
}

/** `3 checks: 2 broken, 1 in order`. */
export function checkCounts(checks: readonly PastCheck[]): string {
  return `${plural(checks.length, 'check')}: ${countWords(checks).join(', ')}`;
}

function countWords(checks: readonly PastCheck[]): readonly string[] {
  return PAST_VERDICTS.flatMap((verdict) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${VERDICT_WORDS[verdict]}`];
  });
}
