import {
  type ClosedLoop,
  type DeviceView,
  holder,
  loginLog,
  MOBILE,
} from '../../../../test/closed-loop/toolkit.ts';
import { atLeast } from '../../fortios/version.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'a local user’s name is typed in other case',
      broken: () => ({ 'user local': holder('marlow', MOBILE) }),
      pasted: marlowTries,
    },
  ],
};

function marlowTries(device: DeviceView): Readonly<Record<string, string>> {
  const setting = atLeast(device.version, '7.0.1') ? 'username-sensitivity' : 'username-case-sensitivity';
  const refused = [
    '2026-03-02 09:12:04 [2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [Marlow]',
    "2026-03-02 09:12:05 invalid auth params for user 'Marlow'",
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    '2026-03-02 09:12:05 [2210:root:1a]login_failed:393 user[Marlow],auth_type=1 failed [sslvpn_login_unknown_user]',
  ];
  const found = device.entry('user local', 'marlow', setting)[0] === 'disable';
  return {
    login: found
      ? loginLog({ user: 'Marlow', vpnWait: 80, tokenWait: 60, answered: 7 }).replace(
          /\n/,
          "\n2026-03-02 09:12:06 [2210:root:1a]rmt_logincheck_cb_handler:1356 user 'Marlow' has a matched local entry.\n",
        )
      : refused.join('\n'),
  };
}
