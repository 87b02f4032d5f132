import { type ClosedLoop, sslVpn } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'SSL VPN has the port',
      broken: () => ({ 'vpn ssl settings': sslVpn(4433) }),
    },
  ],
};
