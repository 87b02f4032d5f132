import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { portLine } from '../../../src/report/documents/answer/port-line.ts';

const GLOBAL: Readonly<Record<string, string>> = {
  'get system status':
    'Version: FortiGate-200F v7.4.5,build2702,240923 (GA.M)\nVirtual domain configuration: multiple\n',
  'show full-configuration system ftm-push':
    'config system ftm-push\n    set server-port 4433\n    set server "203.0.113.130"\n    set status enable\nend\n',
  'show system interface': `config system interface
    edit "port1"
        set vdom "root"
        set ip 198.51.100.130 255.255.255.248
        set allowaccess ping
    next
    edit "port2"
        set vdom "students"
        set ip 203.0.113.130 255.255.255.248
        set allowaccess ping ftm
    next
end
`,
  'show full-configuration system global': 'config system global\n    set admin-sport 8443\nend\n',
};

const OF_A_VDOM: Readonly<Record<string, string>> = {
  'show full-configuration system settings': 'config system settings\n    set ike-tcp-port 4500\nend\n',
  'show full-configuration vpn ssl settings': 'config vpn ssl settings\n    set status disable\nend\n',
  'show firewall vip': 'config firewall vip\nend\n',
  'show firewall local-in-policy': 'config firewall local-in-policy\nend\n',
};

function check(vdom: string) {
  const items = [
    ...Object.entries(GLOBAL).map(([command, text]) => ({ name: command, command, text })),
    ...Object.entries(OF_A_VDOM).map(([command, text]) => ({
      name: `${command} (vdom ${vdom})`,
      command,
      vdom,
      text,
    })),
  ];
  return diagnose(items, { alias: 'fgt-campus' });
}

const OF_THE_CALLBACK = [
  'port-conflict-ssl-vpn',
  'port-conflict-vip',
  'port-conflict-ike-tcp',
  'local-in-policy-denies',
];

describe('a check of one VDOM, where the phone calls an interface of another', () => {
  const elsewhere = check('root');
  const there = check('students');

  it.each(OF_THE_CALLBACK)('leaves %s open', (rule) => {
    const check = elsewhere.checks.find((each) => each.rule === rule);
    expect(check).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(/^VDOM students: /) });
    expect(there.checks.find((each) => each.rule === rule)?.verdict).not.toBe('unknown');
  });

  it('says how to read the other', () => {
    const missing = elsewhere.missing.filter(({ rule }) => OF_THE_CALLBACK.includes(rule));
    expect(missing).toHaveLength(4);
    for (const { need, commands } of missing) {
      expect(need).toMatch(/^VDOM students: /);
      expect(commands.slice(0, 2)).toEqual(['config vdom', 'edit students']);
    }
  });

  it('does not say that the port has no conflict', () => {
    expect(portLine(there.portMap)).toMatch(/^No port conflict on [^.]+(?:\.\d+)*\)?\.$/);
    expect(portLine(elsewhere.portMap)).toMatch(
      /in what was read\. Not checked: a virtual IP, a local-in policy, the SSL VPN portal and IKE over TCP\.$/,
    );
  });
});
