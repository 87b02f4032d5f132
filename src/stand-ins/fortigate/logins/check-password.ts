import type { ConfigEntry } from '../../../engine/fortios/config/types.ts';
import { atLeast } from '../../../engine/fortios/version.ts';
import { type DebugLine, type Gateway, innerEntries, type Login, value, values } from './login.ts';

/** What fnbamd answers: 0 yes, 1 no, 5 not decided, 10 no answer (domain notes on VPN logins, section 1.2). */
export interface Checked {
  readonly code: 0 | 1 | 5 | 10;
  readonly group?: string;
  readonly lines: readonly DebugLine[];
}

const REQUEST = '5119201';

/** The local account of a name; FortiOS tells upper from lower case unless the account says otherwise. */
export function localAccount({ entries }: Gateway, user: string): ConfigEntry | undefined {
  return entries('user local').find((account) => {
    const isLoose = [
      value(account, 'username-sensitivity'),
      value(account, 'username-case-sensitivity'),
    ].includes('disable');
    return account.key === user || (isLoose && account.key.toLowerCase() === user.toLowerCase());
  });
}

/** Asks the account, or the servers of these groups. `isLocalEap`: the FortiGate ends EAP-MSCHAPv2 itself and has no password to show. */
export function checkPassword(
  gateway: Gateway,
  login: Login,
  groups: readonly string[],
  isLocalEap = false,
): Checked {
  const account = localAccount(gateway, login.user);
  const begun = line(
    `[1738] handle_req-Rcvd auth req ${REQUEST} for ${login.user} in ${groups[0] ?? ''} opt=00200421 prot=${isLocalEap ? 7 : 11} svc=9`,
  );
  // fnbamd looks for a local user in the groups that it is asked about, and in no other.
  const isAsked = groups.length === 0 || groups.some((group) => isMember(gateway, group, account?.key ?? ''));
  const answer =
    account && isAsked && value(account, 'type', 'password') === 'password'
      ? checkLocal(account, login, groups, isLocalEap)
      : askServers(gateway, login, groups, account, isLocalEap);
  return {
    ...answer,
    lines: [
      begun,
      ...groups.map((group) => line(`[332] __compose_group_list_from_req-Group '${group}', type 1`)),
      ...answer.lines,
      line(
        `[239] fnbamd_comm_send_result-Sending result ${answer.code} (nid 0) for req ${REQUEST}, len=2524`,
      ),
    ],
  };
}

function checkLocal(account: ConfigEntry, login: Login, groups: readonly string[], isEap: boolean): Checked {
  const isRight = (login.password ?? 'right') === 'right' && value(account, 'status') !== 'disable';
  const code = isRight ? 0 : 1;
  if (isEap) return { code, group: groups[0], lines: endEap(isRight) };
  return {
    code,
    group: groups[0],
    lines: [
      line('[397] auth_local-Local password fetched, whatever result will be final'),
      line(`[430] auth_local-Concluded: ${code}`),
    ],
  };
}

/** The FortiGate ends EAP-MSCHAPv2 itself, for which it needs the password: a directory does not tell it. */
function endEap(isRight: boolean): readonly DebugLine[] {
  return [
    line('[316] radius_start-eap_local=1'),
    { daemon: 'eap_proxy', text: 'CTRL-EVENT-EAP-PROPOSED-METHOD vendor=0 method=26' },
    ...(isRight ? [] : [{ daemon: 'eap_proxy', text: 'EAP-MSCHAPV2: Invalid NT-Response' } as const]),
  ];
}

interface Asked {
  readonly group: string;
  readonly kind: 'ldap' | 'radius';
  readonly server: ConfigEntry;
}

function askServers(
  gateway: Gateway,
  login: Login,
  groups: readonly string[],
  account: ConfigEntry | undefined,
  isLocalEap: boolean,
): Checked {
  const asked = (['ldap', 'radius'] as const).flatMap((kind) =>
    gateway.entries(`user ${kind}`).flatMap((server): Asked[] => {
      const group = groups.find((name) => isMember(gateway, name, account?.key ?? server.key));
      const isOwn = account === undefined || value(account, `${kind}-server`) === server.key;
      return group !== undefined && isOwn ? [{ group, kind, server }] : [];
    }),
  );
  const lines = [line('[425] auth_local-No conclusion, FNBAM_UNKNOWN')];
  if (asked.length === 0) {
    return { code: 5, lines: [...lines, line('[889] fnbamd_auth_start-No remote authentication started')] };
  }
  let last: Checked = { code: 5, lines: [] };
  for (const each of asked) {
    last = each.kind === 'ldap' ? askLdap(gateway, login, each, isLocalEap) : askRadius(gateway, login, each);
    lines.push(...last.lines);
    if (last.code === 0) break;
  }
  return { ...last, lines };
}

function isMember({ entries }: Gateway, group: string, name: string): boolean {
  const found = entries('user group').find(({ key }) => key === group);
  return values(found, 'member').includes(name);
}

