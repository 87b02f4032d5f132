import { type ClosedLoop, loginLog } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.2.9', why: 'the setting came with 6.2.0' },
  scenarios: [
    {
      name: 'the device talks to no cloud',
      broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set cloud-communication disable'] }),
      pasted: (device): Readonly<Record<string, string>> => {
        const off = device.value('system global', 'cloud-communication', 'enable') === 'disable';
        return {
          login: loginLog({ vpnWait: 80, tokenWait: 60, ...(off ? { pushSent: false } : { answered: 7 }) }),
        };
      },
    },
  ],
};
