import { type ClosedLoop, loginLog, sslVpn } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the login page closes after 15 s',
      broken: () => ({ 'vpn ssl settings': sslVpn(10_443, 'set login-timeout 15') }),
      pasted: (device) => {
        const seconds = Number(device.value('vpn ssl settings', 'login-timeout', '30'));
        const lines = loginLog({ vpnWait: 80, tokenWait: 60, answered: seconds > 20 ? 17 : 50 }).split('\n');
        const cut = lines.filter((line) => line < '2026-03-02 09:12:21');
        return {
          login:
            seconds > 20
              ? lines.join('\n')
              : [
                  ...cut,
                  '2026-03-02 09:12:21 [2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_timeout]',
                ].join('\n'),
        };
      },
    },
  ],
};
