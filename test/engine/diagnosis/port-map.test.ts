import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { portLine } from '../../../src/report/documents/answer/port-line.ts';

function portMapOf(text: string) {
  return diagnose([{ name: 'paste', text }]).portMap;
}

const PUSH = 'config system ftm-push\n    set server "198.51.100.10"\n    set status enable\nend\n';
const WAN =
  'config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess https ftm\n    next\nend\n';
const ADMIN_PAGE = 'config system global\n    set admin-sport 4433\nend\n';
const VIP =
  'config firewall vip\n    edit "web"\n        set extip 198.51.100.10\n        set mappedip "192.168.20.5"\n        set extintf "wan1"\n    next\nend\n';

it.each([
  ['the push service alone', PUSH + WAN, ['ftm-push'], 'ftm-push'],
  ['the admin page before it', PUSH + WAN + ADMIN_PAGE, ['admin-https', 'ftm-push'], 'admin-https'],
  [
    'address translation before both',
    PUSH + WAN + ADMIN_PAGE + VIP,
    ['virtual-ip', 'admin-https', 'ftm-push'],
    'virtual-ip',
  ],
  [
    'the SSH command line before it',
    `${PUSH}${WAN}config system global\n    set admin-ssh-port 4433\nend\n`,
    ['admin-other', 'ftm-push'],
    'admin-other',
  ],
  ['nobody, while the service is off', PUSH.replace('enable', 'disable') + WAN, [], null],
])('%s', (_name, text, owners, winner) => {
  const map = portMapOf(text);
  expect(map?.claims.map((claim) => claim.service)).toEqual(owners);
  expect(map).toMatchObject({ port: 4433, address: '198.51.100.10', interface: 'wan1', winner });
});

it('is absent while the push service is unknown, and says which owners were not seen', () => {
  expect(portMapOf(ADMIN_PAGE)).toBeUndefined();
  expect(portMapOf(PUSH + WAN + ADMIN_PAGE)?.unseen).toContain('virtual-ip');
});

it('reads as one sentence', () => {
  expect(portLine(portMapOf(PUSH + WAN + ADMIN_PAGE + VIP))).toBe(
    'Port conflict on TCP 4433 of wan1 (198.51.100.10): a virtual IP, the admin page and the push service use it; probably the virtual IP forwards the connection to an internal server. Not checked: a local-in policy, the SSL VPN portal and IKE over TCP.',
  );
});
