import { addressLine, type ClosedLoop } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.5', why: '`server-cert` came with 6.4.0' },
  scenarios: [
    {
      name: 'no certificate',
      broken: (version) => ({
        'system ftm-push': [addressLine(version), "set server-cert ''", 'set status enable'],
      }),
    },
  ],
};
