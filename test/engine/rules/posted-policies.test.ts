import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

function read(name: string): string {
  return readFileSync(new URL(`../../../src/engine/rules/${name}`, import.meta.url), 'utf8');
}

function find(rule: string, text: string) {
  return diagnoseText(text).findings.find((each) => each.rule === rule);
}

describe('a table of policies without a command above it', () => {
  const POSTED = read('ike-no-policy/fixtures/broken.table.txt');
  const [TABLE = ''] = POSTED.split('These are');

  it('shows that no policy uses the dial-up tunnel, with the pool of its clients', () => {
    const finding = find('ike-no-policy', POSTED);
    expect(finding).toMatchObject({
      title: 'No firewall policy uses ra-crew, so the FortiGate refuses its clients',
      confidence: 'likely',
    });
    expect(finding?.fix.todo?.join(' ')).toContain('are `ra-crew-pool` (10.71.0.20-10.71.0.90)');
  });

  it.each([
    'That is the complete policy table.',
    'There are no other policies.',
    'Das sind alle Regeln.',
    'Es ist das gesamte Regelwerk.',
    'Keine weiteren Regeln vorhanden.',
    'Es la tabla de políticas completa.',
    'Son todas las políticas.',
    'Ce sont toutes les règles.',
  ])('is whole where a person says so: %s', (words) => {
    expect(find('ike-no-policy', `${TABLE}\n${words} Nobody can connect.\n`)).toMatchObject({
      confidence: 'likely',
    });
  });

  it('only makes it possible where nobody says that it is whole', () => {
    expect(find('ike-no-policy', `${TABLE}\nNobody can connect.\n`)).toMatchObject({
      confidence: 'possible',
    });
  });

  it.each([
    ['one policy may be all that was copied', TABLE.replace(/ {4}edit 4[\s\S]*?next\n/, '')],
    ['a policy uses the tunnel', TABLE.replace('"dmz"', '"ra-crew"')],
    [
      'the command asked for some of them',
      TABLE.replace('config firewall policy', 'fgt # show firewall policy 1\nconfig firewall policy'),
    ],
    ['a line is left out', TABLE.replace('        set srcintf "dmz"\n', '        ...\n')],
  ])('shows nothing where %s', (_why, text) => {
    expect(find('ike-no-policy', `${text}\nNobody can connect.\n`)).toBeUndefined();
  });
});

describe('the groups of a tunnel and of its policies', () => {
  const POSTED = read('ike-user-group-mismatch/fixtures/broken.configuration.txt');
  const [CONFIG = ''] = POSTED.split('Policy 12 is');

  it('share nobody: the tunnel loses its group', () => {
    const finding = find('ike-user-group-mismatch', POSTED);
    expect(finding).toMatchObject({
      title: 'ra-crew asks for the group office, its policy 12 for harbour: nobody passes both',
      confidence: 'likely',
    });
    expect(finding?.fix.apply).toEqual([
      'config vpn ipsec phase1-interface',
      '    edit "ra-crew"',
      '        unset authusrgrp',
      '    next',
      'end',
    ]);
    expect(finding?.fix.undo.join('\n')).toContain('set authusrgrp "office"');
  });

  it('has words instead of lines where other policies may be from the tunnel', () => {
    const finding = find('ike-user-group-mismatch', CONFIG);
    expect(finding?.fix).toMatchObject({ apply: [] });
    expect(finding?.summary).toContain('other policies from the tunnel were not read');
  });

  const withServer = (match: string) =>
    POSTED.replaceAll(/set member "wren" "linnet"|set member "plover" "oriole"/g, (member) => {
      const group = member.includes('wren') ? 'CN=Office,DC=heron,DC=example' : match;
      return `set member "dc1"\n        config match\n            edit 1\n                set server-name "dc1"\n                set group-name "${group}"\n            next\n        end`;
    });

  it('are compared by the groups of their server where a login fails', () => {
    expect(find('ike-user-group-mismatch', withServer('CN=Harbour,DC=heron,DC=example'))).toMatchObject({
      confidence: 'possible',
    });
  });

  it.each([
    ['a user is in both', POSTED.replace('"plover" "oriole"', '"plover" "wren"')],
    ['the groups of the server are the same', withServer('CN=Office,DC=heron,DC=example')],
    [
      'the policy names the group of the tunnel too',
      POSTED.replace('groups "harbour"', 'groups "harbour" "office"'),
    ],
    ['the policy names no group', POSTED.replace('        set groups "harbour"\n', '')],
    ['the tunnel asks for no group', POSTED.replace('        set authusrgrp "office"\n', '')],
    ['the members of a group were not read', POSTED.replace(/ {4}edit "harbour"[\s\S]*?next\n/, '')],
  ])('are no cause where %s', (_why, text) => {
    expect(find('ike-user-group-mismatch', text)).toBeUndefined();
  });

  it.each(['Which place is the right one for the group?', 'Wo gehört die Gruppe hin?'])(
    'answers “%s”',
    (question) => {
      const { answers = [] } = diagnoseText(`${POSTED}\n${question}\n`);
      expect(answers.map(({ answer }) => answer).join(' ')).toContain('The policies are the right place');
    },
  );
});
