import { type ClosedLoop, interfaceLines, internal, wan } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.12', why: 'FortiOS 6.4.9 and older know no `server`' },
  scenarios: [
    {
      name: 'the DDNS entry follows another interface',
      broken: () => ({
        'system interface': [
          ...wan('ping', 'ftm'),
          ...interfaceLines('wan2', '203.0.113.20', 'wan', ['ping']),
          ...internal('ping', 'https'),
        ],
        'system ddns': [
          'edit 1',
          'set ddns-server FortiGuardDDNS',
          'set ddns-domain "fgt.example.net"',
          'set monitor-interface "wan2"',
          'next',
        ],
        'system ftm-push': ['set server "fgt.example.net"', 'set status enable'],
      }),
    },
  ],
};
