import { type ClosedLoop, ikeLog } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  scenarios: [
    {
      name: 'a dial-up tunnel without EAP',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set peertype any',
          'set authusrgrp "vpn-users"',
          'set eap disable',
          'next',
        ],
      }),
      pasted: (device) => {
        const asks = device.entry('vpn ipsec phase1-interface', 'ra-staff', 'eap').includes('enable');
        return {
          login: ikeLog(
            'ra-staff',
            asks
              ? [
                  'gw validation OK',
                  'responder preparing EAP identity request',
                  'responder received EAP msg',
                  'added IPsec SA: SPIs=ab817b6f/5af43511',
                ]
              : ['peer identifier IPV4_ADDR 192.168.178.24', 're-validate gw ID', 'gw validation failed'],
          ),
        };
      },
    },
  ],
};
