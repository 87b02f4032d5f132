import { describe, expect, it } from 'vitest';
import {
  type ComparedState,
  compareDevices,
  type DeviceComparison,
} from '../../../../src/engine/diagnosis/changes/compare-devices.ts';
import { diagnoseWithEvidence } from '../../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';
import { sampleConfig } from '../../../../src/stand-ins/fortigate/samples.ts';
import { testCertificate } from '../../../fixtures/certificates/test-certificate.ts';

const CAMPUS = sampleConfig('campus');
const READ_AT = Date.UTC(2026, 0, 7);

function stateOf(text: string, name = 'fgt.conf'): ComparedState {
  const focus = { readAt: READ_AT };
  const { evidence, diagnosis } = diagnoseWithEvidence(redact([{ name, text }]), focus);
  const { facts, inVdom, lineMaps } = evidence;
  return { diagnosis, facts, inVdom, focus, lineMaps };
}

type Edit = readonly [from: string, to: string];

/** Replaces in the configuration; fails where it does not hold `from`. */
function edited(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, CAMPUS);
}

function compared(...edits: readonly Edit[]): DeviceComparison {
  return compareDevices(stateOf(CAMPUS), stateOf(edited(...edits)));
}

describe('two states of a device', () => {
  it('are alike where nothing changed', () => {
    const { findings, changes } = compared();
    expect({ findings, changes }).toEqual({
      findings: { appeared: [], fixed: [], same: [], unseen: [] },
      changes: [],
    });
  });

  it('differ in an order that no setting means: nothing changed', () => {
    expect(compared(['set allowaccess ping https ssh', 'set allowaccess ssh ping https']).changes).toEqual(
      [],
    );
  });

  it('put first what a new finding points to', () => {
    const { findings, changes } = compared(
      ['FGT60F-7.4.8-FW-build2795', 'FGT60F-7.4.9-FW-build2829'],
      ['set admin-sport 8443', 'set admin-sport 4433'],
      ['set remoteauthtimeout 15', 'set remoteauthtimeout 30'],
    );
    expect(findings.appeared.map(({ rule }) => rule)).toEqual(['port-conflict-admin-https']);
    expect(changes.map(({ area, setting, rules }) => [area, setting, rules])).toEqual([
      ['admin-ports', { name: 'admin-sport', before: '8443', after: '4433' }, ['port-conflict-admin-https']],
      ['firmware', { name: 'FortiOS', before: '7.4.8', after: '7.4.9' }, []],
      ['timers', { name: 'remoteauthtimeout', before: '15', after: '30' }, []],
    ]);
    expect(changes[0]?.evidence).toEqual({
      old: [{ source: 'fgt.conf', line: 16, text: 'set admin-sport 8443' }],
      new: [{ source: 'fgt.conf', line: 16, text: 'set admin-sport 4433' }],
    });
  });

  it('find what is gone, and what is unchanged', () => {
    const broken = edited(
      ['set admin-sport 8443', 'set admin-sport 4433'],
      ['set allowaccess ping ftm', 'set allowaccess ping'],
    );
    const half = edited(['set admin-sport 8443', 'set admin-sport 4433']);
    const { findings } = compareDevices(stateOf(broken), stateOf(half));
    expect(findings.fixed.map(({ rule }) => rule)).toEqual(['wan-ftm-access-missing']);
    expect(findings.same.map(({ rule }) => rule)).toEqual(['port-conflict-admin-https']);
    expect(findings.appeared).toEqual([]);
  });

  it.each<[string, readonly [string, string], string, string, string, string]>([
    [
      'a default that took the place of a line',
      ['    set admin-sport 8443\n', ''],
      'admin-ports',
      'admin-sport',
      '8443',
      '443',
    ],
    ['the push service', ['set status enable\nend', 'end'], 'push-service', 'status', 'enable', 'disable'],
    [
      'the certificate',
      ['Fortinet_GUI_Server', 'Fortinet_Factory'],
      'push-service',
      'server-cert',
      'Fortinet_GUI_Server',
      'Fortinet_Factory',
    ],
    [
      'the WAN address',
      ['set ip 198.51.100.66 ', 'set ip 198.51.100.67 '],
      'interfaces',
      'ip',
      '198.51.100.66',
      '198.51.100.67',
    ],
    [
      'trusted hosts',
      [
        '"ftm-callback"\n        set',
        '"ftm-callback"\n        set trusthost1 10.0.0.0 255.0.0.0\n        set',
      ],
      'administrators',
      'trusthost',
      '',
      '10.0.0.0 255.0.0.0',
    ],
    [
      'the second factor',
      ['        set two-factor fortitoken\n', ''],
      'users',
      'two-factor',
      'fortitoken',
      'disable',
    ],
    ['a port of SSL VPN', ['set port 10443', 'set port 4433'], 'ssl-vpn', 'port', '10443', '4433'],
    [
      'the hostname',
      ['fgt-campus-01', 'fgt-campus-02'],
      'device',
      'hostname',
      'fgt-campus-01',
      'fgt-campus-02',
    ],
  ])('name %s', (_, edit, area, name, before, after) => {
    const { changes } = compared(edit);
    expect(changes.map((change) => [change.area, change.setting])).toContainEqual([
      area,
      { name, before, after },
    ]);
  });

  it('name what differs in a certificate of the same name', () => {
    const withCertificate = (name: Parameters<typeof testCertificate>[0]) =>
      edited(
        ['"Fortinet_GUI_Server"', '"push"'],
        [
          'config system ftm-push',
          `config vpn certificate local\n    edit "push"\n        set certificate "${testCertificate(name).trim()}"\n    next\nend\nconfig system ftm-push`,
        ],
      );
    const { changes } = compareDevices(
      stateOf(withCertificate('public-leaf')),
      stateOf(withCertificate('public-expired')),
    );
    expect(changes.map(({ place, setting }) => [place, setting?.name])).toEqual([
      ['vpn certificate local push', 'serial number'],
      ['vpn certificate local push', 'valid from'],
      ['vpn certificate local push', 'valid until'],
    ]);
  });

  it('name entries that were added or removed, with their VDOM', () => {
    const vip =
      'config firewall vip\n    edit "mail"\n        set extip 198.51.100.66\n        set extintf "any"\n    next\nend';
    const added = compared(['config firewall vip\nend', vip]);
    const change = { area: 'policies', kind: 'added', place: 'firewall vip mail', vdom: 'guests' };
    expect(added.changes).toMatchObject([change]);
    const removed = compareDevices(stateOf(edited(['config firewall vip\nend', vip])), stateOf(CAMPUS));
    expect(removed.changes).toMatchObject([{ ...change, kind: 'removed' }]);
  });

  it('say what only one of them shows, and call nothing removed that was not read', () => {
    const part = 'FGT # show system global\nconfig system global\n    set admin-sport 4433\nend\n';
    const { changes, notCompared, findings } = compareDevices(stateOf(CAMPUS), stateOf(part));
    expect(changes.map(({ kind, setting }) => [kind, setting?.name])).not.toContainEqual([
      'removed',
      undefined,
    ]);
    expect(notCompared).toContainEqual({ what: 'system interface', side: 'new' });
    expect(notCompared).toContainEqual({ what: 'HA members', side: 'both' });
    expect(findings.fixed).toEqual([]);
  });

  it('call nothing gone that the new state does not show', () => {
    const broken = edited(['set allowaccess ping ftm', 'set allowaccess ping']);
    const part = 'FGT # show system global\nconfig system global\n    set admin-sport 8443\nend\n';
    const { findings } = compareDevices(stateOf(broken), stateOf(part));
    expect(findings.unseen.map(({ rule }) => rule)).toContain('wan-ftm-access-missing');
    expect(findings.fixed).toEqual([]);
  });

  it('point to the change without which there is no finding', () => {
    const { changes } = compared(
      ['set admin-sport 8443', 'set admin-sport 4433'],
      ['set allowaccess ping ftm', 'set allowaccess ping'],
    );
    expect(changes.map(({ setting, rules }) => [setting?.name, rules])).toEqual([
      ['allowaccess', ['wan-ftm-access-missing']],
      ['admin-sport', ['port-conflict-admin-https']],
    ]);
  });

  it('name the role in a cluster, and take no redacted value for another one', () => {
    const status = (role: string, [first, second]: readonly [string, string]) =>
      `fgt # get system status
Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)
Serial-Number: ${first}
Hostname: fgt
Current HA mode: a-p, ${role}
System time: Wed Jan  7 14:30:00 2026
fgt # get system ha status
HA Health Status: OK
Mode: HA A-P
Primary     : fgt-a, ${first}, HA cluster index = 0
Secondary   : fgt-b, ${second}, HA cluster index = 1
number of vcluster: 1
`;
    const { changes } = compareDevices(
      stateOf(status('primary', ['FGT60FTK20000001', 'FGT60FTK20000002'])),
      stateOf(status('secondary', ['FGT60FTK20000002', 'FGT60FTK20000001'])),
    );
    expect(changes.map(({ area, setting }) => [area, setting])).toEqual([
      ['ha', { name: 'HA mode', before: 'a-p, primary', after: 'a-p, secondary' }],
    ]);
  });
});
