import { type ClosedLoop, interfaceLines, internal, wan } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the inside accepts ftm, the WAN does not',
      broken: () => ({ 'system interface': [...wan('ping'), ...internal('ping', 'https', 'ftm')] }),
    },
    {
      name: 'the other WAN accepts ftm',
      broken: () => ({
        'system interface': [
          ...wan('ping'),
          ...interfaceLines('wan2', '203.0.113.20', 'wan', ['ping', 'ftm']),
          ...internal('ping', 'https'),
        ],
      }),
    },
  ],
};
