import { atLeast, type FortiosVersion } from '../../fortios/version.ts';

/** For a note where the release is not known. */
export const CASE_SETTING_NAMES =
  'The setting is called `username-case-sensitivity` from 6.0.11 to 7.0.0 and `username-sensitivity` from 7.0.1.';

/** What makes FortiOS ignore the case of a name; releases before 6.0.11, and 6.2.1 to 6.2.4, have nothing (Ansible schema). */
export function chooseCaseSetting(release: FortiosVersion | undefined): string | undefined {
  if (!release || atLeast(release, '7.0.1')) return 'username-sensitivity';
  const between = atLeast(release, '6.2.1') && !atLeast(release, '6.2.5');
  return atLeast(release, '6.0.11') && !between ? 'username-case-sensitivity' : undefined;
}
