import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const REFUSED = `[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [t.heron]
[2210:root:1a][fam_auth_send_req_internal:426] Groups sent to FNBAM:
invalid auth params for user 't.heron'
[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5
[2210:root:1a]login_failed:393 user[t.heron],auth_type=1 failed [sslvpn_login_unknown_user]
`;
const groups = (member: string) => `
config user group
    edit "office"
        set member "wren" "plover"
    next
    edit "Auditors"
        set member "${member}"
    next
end
`;
const RULES = `
config vpn ssl settings
    set servercert "vpn-2026"
    set source-interface "port2"
    set source-address "all"
    set default-portal "web-access"
    config authentication-rule
        edit 4
            set groups "office"
            set portal "full-access"
        next
    end
end
`;

it('a group that was made for the user gets a rule, and the user does not join the group of others', () => {
  const text = `I created t.heron yesterday for the audit and put him in Auditors.\n\n${REFUSED}${groups('t.heron')}${RULES}`;
  const [finding] = diagnoseText(text).findings;
  expect(finding).toMatchObject({
    rule: 'user-not-in-vpn-rule',
    confidence: 'certain',
    title: 'No authentication rule of SSL VPN names the group Auditors',
  });
  expect(finding?.fix.apply.map((line) => line.trim())).toEqual([
    'config vpn ssl settings',
    'config authentication-rule',
    'edit 5',
    'set groups "Auditors"',
    'set portal "<portal>"',
    'next',
    'end',
    'end',
  ]);
  expect(finding?.fix.note).toContain('full-access (office)');
  expect(finding?.fix.note).not.toMatch(/guessing|append member/);
});

it.each([
  ['nothing is told of the user', REFUSED + groups('egret') + RULES, true],
  ['a person names the user', `t.heron cannot log in.\n\n${REFUSED}${groups('egret')}${RULES}`, false],
])(
  'whether the name may be a guess is asked only where the text does not tell: %s',
  (_what, text, isAsked) => {
    const [finding] = diagnoseText(text).findings;
    expect(finding?.rule).toBe('user-not-in-vpn-rule');
    expect(finding?.fix.note?.includes('guessing')).toBe(isAsked);
  },
);

const MOVED = (said: string) => `${said}

[1918] handle_req-Rcvd auth req 44120 for egret in  opt=00200421 prot=11
[466] __compose_group_list_from_req-Group 'vpn-buyers', type 1
[1067] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc04' for usergroup 'vpn-buyers' (2)
[984] __ldap_next_state-State: DN Search -> User Binding
[984] __ldap_next_state-State: User Binding -> Attr Query
[611] __get_member_of_groups-val[0]='CN=Design,OU=Roles,DC=heron,DC=example'
[611] __get_member_of_groups-val[1]='CN=Parking,OU=Roles,DC=heron,DC=example'
[984] __ldap_next_state-State: Attr Query -> Done
[1560] __group_match-Check if dc04 is a group member
[1566] find_matched_usr_grps-Failed group matching
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 44120, len=2148

config user group
    edit "vpn-buyers"
        set member "dc04"
        config match
            edit 3
                set server-name "dc04"
                set group-name "CN=Buyers,OU=Roles,DC=heron,DC=example"
            next
        end
    next
end
`;

it('the group of the directory that a person names for the user today is let in', () => {
  const [finding] = diagnoseText(MOVED('egret changed from Buyers to Design in May.')).findings;
  expect(finding?.rule).toBe('ldap-group-mismatch');
  expect(finding?.fix.apply.map((line) => line.trim())).toEqual([
    'config user group',
    'edit "vpn-buyers"',
    'config match',
    'edit 4',
    'set server-name "dc04"',
    'set group-name "CN=Design,OU=Roles,DC=heron,DC=example"',
    'next',
    'end',
    'next',
    'end',
  ]);
  expect(JSON.stringify(finding?.fix)).not.toMatch(/Parking|Add egret/);
});

it('no group is chosen where a person names none of those that the directory reported', () => {
  const [finding] = diagnoseText(MOVED('egret is refused since May, the password is right.')).findings;
  expect(finding?.fix.apply).toEqual([]);
  expect(finding?.fix.note).toContain('Add egret to `CN=Buyers,OU=Roles,DC=heron,DC=example`');
});
