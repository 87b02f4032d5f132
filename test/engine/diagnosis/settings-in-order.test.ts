import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const shown = (command: string, ...lines: readonly string[]) => [`fgt-12 # show ${command}`, ...lines, ''];
const table = (path: string, ...entries: readonly string[]) => [`config ${path}`, ...entries, 'end'];
const entry = (name: string | number, ...lines: readonly string[]) => [
  `    edit ${typeof name === 'number' ? name : `"${name}"`}`,
  ...lines.map((line) => `        set ${line}`),
  '    next',
];
const member = (name: string, serial: string) =>
  entry(
    name,
    'type password',
    'two-factor fortitoken',
    `fortitoken "${serial}"`,
    `email-to "${name}@example.net"`,
  );
const paste = (...members: readonly string[]) =>
  [
    'Review before we go live: is anything missing for push?',
    '',
    ...shown(
      'full-configuration system ftm-push',
      ...table(
        'system ftm-push',
        '    set server-port 4433',
        '    set server-cert "Fortinet_GUI_Server"',
        '    set server-ip 0.0.0.0',
        '    set server "198.51.100.77"',
        '    set status enable',
      ),
    ),
    ...shown(
      'system interface wan1',
      ...table(
        'system interface',
        ...entry('wan1', 'vdom "root"', 'ip 198.51.100.77 255.255.255.0', 'allowaccess ping ftm'),
      ),
    ),
    ...shown(
      'system admin',
      ...table('system admin', ...entry('admin', 'accprofile "super_admin"', 'vdom "root"')),
    ),
    ...shown(
      'vpn ssl settings',
      ...table(
        'vpn ssl settings',
        '    set port 10443',
        '    set source-interface "wan1"',
        '    set default-portal "full-access"',
        '    config authentication-rule',
        '        edit 1',
        '            set groups "crew"',
        '            set portal "full-access"',
        '        next',
        '    end',
      ),
    ),
    ...shown(
      'user group crew',
      ...table('user group', ...entry('crew', `member ${members.map((name) => `"${name}"`).join(' ')}`)),
    ),
    ...shown('user local', ...table('user local', ...member('heron', 'FTKMOB11AA22BB33'))),
    ...shown(
      'firewall policy 4',
      ...table(
        'firewall policy',
        ...entry(
          4,
          'srcintf "ssl.root"',
          'dstintf "lan"',
          'action accept',
          'srcaddr "all"',
          'dstaddr "all"',
          'schedule "always"',
          'service "ALL"',
          'groups "crew"',
        ),
      ),
    ),
  ].join('\n');

describe('settings that were pasted to be looked at', () => {
  it('are in order as far as they were read, and only what push needs is asked for', () => {
    const diagnosis = diagnoseText(paste('heron'));
    expect(diagnosis).toMatchObject({ verdict: 'inconclusive', findings: [] });
    expect(createAnswer(diagnosis).headline).toMatch(
      /^The push settings of `fgt-12` are in order as far as they were read\. Needed: /,
    );
    const text = renderText(diagnosis);
    expect(text).not.toMatch(/radius|whether a firewall policy uses it|sniffer|No cause/i);
    expect(text).toContain('show firewall local-in-policy');
  });

  it('ask about a server that checks the users of a group', () => {
    const asked = (...members: readonly string[]) =>
      diagnoseText(paste(...members)).missing.flatMap(({ commands }) => commands);
    expect(asked('heron', 'nps1')).toContain('show full-configuration user radius');
    expect(asked('heron')).not.toContain('show full-configuration user radius');
  });
});
