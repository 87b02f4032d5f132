import { describe, expect, it } from 'vitest';
import { toSections } from '../../../../src/engine/evidence/sections.ts';
import { valueIfKnown } from '../../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../../src/engine/facts/read-facts.ts';

function factsOf(text: string, command?: string) {
  return readFacts(toSections({ name: 'paste', text, command })).facts;
}

describe('licence', () => {
  it.each([
    [
      'an evaluation',
      'VM64',
      'License Status: Valid\nEvaluation License Expires: Fri Mar 20 06:10:40 2026\n',
      true,
    ],
    ['a paid one', 'VM64', 'License Status: Valid\n', false],
    ['a virtual machine that prints none', 'VM64-KVM', 'System time: Fri Mar 20 06:10:40 2026\n', false],
    ['hardware', '60F', '', false],
  ])('%s', (_, model, lines, evaluation) => {
    const text = `Version: FortiGate-${model} v7.4.8,build2795,250523 (GA.M)\n${lines}Hostname: FGT\n`;
    expect(valueIfKnown(factsOf(text, 'get system status').licence)).toMatchObject({ evaluation });
  });

  it('of a virtual machine is unknown where the status was cut off', () => {
    const text = 'Version: FortiGate-VM64 v7.4.8,build2795,250523 (GA.M)\nHostname: FGT\n';
    expect(factsOf(text, 'get system status').licence.state).toBe('unknown');
  });

  it('is unknown without the status', () => {
    expect(factsOf('hello').licence).toMatchObject({ state: 'unknown', commands: ['system-status'] });
  });
});

describe('clock', () => {
  it('is the latest that a status shows', () => {
    const at = (time: string) => `Version: FortiGate-60F v7.4.8,build2795,250523\nSystem time: ${time}\n`;
    const items = ['Wed Jan  7 14:30:09 2026', 'Wed Jan  7 14:29:00 2026'].map((time, index) => ({
      name: `paste ${index + 1}`,
      text: at(time),
      command: 'get system status',
    }));
    expect(readFacts(items.flatMap(toSections)).facts.systemTime).toMatchObject({
      value: Date.UTC(2026, 0, 7, 14, 30, 9),
      quotes: [{ source: 'paste 1', line: 2, text: 'System time: Wed Jan  7 14:30:09 2026' }],
    });
    expect(factsOf('hello').systemTime.state).toBe('unknown');
  });
});

describe('time servers', () => {
  it.each([
    ['synchronized: no, ntpsync: enabled, server-mode: disabled', { isOn: true, synchronized: false }],
    ['config system ntp\n    set ntpsync disable\nend', { isOn: false }],
    ['config system ntp\n    set type custom\nend', undefined],
  ])('%j', (text, expected) => {
    expect(valueIfKnown(factsOf(text).timeSync)).toEqual(expected);
  });
});

describe('cluster', () => {
  it('is read with its members, and unknown without its mode', () => {
    const text = 'Mode: HA A-P\nPrimary     : FGT-a, FGT60F0000000001, HA cluster index = 1\n';
    expect(valueIfKnown(factsOf(text, 'get system ha status').haStatus)).toMatchObject({
      mode: { value: 'HA A-P', quotes: [{ line: 1 }] },
      members: [{ role: 'primary', serial: 'FGT60F0000000001' }],
    });
    expect(factsOf('Command fail. Return code -61', 'get system ha status').haStatus.state).toBe('unknown');
  });
});

