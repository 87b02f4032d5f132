import { type ClosedLoop, ikeLog } from '../../../../test/closed-loop/toolkit.ts';

const OFFER = ['type=ENCR, val=AES_CBC (key_len = 256)', 'type=PRF, val=PRF_HMAC_SHA2_256'];

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'the client offers group 15 only',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set dhgrp 14',
          'next',
        ],
      }),
      pasted: (device) => {
        const groups = device.entry('vpn ipsec phase1-interface', 'ra-staff', 'dhgrp');
        return {
          login: groups.includes('15')
            ? ikeLog('ra-staff', [
                'gw validation OK',
                'responder received EAP msg',
                'added IPsec SA: SPIs=ab817b6f/5af43511',
              ])
            : ikeLog(undefined, [
                'incoming proposal:',
                ...OFFER,
                'type=DH_GROUP, val=MODP3072.',
                'my proposal, gw ra-staff:',
                ...OFFER,
                'type=DH_GROUP, val=MODP2048.',
                'no proposal chosen',
              ]),
        };
      },
    },
  ],
};
