import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

interface Shape {
  readonly counted?: string;
  readonly portal?: string;
  readonly groups?: string;
  readonly extra?: string;
}

const refused = ({ counted = '1:0', portal = 'supplier', groups = '"office"', extra = '' }: Shape) =>
  `Suppliers get "Permission denied", the office gets in.

[2210:root:1a]sslvpn_auth_check_usrgroup:3009 forming user/group list from policy.
[2210:root:1a]sslvpn_auth_check_usrgroup:3055 got user (0) group (${counted}).
[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [marlow]
[2210:root:1a][fam_auth_send_req_internal:426] Groups sent to FNBAM:
invalid auth params for user 'marlow'
[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5
[2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_unknown_user]

config vpn ssl settings
    set servercert "vpn"
    set port 10443
    set source-interface "wan1"
    config authentication-rule
        edit 1
            set groups "office"
            set portal "full-access"
        next
        edit 2
            set groups "suppliers"
            set portal "${portal}"
        next
    end
end
config firewall policy
    edit 31
        set srcintf "ssl.root"
        set dstintf "lan"
        set action accept
        set srcaddr "all"
        set dstaddr "lan-net"
        set schedule "always"
        set service "ALL"
        set groups ${groups}
    next
end
${extra}`;

it('the policies that were read decide where the groups were not: the rule names a group, no policy does', () => {
  const [finding] = diagnoseText(refused({}), { user: 'marlow' }).findings;
  expect(finding).toMatchObject({
    rule: 'user-not-in-vpn-rule',
    title: 'No firewall policy from ssl.root names the group suppliers',
    confidence: 'likely',
  });
  const lines = finding?.fix.apply.join('\n');
  expect(lines).toContain('set groups "suppliers"');
  expect(lines).toContain('set dstaddr "<addresses>"');
  expect(lines).not.toContain('edit 31');
});

it('a group with the portal of the policy’s groups is appended to the policy', () => {
  const [finding] = diagnoseText(refused({ portal: 'full-access' }), { user: 'marlow' }).findings;
  expect(finding?.fix.apply.join('\n')).toContain('edit 31\n        append groups "suppliers"');
  expect(finding?.fix.note).toContain('suppliers then gets the access of policy 31, that of office');
});

it.each([
  ['the policy names both groups', { counted: '2:0', groups: '"office" "suppliers"' }],
  ['there are policies that were not read', { counted: '2:0' }],
  [
    'the groups were read, and the user is in none',
    {
      extra:
        'fgt # show user group\nconfig user group\n    edit "suppliers"\n        set member "heron"\n    next\nend\nfgt # \n',
    },
  ],
] as const)('no policy is said to be missing where %s', (_what, shape) => {
  const [finding] = diagnoseText(refused(shape), { user: 'marlow' }).findings;
  expect(finding?.title).not.toContain('No firewall policy');
});

const eachLacksOne = (words: string) =>
  refused({})
    .replace(/^.*\n/, `${words}\n`)
    .replace(/ {8}edit 2\n(?:.*\n){3}/, '')
    .replace('set groups "office"\n    next', 'set groups "vpn-Suppliers"\n    next');

it.each([
  [
    'Our suppliers get "Permission denied", the office gets in.',
    'No authentication rule of SSL VPN names the group vpn-Suppliers',
  ],
  [
    'Group vpn-Suppliers exists on the firewall.',
    'No authentication rule of SSL VPN names the group vpn-Suppliers',
  ],
  [
    'Suppliers work fine, but office people get "Permission denied".',
    'No firewall policy from ssl.root names the group office',
  ],
  [
    'Login says permission denied.',
    'No authentication rule names vpn-Suppliers, and no firewall policy from SSL VPN names office',
  ],
])(
  'of two groups, one without a rule and one without a policy, the words tell which fails: %s',
  (words, title) => {
    expect(diagnoseText(eachLacksOne(words)).findings[0]).toMatchObject({ title, confidence: 'likely' });
  },
);

it('a directory’s groups that were read do not show that the user is in none', () => {
  const groups = ['office', 'vpn-Suppliers'].map(
    (name) =>
      `    edit "${name}"\n        set member "AD-1"\n        config match\n            edit 1\n                set server-name "AD-1"\n                set group-name "CN=${name},DC=heron,DC=example"\n            next\n        end\n    next\n`,
  );
  const text = `${eachLacksOne('Our suppliers get "Permission denied".')}fgt # show user group\nconfig user group\n${groups.join('')}end\nfgt # \n`;
  expect(diagnoseText(text).findings[0]?.title).toBe(
    'No authentication rule of SSL VPN names the group vpn-Suppliers',
  );
});