function askLdap(gateway: Gateway, login: Login, { group, server }: Asked, isLocalEap: boolean): Checked {
  const address = value(server, 'server');
  const directory = gateway.directories.ldap?.[address];
  const lines = [
    line(
      `[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server '${server.key}' for usergroup '${group}' (8)`,
    ),
  ];
  const end = (code: Checked['code'], ...texts: string[]): Checked => ({
    code,
    group,
    lines: [...lines, ...texts.map(line)],
  });
  if (isLocalEap) return { code: 1, group, lines: [...lines, ...endEap(false)] };
  if (!directory || !gateway.reaches(server)) {
    return end(
      10,
      `[597] __ldap_conn_timeout-Connction with ${server.key}:${address} timed out.`,
      '[1677] __ldap_error-Ret 10, st = 0.',
    );
  }
  const isTrusted = gateway.entries('vpn certificate ca').some(({ key }) => key === directory.issuer);
  if (value(server, 'secure') === 'ldaps' && atLeast(gateway.version, '7.4.4') && !isTrusted) {
    return end(
      5,
      "[1666] __verify_cb-Cert error 20, unable to get local issuer certificate. Depth 0. Subject '/CN=dc01'",
      `[1345] __ldap_tcps_connect-tcps_connect(${address}) failed: ssl_connect() failed: 167772294 (error:0A000086:SSL routines::certificate verify failed).`,
      '[1642] __ldap_error-Ret 5, st = 0.',
    );
  }
  const state = (from: string, to: string) => `[984] __ldap_next_state-State: ${from} -> ${to}`;
  lines.push(
    line(`[1345] __ldap_tcps_connect-tcps_connect(${address}) is established. Current state: Connecting.`),
    line(state('Connecting', 'Admin Binding')),
    line(`[653] __ldap_build_bind_req-Binding to '${value(server, 'username')}'`),
  );
  if (directory.binds !== undefined && value(server, 'username') !== directory.binds) {
    return end(
      1,
      '[766] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563)',
      state('Admin Binding', 'Done'),
    );
  }
  const cnid = value(server, 'cnid', 'cn');
  const base = value(server, 'dn');
  const person = directory.people.find(
    ({ dn, names }) => names[cnid] === login.user && dn.toLowerCase().endsWith(base.toLowerCase()),
  );
  lines.push(
    line(state('Admin Binding', 'DN Search')),
    line(`[888] fnbamd_ldap_build_dn_search_req-base:'${base}' filter:${cnid}=${login.user}`),
  );
  if (!person) return end(1, '[900] __ldap_next_state-No DN is found.', state('DN Search', 'Done'));
  lines.push(
    line(`[223] __fnbamd_ldap_dn_entry-Get DN '${person.dn}'`),
    line(state('DN Search', 'User Binding')),
    line(`[708] fnbamd_ldap_build_userbind_req-Trying DN '${person.dn}'`),
  );
  const refusal = person.password === login.password ? person.refusal : '52e';
  if (refusal !== undefined) {
    return end(
      1,
      `[766] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${refusal}, v4563)`,
      state('User Binding', 'Done'),
    );
  }
  const groups = person.groups.map((name, index) => `[739] __retrieve_group_values-val[${index}]='${name}'`);
  lines.push(...[state('User Binding', 'Attr Query'), ...groups, state('Attr Query', 'Done')].map(line));
  return matchGroup(gateway, group, server.key, person.groups, lines);
}

function askRadius(gateway: Gateway, login: Login, { group, server }: Asked): Checked {
  const address = value(server, 'server');
  const directory = gateway.directories.radius?.[address];
  const lines = [
    line(
      `[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server '${server.key}' for usergroup '${group}' (6)`,
    ),
    line(
      `[868] __rad_rxtx-Sent radius req to server '${server.key}': fd=11, IP=${address}(${address}:1812) code=1 id=57 len=206`,
    ),
  ];
  const end = (code: Checked['code'], ...texts: string[]): Checked => ({
    code,
    group,
    lines: [
      ...lines,
      ...texts.map(line),
      line(`[1286] fnbamd_rad_process-Result from radius svr '${server.key}' is ${code}, req ${REQUEST}`),
    ],
  });
  if (!directory || directory.answers === 'silent' || !gateway.reaches(server)) {
    return end(10, `[730] __rad_conn_timeout-Connction with ${server.key}:${address} timed out.`);
  }
  if (directory.answers === 'unsigned' && value(server, 'require-message-authenticator') !== 'disable') {
    return end(5, '[1148] __rad_chk_resp_authenticator-No Message Authenticator');
  }
  const person = directory.people.find(
    ({ name, password }) => name === login.user && password === login.password,
  );
  if (!person) return end(1, '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3');
  const accepted = end(0, '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2');
  return matchGroup(
    gateway,
    group,
    server.key,
    person.group === undefined ? [] : [person.group],
    accepted.lines,
  );
}

/** A group without `config match` takes everybody whom the server accepts. */
export function matchGroup(
  { entries }: Gateway,
  group: string,
  server: string,
  given: readonly string[],
  lines: readonly DebugLine[],
): Checked {
  const matches = innerEntries(
    entries('user group').find(({ key }) => key === group),
    'match',
  ).filter((match) => value(match, 'server-name') === server);
  const isMatched =
    matches.length === 0 || matches.some((match) => given.includes(value(match, 'group-name')));
  const said = isMatched
    ? `[289] __group_match-Group '${group}' passed group matching`
    : '[209] find_matched_usr_grps-Failed group matching';
  return { code: isMatched ? 0 : 1, group, lines: [...lines, line(said)] };
}

function line(text: string): DebugLine {
  return { daemon: 'fnbamd', text };
}
