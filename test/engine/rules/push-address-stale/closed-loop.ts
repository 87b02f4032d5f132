import { addressLine, type ClosedLoop, WAN_FROM_PROVIDER } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the WAN got another address',
      broken: (version) => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': [addressLine(version), 'set status enable'],
      }),
      outputs: {
        'get system interface physical': [
          '== [onboard]',
          '\t==[wan1]',
          '\t\tmode: dhcp',
          '\t\tip: 203.0.113.99 255.255.255.0',
          '\t\tstatus: up',
          '\t==[internal]',
          '\t\tmode: static',
          '\t\tip: 192.168.10.1 255.255.255.0',
          '\t\tstatus: up',
        ].join('\n'),
      },
    },
  ],
};
