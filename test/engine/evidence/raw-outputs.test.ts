import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';

/** What commands print, without the prompt and the command above. */
const OUTPUTS = {
  'get system status': [
    'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
    'Virus-DB: 1.00000(2018-04-09 18:07)',
    'Hostname: EDGE',
    'Virtual domain configuration: disable',
    'Current HA mode: standalone',
    'System time: Mon Nov 24 09:12:03 2025',
  ],
  'get system ftm-push': [
    'proxy               : enable',
    'interface           :',
    'server-port         : 4433',
    'server-cert         : Fortinet_Factory',
    'server-ip           : 0.0.0.0',
    'server              : 198.51.100.10',
    'status              : enable',
  ],
  'diagnose fortitoken info': [
    'FORTITOKEN           DRIFT    STATUS',
    'FTKMOB0000000011      0        active',
    '',
    'Total activated token: 1',
    'Total global activated token: 1',
    'Token server status: reachable',
  ],
  'get system ha status': [
    'HA Health Status: OK',
    'Model: FortiGate-60F',
    'Mode: HA A-P',
    'Group Name: edge',
    'Primary selected using:',
    '    <2025/11/24 09:12:03> vcluster-1: FGT60F0000000001 is selected as the primary.',
    'ses_pickup: disable',
    'Primary     : EDGE-a, FGT60F0000000001, HA cluster index = 0',
    'Secondary   : EDGE-b, FGT60F0000000002, HA cluster index = 1',
    'number of vcluster: 1',
    'vcluster 1: work 169.254.0.1',
    'Primary: FGT60F0000000001, HA operating index = 0',
  ],
  'get system interface physical': [
    '== [onboard]',
    '        ==[wan1]',
    '                mode: static',
    '                ip: 198.51.100.10 255.255.255.0',
    '                status: up',
  ],
  'get system interface': [
    '== [ wan1 ]',
    'name: wan1   mode: dhcp    ip: 203.0.113.77 255.255.255.0   status: up    type: physical',
  ],
  'diagnose ip address list': [
    'IP=203.0.113.77->203.0.113.77/255.255.255.0 index=5 devname=wan1',
    'IP=127.0.0.1->127.0.0.1/255.0.0.0 index=2 devname=lo',
  ],
} as const;
const COMMANDS = Object.keys(OUTPUTS) as (keyof typeof OUTPUTS)[];

function commandsIn(lines: readonly string[]): readonly string[] {
  return toSections({ name: 'paste', text: lines.join('\n') }).map(({ command, kind }) => command ?? kind);
}

describe('an output without its command', () => {
  it.each(COMMANDS)('alone is known by its shape: %s', (command) => {
    expect(commandsIn(OUTPUTS[command])).toEqual([command]);
    expect(commandsIn(['Hello,', 'here it is:', '', ...OUTPUTS[command], '', 'Thanks'])).toEqual([
      'other',
      command,
      'other',
    ]);
  });

  it('is not swallowed by the one above, with or without a blank line between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...COMMANDS), { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        (all, blank) => {
          const outputs = all.filter((command, at) => command !== all[at - 1]);
          const lines = outputs.flatMap((command, at) => [
            ...(blank && at > 0 ? [''] : []),
            ...OUTPUTS[command],
          ]);
          expect(commandsIn(lines)).toEqual(outputs);
        },
      ),
    );
  });

  it('of two devices, one below the other, stays two', () => {
    for (const command of ['get system status', 'get system ftm-push'] as const) {
      expect(commandsIn([...OUTPUTS[command], ...OUTPUTS[command]])).toEqual([command, command]);
    }
  });

  it('goes before a configuration that follows at once', () => {
    const block = ['config system ftm-push', '    set status enable', 'end'];
    expect(
      commandsIn([...OUTPUTS['get system status'], ...block, ...OUTPUTS['get system ftm-push']]),
    ).toEqual(['get system status', 'config', 'get system ftm-push']);
  });
});
