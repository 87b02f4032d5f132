import {
  type ClosedLoop,
  type DeviceView,
  holder,
  loginLog,
  MOBILE,
  SPARE,
  sslVpn,
} from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'no group of the VPN knows the user',
      broken: () => ({
        'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
      }),
      pasted: carolTries,
    },
    {
      name: 'two groups of the VPN, and none knows the user',
      broken: () => ({
        'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
        'user group': ['vpn-users', 'vpn-admins'].flatMap((name) => [
          `edit "${name}"`,
          'set member "marlow"',
          'next',
        ]),
        'vpn ssl settings': [
          ...sslVpn(10_443).slice(0, -1),
          'edit 2',
          'set groups "vpn-admins"',
          'set portal "full-access"',
          'next',
          'end',
        ],
      }),
      pasted: carolTries,
      fill: { 'vpn-group': 'vpn-users' },
    },
  ],
};

/** A user who is in no group of the VPN until the fix adds one. */
function carolTries(device: DeviceView): Readonly<Record<string, string>> {
  const refused = [
    '2026-03-02 09:12:04 [2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [carol]',
    '2026-03-02 09:12:04 [2210:root:1a]fam_auth_send_req:883 found node carol:0:, valid:1',
    "2026-03-02 09:12:05 invalid auth params for user 'carol'",
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req:1007 task finished with 5',
    '2026-03-02 09:12:05 [2210:root:1a]login_failed:393 user[carol],auth_type=1 failed [sslvpn_login_unknown_user]',
  ];
  const member = device.entry('user group', 'vpn-users', 'member').includes('carol');
  return {
    login: member ? loginLog({ user: 'carol', vpnWait: 80, tokenWait: 60, answered: 7 }) : refused.join('\n'),
  };
}
