import { type ClosedLoop, releasesSince } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.2.9', why: 'FortiToken Cloud came with 6.2.0' },
  scenarios: [
    {
      name: 'the cloud service is off',
      broken: () => ({
        'system global': ['set hostname "FGT-EDGE"', 'set fortitoken-cloud disable'],
        'user local': ['edit "marlow"', 'set type password', 'set two-factor fortitoken-cloud', 'next'],
      }),
    },
    {
      name: 'its pushes are off',
      releases: releasesSince('7.4.1'),
      broken: () => ({
        'system global': ['set hostname "FGT-EDGE"', 'set fortitoken-cloud-push-status disable'],
        'user local': ['edit "marlow"', 'set type password', 'set two-factor fortitoken-cloud', 'next'],
      }),
    },
  ],
};
