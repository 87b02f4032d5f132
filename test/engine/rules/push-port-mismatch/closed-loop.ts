import { addressLine, type ClosedLoop, loginLog } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the device in front forwards the old port',
      broken: (version) => ({
        'system ftm-push': [addressLine(version), 'set server-port 10444', 'set status enable'],
      }),
      pasted: (device): Readonly<Record<string, string>> => {
        const listens = device.value('system ftm-push', 'server-port', '4433') === '4433';
        return {
          login: loginLog({ vpnWait: 80, tokenWait: 60, ...(listens ? { answered: 7 } : {}) }),
          sniffer: [
            'interfaces=[any]',
            'filters=[tcp port 10444 or tcp port 4433]',
            '2026-03-02 09:12:13.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
            '',
            '1 packets received by filter',
            '0 packets dropped by kernel',
          ].join('\n'),
        };
      },
    },
  ],
};
