import { type ClosedLoop, type DeviceView, loginLog } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'the portal allows one session for each user',
      broken: () => ({
        'vpn ssl web portal': [
          'edit "full-access"',
          'set tunnel-mode enable',
          'set limit-user-logins enable',
          'next',
        ],
      }),
      pasted: secondSession,
    },
  ],
};

function secondSession(device: DeviceView): Readonly<Record<string, string>> {
  const limited = device.entry('vpn ssl web portal', 'full-access', 'limit-user-logins')[0] === 'enable';
  return {
    portal: [
      'config vpn ssl web portal',
      '    edit "full-access"',
      '        set tunnel-mode enable',
      `        set limit-user-logins ${limited ? 'enable' : 'disable'}`,
      '    next',
      'end',
    ].join('\n'),
    login: limited
      ? 'marlow sees: You already have an open SSL VPN connection. Opening multiple connections are not permitted.'
      : loginLog({ user: 'marlow', vpnWait: 80, tokenWait: 60, answered: 7 }),
  };
}
