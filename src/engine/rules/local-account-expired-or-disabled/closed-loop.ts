import {
  type ClosedLoop,
  type DeviceView,
  holder,
  loginLog,
  MOBILE,
} from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'the entry of the user is disabled',
      broken: () => ({
        'user local': holder('marlow', MOBILE).flatMap((line) =>
          line.startsWith('edit ') ? [line, 'set status disable'] : [line],
        ),
      }),
      pasted: marlowTries,
    },
  ],
};

function marlowTries(device: DeviceView): Readonly<Record<string, string>> {
  const refused = [
    '2026-03-02 09:12:04 [2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [marlow]',
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 1',
    '2026-03-02 09:12:05 [2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
  ];
  const off = device.entry('user local', 'marlow', 'status')[0] === 'disable';
  return {
    login: off ? refused.join('\n') : loginLog({ user: 'marlow', vpnWait: 80, tokenWait: 60, answered: 7 }),
  };
}
