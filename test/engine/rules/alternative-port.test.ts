import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const DEVICE = `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin
config system global
    set admin-sport 4433
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https ftm
        set role wan
    next
end
config system ftm-push
    set server "198.51.100.10"
    set status enable
end
`;

/** What comes in on the WAN: these ports, and nothing else. */
function onlyPorts(...ports: readonly number[]): string {
  const services = ports.map(
    (port) => `    edit "open-${port}"\n        set tcp-portrange ${port}\n    next\n`,
  );
  const policy = (id: number, service: string, more: string) =>
    `    edit ${id}\n        set intf "wan1"\n        set srcaddr "all"\n        set dstaddr "all"\n${more}        set service "${service}"\n        set schedule "always"\n    next\n`;
  return [
    `config firewall service custom\n${services.join('')}end\n`,
    'config firewall local-in-policy\n',
    ...ports.map((port, index) => policy(index + 1, `open-${port}`, '        set action accept\n')),
    `${policy(90, 'ALL', '')}end\n`,
  ].join('');
}

function fixOf(text: string) {
  const { findings } = diagnose([{ name: 'backup.conf', text }]);
  const fix = findings.find((each) => each.rule === 'port-conflict-admin-https')?.fix;
  return { apply: fix?.apply.map((line) => line.trim()) ?? [], undo: fix?.undo.map((line) => line.trim()) };
}

it('moves the pushes to a port that the local-in policies let in already', () => {
  const { apply } = fixOf(DEVICE + onlyPorts(4433, 8443));
  expect(apply).toEqual(['config system ftm-push', 'set server-port 8443', 'end']);
});

it('opens the new port where they would deny it, and closes it with the undo', () => {
  const { apply, undo } = fixOf(DEVICE + onlyPorts(4433));
  expect(apply).toContain('set server-port 4434');
  expect(apply).toContain('set tcp-portrange 4434');
  expect(apply).toContain('move 4434 before 90');
  expect(undo).toContain('set server-port 4433');
  expect(undo).toContain('delete 4434');
});

it('chooses a port that neither SSL VPN, a virtual IP nor IKE over TCP uses', () => {
  const others = `config vpn ssl settings
    set port 4434
    set source-interface "wan1"
end
config firewall vip
    edit "web"
        set extip 198.51.100.10
        set extintf "wan1"
        set portforward enable
        set extport 8443
        set mappedip "10.0.0.5"
        set mappedport 443
    next
end
config system settings
    set ike-tcp-port 9443
end
`;
  expect(fixOf(DEVICE + others).apply).toContain('set server-port 10433');
});
