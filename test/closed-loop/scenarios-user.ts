import { atLeast } from '../../src/fortios/version.ts';
import { HARDWARE, holder, MOBILE, SPARE, sslVpn } from './device.ts';
import { loginLog } from './login-log.ts';
import { activate, sendMessage, wait } from './phone.ts';
import { type Look, type Scenario, since } from './scenario.ts';

const TOKEN = { 'FTKMOB-serial': SPARE, 'address-for-the-activation': 'marlow@example.net' };
const PUSHED = [
  '2026-03-02T09:12:05.753136+01:00 FAC pushd[1267]: Broker: Deliver push task to job queue. At position[1]',
  '2026-03-02T09:12:06.467578+01:00 FAC pushd[1267]: Worker[139952154470000]: Sending push message[00000000000000000000000000000000] to User[marlow]',
].join('\n');

function ldapUser(name: string): string[] {
  return [
    `edit "${name}"`,
    'set type ldap',
    'set two-factor fortitoken',
    `set fortitoken "${MOBILE}"`,
    `set email-to "${name}@example.net"`,
    'set ldap-server "DC01"',
    'next',
  ];
}

const OTHER_TOKENS = [`edit "${SPARE}"`, 'next', `edit "${HARDWARE}"`, 'next'];
/** A token whose activation message nobody scanned in time. */
const EXPIRED = [
  `edit "${MOBILE}"`,
  'set activation-code "AAAABBBBCCCCDDDD"',
  'set activation-expire 1767225600',
  'next',
  ...OTHER_TOKENS,
];
/** More than the 72 hours FortiOS gives by default, less than the 168 it can give. */
const SLOW = 100;

