import {
  atLeast,
  compareVersions,
  type FortiosVersion,
  versionLiteral,
} from '../../../engine/fortios/version.ts';
import type { Versions } from './types.ts';

/**
 * Whether the release is in one of the ranges. They are literals of the code: a malformed one is a programming error.
 */
export function within(version: FortiosVersion, versions: Versions | undefined): boolean {
  if (versions === undefined) return true;
  return versions.split(' ').some((range) => {
    const [from = '', to = ''] = range.split('-');
    return atLeast(version, from) && (to === '' || compareVersions(version, versionLiteral(to)) <= 0);
  });
}
