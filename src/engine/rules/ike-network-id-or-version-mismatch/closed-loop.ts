import { type ClosedLoop, ikeLog } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  since: { release: '6.2.9', why: '`network-overlay` came with 6.2' },
  scenarios: [
    {
      name: 'a tunnel with a network ID',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set network-overlay enable',
          'set network-id 12',
          'next',
        ],
      }),
      pasted: (device) => {
        const overlay = device.entry('vpn ipsec phase1-interface', 'ra-staff', 'network-overlay');
        return {
          login: overlay.includes('enable')
            ? ikeLog(undefined, ['incoming proposal:', 'type=DH_GROUP, val=MODP2048.', 'no proposal chosen'])
            : ikeLog('ra-staff', [
                'gw validation OK',
                'responder received EAP msg',
                'added IPsec SA: SPIs=ab817b6f/5af43511',
              ]),
        };
      },
    },
  ],
};
