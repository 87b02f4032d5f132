import { access, type ClosedLoop } from '../../../closed-loop/toolkit.ts';

const SNIFFED = [
  'interfaces=[any]',
  'filters=[tcp port 10443]',
  '2026-03-02 09:11:40.120011 internal in 203.0.113.91.51822 -> 192.168.10.1.10443: syn 2871102933',
].join('\n');

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'clients come in on an interface that is not listed',
      broken: () => ({ 'firewall policy': access('ssl.root', 'vpn-users') }),
      pasted: () => ({ capture: SNIFFED }),
      login: { user: 'marlow', vpn: 'sslvpn', interface: 'internal' },
    },
  ],
};
