import { atLeast, compareVersions, type FortiosVersion, parseVersion } from '../../fortios/version.ts';
import type { Versions } from './types.ts';

/** Whether the release is in one of the ranges. They are literals of ours: a malformed one is a programming error. */
export function within(version: FortiosVersion, versions: Versions | undefined): boolean {
  if (versions === undefined) return true;
  return versions.split(' ').some((range) => {
    const [from = '', to = ''] = range.split('-');
    const last = to === '' ? undefined : parseVersion(to);
    if (to !== '' && !last) throw new Error(`not a FortiOS version: ${to}`);
    return atLeast(version, from) && (last === undefined || compareVersions(version, last) <= 0);
  });
}
