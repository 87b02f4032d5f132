import { describe, expect, it } from 'vitest';
import { attemptsIn } from './read-log.ts';

const WREN = [
  '[258:root:1a]sslvpn_authenticate_user:183 authenticate user: [wren]',
  '[258:root:1a]fam_auth_proc_resp:1354 fnbam_auth_update_result return: 1 (invalid)',
  '[258:root:1a]login_failed:397 user[wren],auth_type=16 failed [sslvpn_login_permission_denied]',
] as const;
const [ASKED, ...ENDED] = WREN;
const RESULT = '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 799105187901, len=2524';

const searched = (filter: string): string[] => [
  `[790] fnbamd_ldap_build_dn_search_req-base:'dc=heron' filter:${filter}`,
  '[984] __ldap_next_state-State: DN Search -> User Binding',
  '[1000] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090439, data 775, v4563)',
  '[984] __ldap_next_state-State: User Binding -> Done',
];

describe('lines about a directory without the line that names their request', () => {
  it.each([
    ['of the user', 'sAMAccountName=wren', 1],
    ['of the user in other letters', '(&(objectClass=user)(uid=WREN))', 1],
    ['of the user in a group', '(&(uid=wren)(memberOf=cn=staff,dc=heron))', 1],
    ['of the user with a domain', 'userPrincipalName=wren@heron.example', 1],
    ['of another user', 'sAMAccountName=plover', undefined],
  ])('join the only login where the search is %s', (_whose, filter, refused) => {
    for (const lines of [
      [ASKED, ...searched(filter), RESULT, ...ENDED],
      [ASKED, ...searched(filter), ...ENDED],
      [...WREN, ...searched(filter), RESULT],
    ]) {
      const [login, another] = attemptsIn(lines);
      expect([login?.user, another]).toEqual(['wren', undefined]);
      expect(login?.trace.signs['ldap-refused']?.length).toBe(refused);
    }
  });
});
