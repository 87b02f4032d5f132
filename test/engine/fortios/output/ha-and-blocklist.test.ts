import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHaStatus } from '../../../../src/engine/fortios/output/ha-status.ts';
import { parseSslVpnBlocklist } from '../../../../src/engine/fortios/output/ssl-vpn-blocklist.ts';

describe('parseHaStatus', () => {
  it.each([
    [
      '6.0',
      [
        'Mode: HA A-P',
        'Master: fgt-a, FG200D0000000001, cluster index = 1',
        'Slave : fgt-b, FG200D0000000002, cluster index = 0',
      ],
    ],
    [
      '6.2',
      [
        'Mode: HA A-P',
        'Master: fgt-a, FG200D0000000001, HA cluster index = 1',
        'Slave : fgt-b, FG200D0000000002, HA cluster index = 0',
      ],
    ],
    [
      '7.x, redacted',
      [
        'Mode: HA A-P',
        'Primary     : FGT-a   , FG200D0000000001, HA cluster index = 1',
        'Secondary   : FGT-b   , FG200D0000000002, HA cluster index = 0',
      ],
    ],
  ])('%s', (_, lines) => {
    const operating = ['Primary: FG200D0000000001, HA operating index = 0'];
    expect(parseHaStatus([...lines, ...operating])).toEqual({
      mode: { value: 'HA A-P', index: 0 },
      members: [
        { role: 'primary', serial: 'FG200D0000000001', index: 1 },
        { role: 'secondary', serial: 'FG200D0000000002', index: 2 },
      ],
    });
  });

  it('of a device in no cluster has a mode and no members', () => {
    expect(parseHaStatus(['Mode: Standalone'])).toEqual({
      mode: { value: 'Standalone', index: 0 },
      members: [],
    });
  });
});

describe('parseSslVpnBlocklist', () => {
  it.each([
    ['vfid=0 203.0.113.92 status=locked fails=2', 'locked'],
    ['Pending   203.0.113.92', 'pending'],
    ['status: Locked, host: <ip#1>', 'locked'],
  ])('%s', (line, status) => {
    expect(parseSslVpnBlocklist(['head', line])).toMatchObject([{ status, index: 1 }]);
  });

  it.each(['203.0.113.92', 'locked', 'version 7.4.1.2463.1 locked', ''])(
    'takes nothing from “%s”',
    (line) => {
      expect(parseSslVpnBlocklist([line])).toEqual([]);
    },
  );
});

it('neither fails nor invents on any text', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      for (const { index } of parseHaStatus(lines).members) expect(lines[index]).toMatch(/cluster index/);
      for (const { index } of parseSslVpnBlocklist(lines)) expect(lines[index]).toMatch(/locked|pending/i);
    }),
  );
});
