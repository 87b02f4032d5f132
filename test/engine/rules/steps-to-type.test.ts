import { expect, it } from 'vitest';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';
import { readFixture } from '../../support/rule-fixtures.ts';

const stepsOf = (text: string) => renderText(diagnoseText(text));

it('an old session is ended by commands on lines of their own', () => {
  const text = stepsOf('FortiClient says:\n"You already have an open SSL VPN connection."');
  expect(text).toMatch(/^ *execute vpn sslvpn list\n *execute vpn sslvpn del-tunnel <index>$/m);
  expect(text).toContain('Only this session ends');
});

it('a group is taken out of the rule that names another group, too', () => {
  const lines = [
    'config user local',
    '    edit "wren"',
    '        set type ldap',
    '        set two-factor fortitoken',
    '        set fortitoken "FTKMOB0000000001"',
    '        set ldap-server "dc01"',
    '    next',
    'end',
    'config user group',
    '    edit "vpn-all"',
    '        set member "dc01"',
    '    next',
    '    edit "vpn-token"',
    '        set member "wren"',
    '    next',
    'end',
    'config vpn ssl settings',
    '    config authentication-rule',
    '        edit 1',
    '            set groups "vpn-all" "vpn-token"',
    '            set portal "full-access"',
    '        next',
    '    end',
    'end',
  ];
  const text = stepsOf(lines.join('\n'));
  expect(text).toMatch(
    /config vpn ssl settings\n +config authentication-rule\n +edit 1\n +unselect groups "vpn-all"\n +next\n +end\n *end$/m,
  );
});

it.each([
  ['None of the 9 laptops that I set up connects.', 'Type the key of ra-main from a trusted record'],
  ['The others get in.', 'leave psksecret as it is'],
  ['She cannot connect.', 'If every client of ra-main fails'],
])('the key is typed again where it is wrong: %s', (words, expected) => {
  const text = stepsOf(`${words}\n\n${readFixture('ike-psk-mismatch/fixtures/broken.log')}`);
  expect(text.replaceAll(/\s+/g, ' ').replaceAll('`', '')).toContain(expected);
});
