import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';

const HEAD = `#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin
config system global
    set hostname "FGT-EDGE"
    set admin-sport 8443
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 198.51.100.10 255.255.255.0
        set allowaccess ping https
        set role wan
    next
end
config system admin
    edit "admin"
        set accprofile "super_admin"
        set trusthost1 192.0.2.0 255.255.255.0
    next
end
config system ftm-push
    set status disable
end
`;
const RADIUS = `config user radius
    edit "FAC1"
        set server "192.0.2.60"
        set timeout 60
    next
end
`;
const END = 'config router multicast\nend\n';

function user(name: string, ...lines: readonly string[]): string {
  return [`    edit "${name}"`, ...lines.map((line) => `        ${line}`), '    next\n'].join('\n');
}
const CLOUD = user('marlow', 'set type password', 'set two-factor fortitoken-cloud');
const REMOTE = user('wren', 'set type radius', 'set radius-server "FAC1"');
const MOBILE = user(
  'heron',
  'set type password',
  'set two-factor fortitoken',
  'set fortitoken "FTKMOB11AA22BB33"',
);
const PLAIN = user('finch', 'set type password');

function backup(users: readonly string[], members: string, ...more: readonly string[]): string {
  const table = users.length === 0 ? '' : `config user local\n${users.join('')}end\n`;
  return `${HEAD}${RADIUS}${table}config user group
    edit "vpn-users"
        set member ${members}
    next
end
config vpn ssl settings
    set source-interface "wan1"
    set port 10443
    config authentication-rule
        edit 1
            set groups "vpn-users"
            set portal "full-access"
        next
    end
end
config firewall policy
    edit 1
        set srcintf "ssl.root"
        set dstintf "internal"
        set action accept
        set groups "vpn-users"
    next
end
${more.join('')}${END}`;
}

function diagnose(text: string, focus: { readonly user?: string } = {}) {
  const diagnosis = diagnoseItems([{ name: 'backup.conf', text }], focus);
  return { ...diagnosis, found: diagnosis.findings.map(({ rule }) => rule) };
}

/** Everything of `ftm-push` in that backup is wrong: the service, the interface, the administrators. */
const OF_FTM_PUSH = ['push-disabled', 'wan-ftm-access-missing', 'admin-trusthost-blocks-callback'];

describe('who sends the pushes', () => {
  it('is FortiToken Cloud for everybody: theirs is the finding, and ftm-push is none', () => {
    const { found, headline, checks } = diagnose(backup([CLOUD], '"marlow"'));
    expect(found).toEqual(['fortitoken-cloud-user']);
    expect(headline).toBe('Pushes to marlow come from FortiToken Cloud, not from this FortiGate');
    for (const rule of OF_FTM_PUSH) {
      expect(checks.find((each) => each.rule === rule)).toMatchObject({
        verdict: 'not-applicable',
        reason: 'Pushes to marlow come from FortiToken Cloud, not from this FortiGate',
      });
    }
  });

  it('is FortiToken Cloud, and it is off: that is the finding', () => {
    const text = backup([CLOUD], '"marlow"').replace(
      'set admin-sport',
      'set fortitoken-cloud disable\n    set admin-sport',
    );
    expect(diagnose(text).found[0]).toBe('fortitoken-cloud-disabled');
    expect(diagnose(text).found).not.toContain('push-disabled');
  });

  it.each([
    [
      'whose users have an entry here',
      backup([REMOTE], '"wren"'),
      'RADIUS server FAC1 asks wren for the second factor, so that server sends the push',
    ],
    [
      'whose users have none',
      backup([], '"FAC1"'),
      'RADIUS server FAC1 asks its users for the second factor, so that server sends the push',
    ],
  ])('is a RADIUS server %s', (_name, text, headline) => {
    const diagnosis = diagnose(text);
    expect(diagnosis.found).toEqual([]);
    expect(diagnosis.verdict).toBe('inconclusive');
    expect(diagnosis.headline).toBe(headline);
  });

  it('is this FortiGate where any user in question has a token of it', () => {
    for (const users of [[CLOUD, MOBILE], [REMOTE, MOBILE], [MOBILE]]) {
      const { found } = diagnose(backup(users, '"marlow" "wren" "heron"'));
      expect(found).toEqual(expect.arrayContaining(OF_FTM_PUSH));
    }
  });

  it('is told for the user whom the request names alone', () => {
    const text = backup([CLOUD, REMOTE, MOBILE, PLAIN], '"marlow" "wren" "heron" "finch"');
    expect(diagnose(text, { user: 'marlow' }).found).toEqual(['fortitoken-cloud-user']);
    expect(diagnose(text, { user: 'wren' }).found).toEqual([]);
    expect(diagnose(text, { user: 'wren' }).verdict).toBe('inconclusive');
    expect(diagnose(text, { user: 'heron' }).found).toEqual(expect.arrayContaining(OF_FTM_PUSH));
    expect(diagnose(text, { user: 'finch' }).found[0]).toBe('two-factor-not-assigned');
  });

  it('does not count a token of somebody who cannot log in', () => {
    const { found } = diagnose(backup([CLOUD, MOBILE], '"marlow"'));
    expect(found).toEqual(['fortitoken-cloud-user']);
  });

  it('finds a user without a second factor beside them, behind what stops everybody', () => {
    const { found, findings } = diagnose(backup([MOBILE, PLAIN], '"heron" "finch"'));
    expect(found.at(-1)).toBe('two-factor-not-assigned');
    expect(findings.at(-1)?.title).toBe('finch has no token, so no second factor is asked for');
  });
});

describe('where the local users were not read', () => {
  const session = (members: string, rule = 'set groups "vpn-users"') => {
    const answers: readonly (readonly [command: string, answer: string])[] = [
      ['show system ftm-push', 'config system ftm-push\nend\n'],
      ['show full-configuration user radius', RADIUS],
      [
        'show user group',
        `config user group\n    edit "vpn-users"\n        set member ${members}\n    next\nend\n`,
      ],
      [
        'show full-configuration vpn ssl settings',
        `config vpn ssl settings\n    set status enable\n    set source-interface "wan1"\n    config authentication-rule\n        edit 1\n            ${rule}\n        next\n    end\nend\n`,
      ],
      ['show vpn ipsec phase1-interface', 'config vpn ipsec phase1-interface\nend\n'],
      [
        'show firewall policy',
        'config firewall policy\n    edit 1\n        set srcintf "ssl.root"\n        set dstintf "internal"\n        set action accept\n        set groups "vpn-users"\n    next\nend\n',
      ],
      ['show system zone', 'config system zone\nend\n'],
    ];
    return answers.map(([command, answer]) => `FGT-EDGE # ${command}\n${answer}\n`).join('');
  };

  it('a VPN of RADIUS users only gets no push of this FortiGate', () => {
    const { found, headline } = diagnose(session('"FAC1"'));
    expect(found).toEqual([]);
    expect(headline).toContain('RADIUS server FAC1 asks its users for the second factor');
  });

  it.each([
    ['a member may be a local user', session('"FAC1" "marlow"')],
    ['a rule names a user', session('"FAC1"', 'set users "marlow"')],
  ])('the push service counts where %s', (_what, text) => {
    expect(diagnose(text).found).toContain('push-disabled');
  });
});
