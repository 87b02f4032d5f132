import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

/** fnbamd answers the first request after it has named the second. */
const LOG = `[291:root:2f]sslvpn_authenticate_user:183 authenticate user: [curlew]
[291:root:2f]fam_auth_send_req_internal:432 group_desc[0].grpname = vpn-ad
[2042] handle_req-Rcvd auth req 799105190011 for curlew in vpn-ad opt=00200420 prot=11 svc=7
[1016] fnbamd_cfg_get_ldap_list-Loaded LDAP server 'dc01' for usergroup 'vpn-ad' (8)
[292:root:30]sslvpn_authenticate_user:183 authenticate user: [dunlin]
[292:root:30]fam_auth_send_req_internal:432 group_desc[0].grpname = vpn-ad
[2042] handle_req-Rcvd auth req 799105190012 for dunlin in vpn-ad opt=00200420 prot=11 svc=7
[1016] fnbamd_cfg_get_ldap_list-Loaded LDAP server 'dc01' for usergroup 'vpn-ad' (8)
[984] __ldap_next_state-State: DN Search -> User Binding
[984] __ldap_next_state-State: User Binding -> Attr Query
[1300] fnbamd_ldap_get_grp-val[0]='CN=Printers,OU=Groups,DC=heron,DC=example'
[984] __ldap_next_state-State: Attr Query -> Done
[295] find_matched_usr_grps-Failed group matching
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 799105190011, len=2524
[291:root:2f]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 1 (denied)
[291:root:2f]login_failed:393 user[curlew],auth_type=1 failed [sslvpn_login_permission_denied]
[984] __ldap_next_state-State: DN Search -> User Binding
[984] __ldap_next_state-State: User Binding -> Attr Query
[1300] fnbamd_ldap_get_grp-val[0]='CN=VPN-Users,OU=Groups,DC=heron,DC=example'
[984] __ldap_next_state-State: Attr Query -> Done
[1580] __group_match-Group 'vpn-ad' passed group matching
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 799105190012, len=2524
[292:root:30]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)
[292:root:30]fam_do_cb:665 fnbamd return auth success.
[292:root:30]deconstruct_session_id:709 decode session id ok, user=[dunlin], group=[vpn-ad],authserver=[dc01],portal=[full-access],host[203.0.113.15],realm=[],idx=0,auth=1,sid=77a1f0c2`;

it('gives lines about an answer to the request whose result follows', () => {
  const { attempts, findings } = diagnoseText(LOG);
  expect(attempts.map(({ user, outcome }) => [user, outcome])).toEqual([
    ['curlew', 'failed'],
    ['dunlin', 'succeeded'],
  ]);
  expect(findings[0]).toMatchObject({ rule: 'ldap-group-mismatch', hop: 'authorisation' });
  expect(findings[0]?.summary).toContain('CN=Printers');
});

it('says so of the second, where that one is refused', () => {
  const [one, other] = ['799105190011', '799105190012'];
  const swapped = LOG.replace(`for req ${one}`, 'for req X')
    .replace(`for req ${other}`, `for req ${one}`)
    .replace('for req X', `for req ${other}`)
    .replaceAll(/^\[29[12]:root.*(?:update_result|login_failed|auth success|decode).*\n?/gm, '');
  const { attempts } = diagnoseText(swapped);
  expect(
    attempts.find(({ user }) => user === 'dunlin')?.hops.find(({ id }) => id === 'authorisation'),
  ).toMatchObject({ status: 'broken' });
  expect(attempts.find(({ user }) => user === 'curlew')?.hops.some(({ status }) => status === 'broken')).toBe(
    false,
  );
});
