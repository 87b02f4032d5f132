import { checkPassword, localAccount } from './check-password.ts';
import {
  type DebugLine,
  type Gateway,
  innerEntries,
  type Login,
  type LoginResult,
  listPolicies,
  value,
  values,
} from './login.ts';
import { signInBySaml } from './sign-in-by-saml.ts';

const CLIENT = '203.0.113.70';

/** A login to SSL VPN (domain notes on VPN logins, sections 1.3 and 1.4). */
export function logInToSslVpn(gateway: Gateway, login: Login): LoginResult {
  const { vdom, block, entries } = gateway;
  const { user, client = CLIENT } = login;
  const settings = block('vpn ssl settings');
  const policies = listPolicies(gateway, `ssl.${vdom}`);
  const comesIn = values(settings, 'source-interface').some(
    (each) => each === 'any' || each === (login.interface ?? 'wan1'),
  );
  const serves = value(settings, 'status') !== 'disable' && policies.length > 0;
  if (!serves || !comesIn) {
    return { outcome: 'no-answer', lines: [], notices: [] };
  }
  const lines: DebugLine[] = [];
  const say = (...texts: string[]) =>
    lines.push(...texts.map((text) => ({ daemon: 'sslvpn', text: `[911:${vdom}:300]${text}` }) as const));
  const end = (outcome: LoginResult['outcome'], reason?: string, group = 'N/A'): LoginResult => ({
    outcome,
    lines,
    notices: reason === undefined ? [] : [createEvent(gateway, login, reason, group)],
  });
  say(`allocSSLConn:310 sconn 0x7f68b70bbf (0:${vdom})`, `SSL state:SSLv3/TLS read client hello (${client})`);
  const rules = innerEntries(settings, 'authentication-rule');
  const named = (name: 'groups' | 'users') => {
    const ofPolicies = policies.flatMap((policy) => values(policy, name));
    return rules.flatMap((rule) => values(rule, name)).filter((each) => ofPolicies.includes(each));
  };
  const account = localAccount(gateway, user);
  const isNamed = account !== undefined && named('users').includes(account.key);
  const groups = named('groups').filter((group) => {
    const members = values(
      entries('user group').find(({ key }) => key === group),
      'member',
    );
    return account ? members.includes(account.key) : members.some((member) => isServer(gateway, member));
  });

  let group: string | undefined;
  let name = user;
  if (login.saml) {
    say('req: /remote/saml/start');
    const signedIn = signInBySaml(gateway, login, named('groups'));
    if (!signedIn) return end('refused');
    lines.push(...signedIn.lines.filter(({ daemon }) => daemon === 'samld'));
    if (signedIn.user !== undefined)
      say('req: /remote/saml/login', `fsv_saml_login_response:470 Got saml username: ${signedIn.user}.`);
    say(...signedIn.complaints.map((text) => `fsv_saml_login_response:477 ${text}`));
    if (signedIn.user === undefined || signedIn.group === undefined) return end('refused');
    name = signedIn.user;
    group = signedIn.group;
  } else {
    say(`sslvpn_authenticate_user:192 authenticate user: [${user}]`);
    if (account) say(`rmt_logincheck_cb_handler:1356 user '${user}' has a matched local entry.`);
    if (groups.length === 0 && !isNamed) {
      lines.push({ daemon: 'sslvpn', text: `invalid auth params for user '${user}'` });
      say(
        'fam_auth_send_req_internal:514 fnbam_auth return: 5',
        `login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_unknown_user]`,
      );
      return end('refused', 'sslvpn_login_unknown_user');
    }
    say(
      'fam_auth_send_req_internal:426 Groups sent to FNBAM:',
      ...groups.map((each, index) => `group_desc[${index}].grpname = ${each}`),
    );
    const checked = checkPassword(gateway, login, groups);
    lines.push(...checked.lines);
    say(
      `fam_auth_send_req_internal:514 fnbam_auth return: ${checked.code}`,
      `fam_auth_send_req:1007 task finished with ${checked.code}`,
    );
    if (checked.code !== 0) {
      say(`login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_permission_denied]`);
      return end('refused', 'sslvpn_login_permission_denied', groups[0]);
    }
    group = checked.group;
    if (value(account, 'two-factor', 'disable') !== 'disable') {
      say(
        'fam_auth_send_req_internal:514 fnbam_auth return: 7',
        `user '${user}' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1`,
        'fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)',
      );
    }
  }

  const rule = rules.find(
    (each) => values(each, 'groups').includes(group ?? '') || values(each, 'users').includes(name),
  );
  const portal = entries('vpn ssl web portal').find(({ key }) => key === value(rule, 'portal'));
  if (login.program === 'openfortivpn' && value(portal, 'web-mode') === 'disable') {
    say(`login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_permission_denied]`);
    const refused = end('refused', 'sslvpn_login_permission_denied', group);
    return {
      ...refused,
      notices: [
        '$ openfortivpn vpn.example.net:10443 -u marlow',
        'ERROR:  Could not authenticate to gateway. Please check the password, client certificate, etc.',
        ...refused.notices,
      ],
    };
  }
  if ((login.sessions ?? 0) > 0 && value(portal, 'limit-user-logins') === 'enable') {
    return {
      ...end('refused'),
      notices: [
        'You already have an open SSL VPN connection. Opening multiple connections are not permitted.',
      ],
    };
  }
  say(
    `Auth successful for user ${name} in group ${group ?? ''}`,
    `deconstruct_session_id:716 decode session id ok, user=[${name}], group=[${group ?? ''}],authserver=[],portal=[${value(rule, 'portal')}],host[${client}],realm=[]`,
    `tunnel vd[${vdom}] ip[10.212.134.200] app session idx[0]`,
  );
  return end('in');
}

function isServer({ entries }: Gateway, name: string): boolean {
  return ['ldap', 'radius', 'tacacs+', 'saml'].some((kind) =>
    entries(`user ${kind}`).some(({ key }) => key === name),
  );
}

function createEvent(
  { vdom }: Gateway,
  { user, client = CLIENT }: Login,
  reason: string,
  group: string,
): string {
  return `date=2026-03-02 time=09:12:05 logid="0101039426" type="event" subtype="vpn" level="alert" vd="${vdom}" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=${client} user="${user}" group="${group}" dst_host="N/A" reason="${reason}" msg="SSL user failed to logged in"`;
}
