/**
 * Functions of fnbamd whose lines are recognised where the prefix `[1738] ` is missing: some tools that collect logs
 * take the number in brackets for their own. `handle_req-Rcvd auth req 7311 for wren in staff opt=…`; older releases
 * print the name of a file: `fnbamd_fsm.c[1336] handle_req-Rcvd auth req …`
 */
export const BARE_FNBAMD =
  '(?:fnbamd_\\w{1,20}\\.c\\[\\d{1,6}\\] )?(?:_{0,2}(?:fnbam[d]?|rad|radius|ldap|tac_plus|saml)_\\w{1,60}|handle_req|auth_local|start_remote_auth|__compose_group_list_from_req|__create_access_request|(?:create|destroy)_auth_session|find_matched_usr_grps|__retrieve_group_values|update_auth_token_session)-(?=[A-Z]|->[A-Z]|[a-z_]{1,20}[(=:[]|config |req id: |delete session |fd \\d|got IP)';

/**
 * Functions of sslvpn whose lines are recognised where the prefix `[280:root:1c]` is missing, as in articles.
 * `sslvpn_authenticate_user:183 authenticate user: [wren]`, `[fam_auth_send_req_internal:426] Groups sent to FNBAM:`
 */
export const BARE_SSLVPN =
  '(?:(?:allocSSLConn|login_failed|login_succeeded|deconstruct_session_id|dump_one_blocklist|(?:rmt|fsv|sslvpn|fam)_\\w{2,60}):\\d{1,6} |\\[fam_\\w{2,60}:\\d{1,6}\\])';
