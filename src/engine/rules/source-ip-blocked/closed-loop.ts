import { type ClosedLoop, loginLog } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'two wrong tries block the address',
      broken: () => ({}),
      pasted: (device) => {
        const limit = Number(device.value('vpn ssl settings', 'login-attempt-limit', '2'));
        return {
          login:
            limit <= 2
              ? '[15453:root:0]dump_one_blocklist:94 status=1;host=203.0.113.92;fails=2;logintime=1670247625'
              : loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 }),
        };
      },
    },
  ],
};
