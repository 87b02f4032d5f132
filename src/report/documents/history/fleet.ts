import {
  type DeviceChecks,
  PAST_STATES,
  type PastCheck,
  type PastState,
  toPastState,
} from '../../../platform/runs/past-check.ts';
import { plural } from '../printable.ts';

export const STATE_WORDS = {
  broken: 'broken',
  healthy: 'in order',
  works: 'works',
  inconclusive: 'not clear yet',
  failed: 'no diagnosis',
} as const satisfies Record<PastState, string>;

/** By the last state, the worst first, devices that were never checked last. */
export function worstFirst(devices: readonly DeviceChecks[]): readonly DeviceChecks[] {
  const rank = ({ checks }: DeviceChecks) => {
    const last = checks.at(-1);
    return last === undefined ? PAST_STATES.length : PAST_STATES.indexOf(toPastState(last));
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
  return PAST_STATES.flatMap((state) => {
    const count = checks.filter((check) => toPastState(check) === state).length;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[state]}`];
  });
}