describe('configuration', () => {
  it('of central management names the servers that stand in for Fortinet’s, for updates only', () => {
    const text = `config system central-management
    set type fortimanager
    config server-list
        edit 1
            set server-type update rating
            set server-address 192.0.2.30
        next
        edit 2
            set server-type rating
            set server-address 192.0.2.31
        next
    end
    set include-default-servers disable
end
`;
    expect(valueIfKnown(factsOf(text).centralManagement)).toMatchObject({
      type: { value: 'fortimanager' },
      updateServers: { value: ['192.0.2.30'], explicit: true },
      publicServers: { value: false },
    });
  });

  it('has FortiOS’s defaults where a line is absent', () => {
    const text =
      'config system fortiguard\n    set protocol https\nend\nconfig vpn ssl settings\n    set source-interface "wan1"\nend\n';
    const facts = factsOf(text);
    expect(valueIfKnown(facts.fortiguard)).toMatchObject({
      proxyServer: { value: '' },
      proxyPort: { value: 0 },
      interfaceSelection: { value: 'auto' },
    });
    expect(valueIfKnown(facts.sslVpn)).toMatchObject([
      { loginAttemptLimit: { value: 2, explicit: false }, loginBlockTime: { value: 60 } },
    ]);
  });
});

describe('what people and captures say', () => {
  it.each([
    [
      'cannot validate the server certificate',
      'FortiToken Mobile cannot validate the server certificate',
      'certificate-refused',
    ],
    ['too many attempts', 'SSLVPN connection is down: Too many bad login attempts.', 'too-many-attempts'],
  ])('%s', (_, text, kind) => {
    const [first] = valueIfKnown(factsOf(`He says:\n\n${text}\n`).userNotices) ?? [];
    expect(first).toMatchObject({ kind, quote: { line: 3 } });
  });

  it('is nothing in a comment of a configuration', () => {
    const text =
      'config firewall policy\n    edit 1\n        set comments "Too many bad login attempts"\n    next\nend\n';
    expect(factsOf(text).userNotices.state).toBe('unknown');
  });

  it('reads RADIUS packets from both ends', () => {
    const text = [
      '09:12:01.000001 IP 192.0.2.9.40312 > 192.0.2.40.1812: RADIUS, Access-Request (1), id: 0x01 length: 80',
      '09:12:01.000002 IP 192.0.2.40.1812 > 192.0.2.9.40312: RADIUS, Access-Challenge (11), id: 0x01 length: 60',
      '09:12:01.000003 IP nas.example.com.40312 > fac.example.com.radius: RADIUS, Access-Request (1), id: 0x02 length: 60',
    ].join('\n');
    expect(valueIfKnown(factsOf(text).radiusPackets)).toMatchObject([
      { kind: 'request', client: '192.0.2.9', server: '192.0.2.40' },
      { kind: 'challenge', client: '192.0.2.9', server: '192.0.2.40' },
      { kind: 'request', client: 'nas.example.com', server: 'fac.example.com' },
    ]);
  });
});

describe('addresses that are held now', () => {
  it.each([
    [
      'get system interface physical',
      '== [onboard]\n        ==[wan1]\n                mode: dhcp\n                ip: 203.0.113.77 255.255.255.0\n                status: up\n',
    ],
    [
      'get system interface',
      '== [ wan1 ]\nname: wan1   mode: dhcp    ip: 203.0.113.77 255.255.255.0   status: up    type: physical\n== [ port2 ]\nname: port2   mode: static    ip: 0.0.0.0 0.0.0.0   status: up    type: physical\n',
    ],
    [
      'diagnose ip address list',
      'IP=203.0.113.77->203.0.113.77/255.255.255.0 index=5 devname=wan1\nIP=203.0.113.78->203.0.113.78/255.255.255.0 index=5 devname=wan1\n',
    ],
  ])('%s', (command, text) => {
    const facts = readFacts(toSections({ name: 'paste', command, text })).facts;
    const live = valueIfKnown(facts.liveAddresses);
    expect([...(live ?? [])].map(([name, { value }]) => [name, value])).toEqual([['wan1', '203.0.113.77']]);
    const further = command === 'diagnose ip address list' ? ['203.0.113.78'] : [];
    expect(live?.get('wan1')?.further.map(({ value }) => value)).toEqual(further);
  });
});
