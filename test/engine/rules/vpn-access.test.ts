import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { vpnAccess } from '../../../src/engine/rules/shared/vpn-access.ts';

const USERS = `config user local
    edit "ana"
        set type password
    next
    edit "ben"
        set type ldap
        set ldap-server "DC01"
    next
end
`;

function groups(members: Readonly<Record<string, string>>): string {
  const entries = Object.entries(members).map(
    ([name, list]) => `    edit "${name}"\n        set member ${list}\n    next\n`,
  );
  return `config user group\n${entries.join('')}end\n`;
}

function sslVpn(rule: string, status = 'enable'): string {
  return `config vpn ssl settings
    set status ${status}
    set source-interface "wan1"
    config authentication-rule
        edit 1
            ${rule}
        next
    end
end
`;
}

function policy(lines: string, from = 'ssl.root'): string {
  return `config firewall policy
    edit 7
        set srcintf "${from}"
        set action accept
        ${lines}
    next
end
`;
}

function phase1(lines: string): string {
  return `config vpn ipsec phase1-interface
    edit "dialup"
        set type dynamic
        ${lines}
    next
end
`;
}

const NO_TUNNEL = 'config vpn ipsec phase1-interface\nend\n';
const NO_POLICY = 'config firewall policy\nend\n';
const NO_VPN = 'config vpn ssl settings\n    set status disable\nend\n';
const COMMANDS: Readonly<Record<string, string>> = {
  'config user local': 'show user local',
  'config user group': 'show user group',
  'config user radius': 'show full-configuration user radius',
  'config vpn ssl settings': 'show full-configuration vpn ssl settings',
  'config vpn ipsec phase1-interface': 'show vpn ipsec phase1-interface',
  'config firewall policy': 'show firewall policy',
  'config system zone': 'show system zone',
};

/** Each block as the answer of its own command, which asked for all of it. */
function accessOf(user: string, ...blocks: readonly string[]): string {
  const sections = [USERS, ...blocks].flatMap((text) => {
    const command = COMMANDS[text.slice(0, text.indexOf('\n'))] ?? '';
    return toSections({ name: command, command, text });
  });
  const facts = readFacts(sections).facts;
  const entry = valueIfKnown(facts.localUsers)?.find(({ name }) => name === user);
  return entry ? vpnAccess(facts).of(entry).kind : 'no such user';
}

describe('who can log in to the VPN', () => {
  const staff = groups({ staff: '"ana"', directory: '"DC01"' });
  it.each([
    ['a rule names the user', [sslVpn('set users "ana"'), staff, NO_TUNNEL, NO_POLICY], 'may'],
    ['a rule names the group', [sslVpn('set groups "staff"'), staff, NO_TUNNEL, NO_POLICY], 'may'],
    [
      'a policy names the group',
      [sslVpn('set groups "x"'), staff, NO_TUNNEL, policy('set groups "staff"')],
      'may',
    ],
    [
      'a policy names the user',
      [sslVpn('set groups "x"'), staff, NO_TUNNEL, policy('set users "ana"')],
      'may',
    ],
    ['XAUTH takes the group', [NO_VPN, staff, phase1('set authusrgrp "staff"'), NO_POLICY], 'may'],
    [
      'EAP takes the group',
      [NO_VPN, staff, phase1('set eap enable\n        set authusrgrp "staff"'), NO_POLICY],
      'may',
    ],
    ['dial-up peers are of the group', [NO_VPN, staff, phase1('set usrgrp "staff"'), NO_POLICY], 'may'],
    [
      'a policy of the tunnel names the group',
      [NO_VPN, staff, phase1('set eap enable'), policy('set groups "staff"', 'dialup')],
      'may',
    ],
    [
      'a policy of the tunnel’s zone names the group',
      [
        NO_VPN,
        staff,
        phase1('set eap enable'),
        policy('set groups "staff"', 'vpn'),
        'config system zone\n    edit "vpn"\n        set interface "dialup"\n    next\nend\n',
      ],
      'may',
    ],
    [
      'a policy of another interface names the group',
      [sslVpn('set groups "directory"'), staff, NO_TUNNEL, policy('set groups "staff"', 'lan')],
      'may-not',
    ],
    [
      'the policy denies',
      [
        NO_VPN,
        staff,
        phase1('set eap enable'),
        policy('set groups "staff"\n        set action deny', 'dialup'),
      ],
      'may-not',
    ],
    [
      'the policy is off',
      [
        sslVpn('set groups "directory"'),
        staff,
        NO_TUNNEL,
        policy('set groups "staff"\n        set status disable'),
      ],
      'may-not',
    ],
    [
      'SSL VPN is off',
      [sslVpn('set groups "staff"', 'disable'), staff, NO_TUNNEL, policy('set groups "staff"')],
      'may-not',
    ],
    ['nothing names the group', [sslVpn('set groups "directory"'), staff, NO_TUNNEL, NO_POLICY], 'may-not'],
    ['the policies were not read', [sslVpn('set groups "directory"'), staff, NO_TUNNEL], 'cannot-tell'],
    ['the tunnels were not read', [sslVpn('set groups "directory"'), staff, NO_POLICY], 'cannot-tell'],
    ['the groups were not read', [sslVpn('set groups "directory"'), NO_TUNNEL, NO_POLICY], 'cannot-tell'],
    [
      'the group of a rule was not read',
      [sslVpn('set groups "other"'), staff, NO_TUNNEL, NO_POLICY],
      'cannot-tell',
    ],
    ['without a VPN no policy needs to be read', [NO_VPN, staff, NO_TUNNEL], 'may-not'],
  ])('%s', (_name, blocks, kind) => {
    expect(accessOf('ana', ...blocks)).toBe(kind);
  });

  it.each([
    [
      'the server is in the group',
      [sslVpn('set groups "directory"'), staff, NO_TUNNEL, NO_POLICY],
      'by-server',
    ],
    [
      'a RADIUS server is in every group',
      [
        sslVpn('set groups "staff"'),
        staff,
        NO_TUNNEL,
        NO_POLICY,
        'config user radius\n    edit "DC01"\n        set all-usergroup enable\n    next\nend\n',
      ],
      'by-server',
    ],
    ['only others are', [sslVpn('set groups "staff"'), staff, NO_TUNNEL, NO_POLICY], 'may-not'],
  ])('a user of a directory, where %s', (_name, blocks, kind) => {
    expect(accessOf('ben', ...blocks)).toBe(kind);
  });
});