/** Rules about users, tokens, groups and servers that know them. */
export const USER_SCENARIOS: readonly Scenario[] = [
  {
    rule: 'token-locked',
    name: 'the user’s token is locked',
    broken: () => ({
      'user fortitoken': [`edit "${MOBILE}"`, 'set status lock', 'next', ...OTHER_TOKENS],
    }),
  },
  {
    rule: 'token-activation-expired',
    name: 'the user takes 100 hours of 72',
    broken: () => ({ 'user fortitoken': EXPIRED }),
    person: {
      until: 'token-not-activated',
      does: (bench) => {
        wait(SLOW, bench);
        activate(MOBILE, bench);
      },
    },
    again: (bench) => {
      sendMessage(MOBILE, bench);
      wait(SLOW, bench);
      activate(MOBILE, bench);
    },
    leaves: 'the new activation code, of which FortiOS keeps none of the old ones',
  },
  {
    rule: 'token-activation-expired',
    name: 'the window is as long as it can be',
    broken: () => ({
      'system global': ['set hostname "FGT-EDGE"', 'set two-factor-ftm-expiry 168'],
      'user fortitoken': EXPIRED,
    }),
    person: { until: 'token-not-activated', does: (bench) => activate(MOBILE, bench) },
    noWayBack: 'an activation message that ran out cannot be brought back',
  },
  {
    rule: 'token-not-mobile',
    name: 'a hardware token',
    broken: () => ({ 'user local': holder('marlow', HARDWARE) }),
    fill: TOKEN,
  },
  {
    rule: 'token-not-mobile',
    name: 'codes by e-mail',
    broken: () => ({
      'user local': [
        'edit "marlow"',
        'set type password',
        'set two-factor email',
        'set email-to "marlow@example.net"',
        'next',
      ],
    }),
    fill: TOKEN,
  },
  {
    rule: 'two-factor-not-assigned',
    name: 'no second factor at all',
    broken: () => ({ 'user local': ['edit "marlow"', 'set type password', 'next'] }),
    fill: TOKEN,
  },
  {
    rule: 'two-factor-not-assigned',
    name: 'a second factor without a token',
    broken: () => ({
      'user local': [
        'edit "marlow"',
        'set type password',
        'set two-factor fortitoken',
        'set email-to "marlow@example.net"',
        'next',
      ],
    }),
    fill: TOKEN,
  },
  {
    rule: 'two-factor-not-assigned',
    name: 'two users, each to get a token',
    broken: () => ({
      'user local': ['marlow', 'wren'].flatMap((name) => [`edit "${name}"`, 'set type password', 'next']),
      'user group': ['edit "vpn-users"', 'set member "marlow" "wren"', 'next'],
    }),
    fill: {
      'FTKMOB-serial-1': MOBILE,
      'FTKMOB-serial-2': SPARE,
      'address-for-the-activation-1': 'marlow@example.net',
      'address-for-the-activation-2': 'wren@example.net',
    },
  },
  {
    rule: 'remote-group-bypasses-2fa',
    name: 'the directory itself is in the group',
    broken: () => ({
      'user local': ldapUser('marlow'),
      'user group': ['edit "vpn-users"', 'set member "DC01" "marlow"', 'next'],
    }),
  },
  {
    rule: 'username-case-bypasses-2fa',
    name: 'the name is typed in other case',
    broken: () => ({ 'user local': ldapUser('marlow') }),
    pasted: (device) => {
      const setting = atLeast(device.version, '7.0.1') ? 'username-sensitivity' : 'username-case-sensitivity';
      const matched = device.entry('user local', 'marlow', setting)[0] === 'disable';
      const start =
        '2026-03-02 09:12:04 [1909] handle_req-Rcvd auth req 77100001 for Marlow in vpn-users opt=00200421 prot=11';
      const skipped = [
        start,
        "2026-03-02 09:12:05 [590] __group_match-Add matched group 'vpn-ldap'(4)",
        '2026-03-02 09:12:05 [2561] fnbamd_ldap_result-Passed group matching',
        '2026-03-02 09:12:05 [909] update_auth_token_session-config does not require 2fa',
        '2026-03-02 09:12:05 [239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 77100001, len=2600',
      ];
      return {
        login: matched
          ? loginLog({ user: 'Marlow', vpnWait: 80, tokenWait: 60, answered: 7 })
          : skipped.join('\n'),
      };
    },
  },
  {
    rule: 'radius-all-usergroup',
    name: 'a RADIUS server in every group',
    broken: () => ({
      'user local': ldapUser('marlow'),
      'user radius': ['edit "nps"', 'set server "192.0.2.40"', 'set all-usergroup enable', 'next'],
    }),
  },
  {
    rule: 'user-not-in-vpn-rule',
    name: 'no group of the VPN knows the user',
    broken: () => ({
      'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
    }),
    pasted: carolTries,
  },
  {
    rule: 'user-not-in-vpn-rule',
    name: 'two groups of the VPN, and none knows the user',
    broken: () => ({
      'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
      'user group': ['vpn-users', 'vpn-admins'].flatMap((name) => [
        `edit "${name}"`,
        'set member "marlow"',
        'next',
      ]),
      'vpn ssl settings': [
        ...sslVpn(10_443).slice(0, -1),
        'edit 2',
        'set groups "vpn-admins"',
        'set portal "full-access"',
        'next',
        'end',
      ],
    }),
    pasted: carolTries,
    fill: { 'vpn-group': 'vpn-users' },
  },
  {
    rule: 'source-ip-blocked',
    name: 'two wrong tries block the address',
    broken: () => ({}),
    pasted: (device) => {
      const limit = Number(device.value('vpn ssl settings', 'login-attempt-limit', '2'));
      return {
        login:
          limit <= 2
            ? '[15453:root:0]dump_one_blocklist:94 status=1;host=203.0.113.92;fails=2;logintime=1670247625'
            : loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 }),
      };
    },
  },
  {
    rule: 'radius-timeout-too-short',
    name: 'FortiAuthenticator pushes, RADIUS waits 5 s',
    broken: () => ({
      'system global': ['set hostname "FGT-EDGE"', 'set remoteauthtimeout 60'],
      'user radius': ['edit "fac-1"', 'set server "192.0.2.40"', 'next'],
    }),
    pasted: () => ({ pushd: PUSHED }),
  },
  {
    rule: 'radius-timeout-too-short',
    name: 'FortiAuthenticator pushes, both waits are short',
    broken: () => ({ 'user radius': ['edit "fac-1"', 'set server "192.0.2.40"', 'next'] }),
    pasted: () => ({ pushd: PUSHED }),
  },
  {
    rule: 'fortitoken-cloud-disabled',
    name: 'the cloud service is off',
    bands: since('6.2.9'),
    broken: () => ({
      'system global': ['set hostname "FGT-EDGE"', 'set fortitoken-cloud disable'],
      'user local': ['edit "marlow"', 'set type password', 'set two-factor fortitoken-cloud', 'next'],
    }),
  },
  {
    rule: 'fortitoken-cloud-disabled',
    name: 'its pushes are off',
    bands: since('7.4.1'),
    broken: () => ({
      'system global': ['set hostname "FGT-EDGE"', 'set fortitoken-cloud-push-status disable'],
      'user local': ['edit "marlow"', 'set type password', 'set two-factor fortitoken-cloud', 'next'],
    }),
  },
  {
    rule: 'token-clock-drift',
    name: 'the clock is not synchronised',
    broken: () => ({ 'system ntp': ['set type fortiguard'] }),
    pasted: (device) => {
      const synchronised = device.value('system ntp', 'ntpsync', 'disable') === 'enable';
      const good = loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 });
      const drifted = [
        ...loginLog({ vpnWait: 80, tokenWait: 60, pushSent: false }).split('\n').slice(0, -1),
        '2026-03-02 09:12:19 [2194] handle_req-Token drifted, asking for the next token req 4131800000001, len=2596',
        '2026-03-02 09:12:19 [2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 8 (next token code required)',
      ];
      return { login: synchronised ? good : drifted.join('\n') };
    },
    noWayBack: 'nobody wants an unsynchronised clock back',
  },
  {
    rule: 'vpn-wait-too-short',
    name: 'the user needs 94 s of 80',
    broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set two-factor-ftk-expiry 75'] }),
    pasted: (device) => ({ login: slowLogin(device) }),
  },
  {
    rule: 'token-expiry-too-short',
    name: 'the user needs 94 s of 60',
    broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set remoteauthtimeout 30'] }),
    pasted: (device) => ({ login: slowLogin(device) }),
  },
  {
    rule: 'ssl-vpn-login-timeout-short',
    name: 'the login page closes after 15 s',
    broken: () => ({ 'vpn ssl settings': sslVpn(10_443, 'set login-timeout 15') }),
    pasted: (device) => {
      const seconds = Number(device.value('vpn ssl settings', 'login-timeout', '30'));
      const lines = loginLog({ vpnWait: 80, tokenWait: 60, answered: seconds > 20 ? 17 : 50 }).split('\n');
      const cut = lines.filter((line) => line < '2026-03-02 09:12:21');
      return {
        login:
          seconds > 20
            ? lines.join('\n')
            : [
                ...cut,
                '2026-03-02 09:12:21 [2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_timeout]',
              ].join('\n'),
      };
    },
  },
];

