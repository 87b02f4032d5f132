import { type ClosedLoop, loginLog } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the clock is not synchronised',
      broken: () => ({ 'system ntp': ['set type fortiguard'] }),
      pasted: (device) => {
        const synchronised = device.value('system ntp', 'ntpsync', 'disable') === 'enable';
        const good = loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 });
        const drifted = [
          ...loginLog({ vpnWait: 80, tokenWait: 60, pushSent: false }).split('\n').slice(0, -1),
          '2026-03-02 09:12:19 [2194] handle_req-Token drifted, asking for the next token req 4131800000001, len=2596',
          '2026-03-02 09:12:19 [2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 8 (next token code required)',
        ];
        return { login: synchronised ? good : drifted.join('\n') };
      },
      noWayBack: 'nobody wants an unsynchronised clock back',
    },
  ],
};
