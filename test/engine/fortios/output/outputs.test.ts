import { describe, expect, it } from 'vitest';
import { parseFortitokenInfo } from '../../../../src/engine/fortios/output/fortitoken-info.ts';
import { parseInterfacePhysical } from '../../../../src/engine/fortios/output/interface-addresses.ts';
import { parseKeyValue } from '../../../../src/engine/fortios/output/key-value.ts';
import { parsePing } from '../../../../src/engine/fortios/output/ping.ts';
import { parseSystemStatus } from '../../../../src/engine/fortios/output/system-status.ts';

describe('parseKeyValue', () => {
  it('reads a `get` table, empty values and values with colons included', () => {
    const rows = parseKeyValue([
      'server-port         : 4433',
      'server              : ',
      'ip: ::1',
      '',
      'status              : enable \r',
    ]);
    expect(rows).toEqual([
      { key: 'server-port', value: '4433', index: 0 },
      { key: 'server', value: '', index: 1 },
      { key: 'ip', value: '::1', index: 2 },
      { key: 'status', value: 'enable', index: 4 },
    ]);
  });

  it('passes over what is no table', () => {
    expect(parseKeyValue(['==[wan1]', 'http://example.com', '12:30:01 hello', 'x'.repeat(100_000)])).toEqual(
      [],
    );
  });
});

describe('parseSystemStatus', () => {
  const status = (...lines: string[]) => parseSystemStatus(lines);

  it('reads a current device', () => {
    expect(
      status(
        'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\r',
        'Serial-Number: <serial#1>\r',
        'Hostname: edge-fw \r',
        'Operation Mode: NAT\r',
        'Current virtual domain: root\r',
        'Virtual domain configuration: multiple\r',
        'Current HA mode: a-p, primary\r',
        'System time: Fri Oct 11 14:24:22 2024\r',
      ),
    ).toEqual({
      version: { value: '7.4.8,build2795,250523', index: 0 },
      model: { value: 'FortiGate-60F', index: 0 },
      serial: { value: '<serial#1>', index: 1 },
      hostname: { value: 'edge-fw', index: 2 },
      currentVdom: { value: 'root', index: 4 },
      vdomConfiguration: { value: 'multiple', index: 5 },
      haMode: { value: 'a-p, primary', index: 6 },
      systemTime: { value: Date.UTC(2024, 9, 11, 14, 24, 22), index: 7 },
    });
  });

  it.each(['disable', 'enable', 'multiple', 'split-task'])('knows the VDOM mode %s', (mode) => {
    expect(status(`Virtual domain configuration: ${mode}`).vdomConfiguration?.value).toBe(mode);
  });

  it('leaves out what it does not know', () => {
    expect(status('Virtual domain configuration: perhaps', 'Version: FortiADC-VM 7.1', 'hello')).toEqual({});
  });
});

describe('parseFortitokenInfo', () => {
  it('reads rows, totals and the server', () => {
    const info = parseFortitokenInfo([
      'FORTITOKEN           DRIFT  STATUS',
      'FTK200AAAAAAAAAA     -1     active\r',
      '<serial#3>           0      provisioned',
      "FTKMOBAAAAAAAA01     0      token already activated, and seed won't be returned",
      'FTKMOBAAAAAAAA02     0      activation error (token not exist in FortiGuard)',
      '',
      'Total activated token: 1',
      'Total global activated token: 2',
      '',
      'Token server status: reachable',
    ]);
    expect(info.tokens.map(({ serial, drift, status, index }) => [serial, drift, status, index])).toEqual([
      ['FTK200AAAAAAAAAA', -1, 'active', 1],
      ['<serial#3>', 0, 'provisioned', 2],
      ['FTKMOBAAAAAAAA01', 0, "token already activated, and seed won't be returned", 3],
      ['FTKMOBAAAAAAAA02', 0, 'activation error (token not exist in FortiGuard)', 4],
    ]);
    expect(info).toMatchObject({
      listed: true,
      server: { value: 'reachable', index: 9 },
    });
  });

  it('tells an empty table from none', () => {
    expect(
      parseFortitokenInfo(['FORTITOKEN           DRIFT  STATUS', '', 'Token server status: unreachable']),
    ).toMatchObject({
      tokens: [],
      listed: true,
      server: { value: 'unreachable' },
    });
    expect(parseFortitokenInfo(['Unknown action 0'])).toEqual({
      tokens: [],
      listed: false,
      ended: false,
    });
  });
});

describe('parsePing', () => {
  it.each([
    [
      ['PING push.fortinet.com (203.0.113.9): 56 data bytes', 'sendto failed'],
      { resolved: true, host: 'push.fortinet.com', address: '203.0.113.9', index: 0 },
    ],
    [['', 'Unable to resolve hostname.'], { resolved: false, index: 1 }],
    [['64 bytes from 203.0.113.9'], undefined],
  ])('reads %j', (lines, result) => {
    expect(parsePing(lines)).toEqual(result);
  });
});

describe('parseInterfacePhysical', () => {
  it('reads addresses and how they are given, not group heads', () => {
    expect(
      parseInterfacePhysical([
        '== [onboard]',
        '\t==[wan1]',
        '\t\tmode: dhcp',
        '\t\tip: 198.51.100.10 255.255.255.0\r',
        '\t\tipv6: ::/0',
        '\t\tstatus: up',
        '    ==[dmz]',
        '        mode: static',
        '    ==[my lan]',
      ]),
    ).toEqual([{ name: 'wan1', address: '198.51.100.10', mode: 'dhcp', index: 3 }]);
  });
});