/** A user whom no group of the VPN names, until one does. */
function carolTries(device: Look): Readonly<Record<string, string>> {
  const refused = [
    '2026-03-02 09:12:04 [2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [carol]',
    '2026-03-02 09:12:04 [2210:root:1a]fam_auth_send_req:883 found node carol:0:, valid:1',
    "2026-03-02 09:12:05 invalid auth params for user 'carol'",
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    '2026-03-02 09:12:05 [2210:root:1a]fam_auth_send_req:1007 task finished with 5',
    '2026-03-02 09:12:05 [2210:root:1a]login_failed:393 user[carol],auth_type=1 failed [sslvpn_login_unknown_user]',
  ];
  const member = device.entry('user group', 'vpn-users', 'member').includes('carol');
  return {
    login: member ? loginLog({ user: 'carol', vpnWait: 80, tokenWait: 60, answered: 7 }) : refused.join('\n'),
  };
}

/** A user who takes 94 s, on a device that waits as its settings say (section 4 of the field notes). */
function slowLogin(device: Look): string {
  const remote = Number(device.value('system global', 'remoteauthtimeout', '5'));
  const tokenWait = Number(device.value('system global', 'two-factor-ftk-expiry', '60'));
  const plain = 10 * remote + 30;
  const vpnWait = atLeast(device.version, '7.4.1') ? Math.max(plain, tokenWait) : plain;
  return loginLog({ vpnWait, tokenWait, answered: 94 });
}
