import { addressLine, type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '7.4.3', why: '`ike-tcp-port` came with 7.4.2' },
  scenarios: [
    {
      name: 'IKE over TCP has the port',
      broken: (version) => ({
        'system ftm-push': [addressLine(version), 'set server-port 4500', 'set status enable'],
        'system settings': ['set ike-tcp-port 4500'],
        'vpn ipsec phase1-interface': entry(
          'dialup',
          'type dynamic',
          'interface "wan1"',
          'ike-version 2',
          'transport tcp',
        ),
      }),
    },
  ],
};
