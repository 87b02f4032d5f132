/**
 * Functions of fnbamd whose lines are recognised where the prefix `[1738] ` is missing: some tools that collect logs
 * take the number in brackets for their own. `handle_req-Rcvd auth req 7311 for wren in staff opt=…`; older releases
 * print the name of a file: `fnbamd_fsm.c[1336] handle_req-Rcvd auth req …`
 */
const FUNCTIONS =
  '(?:fnbamd_\\w{1,20}\\.c\\[\\d{1,6}\\] )?(?:_{0,2}(?:fnbam[d]?|rad|radius|ldap|tac_plus|saml)_\\w{1,60}|handle_req|auth_local|__get_dn|__verify_cb|__quick_check_peer|__group_match|__auth_ctx_start|__(?:match_and_update_auth_user|get_member_of_groups)|verify_local_user_match_and_update|start_remote_auth|__compose_group_list_from_req|__create_access_request|(?:create|destroy)_auth_session|find_matched_usr_grps|__retrieve_group_values|update_auth_token_session)-(?=[A-Z]|->[A-Z]|[a-z_]{1,20}[(=:[]|config |checking group |(?:not )?matched(?:\\s|$)|req id: |delete session |fd \\d|got IP|state \\d)';

/**
 * Texts of fnbamd without the function before them, as people quote them or behind the number, as in `[1267]  val[0]='CN=…`.
 * `Sending result 10 (nid 0) for req 7311, len=2524`, `Connction with dc01:10.20.1.9 timed out.`
 */
const TEXTS = [
  'Rcvd auth req \\d{1,20} for ',
  'Sending result \\d{1,3} \\((?:error \\d{1,10}, )?nid ',
  "Load(?:ed|ing) (?:LDAP|RADIUS) server '",
  'Connction with ',
  'tcps_connect\\([\\d.]{7,15}\\) ',
  'Cert error \\d{1,3}, .{1,80}\\. Depth \\d',
  'No more server to try',
  'Resolved [^:]{1,128}:\\S{1,255} to \\S{2,45}, cur stack',
  'State: (?:Connecting|Admin Binding|DN Search|User Binding|Attr Query|Primary Group Query) -> ',
  "Change state to '",
  'No DN is found',
  'Ret 10, st = ',
  'Local password fetched, ',
  'No conclusion, FNBAM_',
  'RADIUS resp code \\d',
  "Sent radius req to server '",
  "Result from radius svr '",
  'CHAP err: E=\\d',
  'Failed group matching',
  'Concluded: \\d(?:\\s|$)',
  'No remote authentication started',
  'config does not require 2fa',
  "val\\[\\d{1,4}\\]='(?:CN|cn|OU)=",
  'eap_local=\\d',
  '(?:->)?Result for (?:ldap|radius) svr ',
  'No Message Authenticator',
  "(?:Get|Trying) DN '",
  "base:'[^']{0,250}' filter:",
  'Passed group matching',
  'Error 49\\(8009',
].join('|');

export const BARE_FNBAMD = `(?:${FUNCTIONS}|(?:\\[\\d{1,6}\\] {1,4})?(?=${TEXTS}))`;

/**
 * Functions of sslvpn whose lines are recognised where the prefix `[280:root:1c]` is missing, as in articles.
 * `sslvpn_authenticate_user:183 authenticate user: [wren]`, `[fam_auth_send_req_internal:426] Groups sent to FNBAM:`
 */
export const BARE_SSLVPN =
  '(?:(?:allocSSLConn|login_failed|login_succeeded|deconstruct_session_id|dump_one_blocklist|(?:rmt|fsv|sslvpn|fam)_\\w{2,60}):\\d{1,6} |\\[fam_\\w{2,60}:\\d{1,6}\\])';
