import { addressLine, type ClosedLoop, interfaceLines, internal, wan } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the WAN does not accept ftm',
      broken: () => ({ 'system interface': [...wan('ping', 'https'), ...internal('ping', 'https', 'ssh')] }),
    },
    {
      name: 'no interface accepts ftm, and none is known as the WAN',
      broken: (version) => ({
        'system interface': [
          ...interfaceLines('port1', '10.20.0.2', 'undefined', ['ping']),
          ...interfaceLines('port2', '192.168.10.1', 'undefined', ['ping', 'https']),
        ],
        'system ftm-push': [addressLine(version, '192.0.2.200'), 'set status enable'],
        'vpn ssl settings': [],
      }),
      fill: { 'wan-interface': 'port1' },
    },
  ],
};
