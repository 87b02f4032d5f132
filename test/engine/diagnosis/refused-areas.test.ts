import { describe, expect, it } from 'vitest';
import { AREAS } from '../../../src/engine/fortios/access-areas.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

/** A command of each area, with the first and the last line that it prints where it is allowed. */
const COMMANDS: Readonly<Record<(typeof AREAS)[number], readonly (readonly [string, string])[]>> = {
  sysgrp: [
    [
      'show full-configuration system ftm-push',
      'config system ftm-push\n    set status enable\n    set server-port 4433\n    set server-cert "Fortinet_GUI_Server"\n    set server "198.51.100.10"\nend',
    ],
    ['show system admin', 'config system admin\nend'],
    ['show full-configuration system global', 'config system global\nend'],
  ],
  netgrp: [
    [
      'show system interface',
      'config system interface\n    edit "port1"\n        set vdom "root"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ping ftm\n        set type physical\n    next\nend',
    ],
    ['get router info routing-table details 0.0.0.0', 'Routing table for VRF=0\n% Network not in table'],
  ],
  authgrp: [
    ['show user local', 'config user local\nend'],
    ['show user group', 'config user group\nend'],
  ],
  fwgrp: [
    ['show firewall vip', 'config firewall vip\nend'],
    ['show firewall local-in-policy', 'config firewall local-in-policy\nend'],
  ],
  vpngrp: [
    ['show full-configuration vpn ssl settings', 'config vpn ssl settings\nend'],
    ['show vpn ipsec phase1-interface', 'config vpn ipsec phase1-interface\nend'],
  ],
};
const STATUS = `fgt-branch-07 $ get system status
Version: FortiGate-VM64 v7.4.8,build2795,250523 (GA.M)
Hostname: fgt-branch-07
Virtual domain configuration: disable
`;
const REFUSALS = [
  ['silence', ''],
  ['Unknown action 0', 'Unknown action 0'],
  ['a missing permission', 'Permission denied'],
  ['code -37', 'Command fail. Return code -37'],
] as const;

function session(answer: (area: string, printed: string) => string): string {
  const asked = Object.entries(COMMANDS).flatMap(([area, commands]) =>
    commands.map(([command, printed]) => `fgt-branch-07 $ ${command}\n${answer(area, printed)}\n`),
  );
  return `${STATUS}\n${asked.join('\n')}\nfgt-branch-07 $ `;
}

describe.each(REFUSALS)('answered with %s', (_name, refusal) => {
  it.each(AREAS)('all of %s is named, with the line that grants it, and not asked for again', (refused) => {
    const diagnosis = diagnoseText(session((area, printed) => (area === refused ? refusal : printed)));
    expect(diagnosis.verdict).not.toBe('healthy');
    expect(diagnosis.whyNotHealthy?.join('; ') ?? '').toContain(`\`set ${refused} read\``);
    for (const area of AREAS.filter((each) => each !== refused)) {
      expect(diagnosis.whyNotHealthy?.join('; ')).not.toContain(area);
    }
    const again = diagnosis.missing.flatMap(({ commands }) => commands);
    for (const [command] of COMMANDS[refused]) expect(again).not.toContain(command);
  });

  it('everything is an account that may not read the settings', () => {
    const diagnosis = diagnoseText(session(() => refusal));
    expect(diagnosis.verdict).toBe('inconclusive');
    expect(diagnosis.headline).toMatch(/^This account may not read the settings: .*`set cli-show enable`/);
    const again = diagnosis.missing.flatMap(({ commands }) => commands);
    expect(again.filter((line) => /^(?:show|get) /.test(line))).toEqual([]);
  });
});

it('older releases have no right for single verbs', () => {
  const text = session(() => '').replace('v7.4.8,build2795,250523', 'v7.0.15,build0632,240401');
  expect(diagnoseText(text).headline).toBe(
    'This account may not read the settings: its access profile needs `set sysgrp read`, and so for `netgrp`, `authgrp`, `fwgrp` and `vpngrp`',
  );
});

it.each([
  ['a command of that area was answered', 'show system admin', 'config system admin\nend'],
  ['it is one command', 'get system status', 'Hostname: fgt-branch-07'],
  ['the other one does not exist', 'get system ftm-push', "command parse error before 'ftm-push'"],
])('an area is not called refused where %s', (_why, command, printed) => {
  const text = `fgt-branch-07 $ show system global\n\nfgt-branch-07 $ ${command}\n${printed}\n\nfgt-branch-07 $ `;
  expect(diagnoseText(text).whyNotHealthy?.join('; ') ?? '').not.toContain('sysgrp');
});
