import { addressLine, type ClosedLoop, releasesSince } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a private address',
      broken: (version) => ({ 'system ftm-push': [addressLine(version, '10.5.18.20'), 'set status enable'] }),
    },
    {
      name: 'an interface with a private address',
      releases: releasesSince('7.6.4'),
      broken: () => ({ 'system ftm-push': ['set interface "internal"', 'set status enable'] }),
    },
  ],
};
