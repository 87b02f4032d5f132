import { describe, expect, it } from 'vitest';
import type { CaseFocus } from '../../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

interface Login {
  readonly user: string;
  readonly client?: string;
  readonly group?: string;
  readonly fails?: boolean;
}

let number = 0;

/** An event-log line of a login over SSL VPN. */
function event({ user, client = '203.0.113.7', group = 'vpn-users', fails = false }: Login): string {
  number += 1;
  const time = `09:${String(10 + Math.floor(number / 60)).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}`;
  const head = `date=2026-03-02 time=${time}`;
  const who = `remip=${client} user="${user}" group="${group}" dst_host="N/A"`;
  return fails
    ? `${head} logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 ${who} reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`
    : `${head} logid="0101039947" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=7 tunnelip=10.212.134.20 ${who} reason="tunnel established" msg="SSL tunnel established"`;
}

function read(logins: readonly Login[], focus: CaseFocus = {}) {
  number = 0;
  return diagnose([{ name: 'events.log', text: logins.map(event).join('\n') }], focus);
}

const people = (names: string, rest: Partial<Login> = {}) =>
  names.split(' ').map((user) => ({ user, ...rest }));

describe('who fails', () => {
  it.each([
    ['everybody', people('marlow wren plover oriole', { fails: true }), 'All 4 logins fail (4 users)'],
    [
      'one group',
      [
        ...people('marlow wren', { group: 'contractors', fails: true, client: '198.51.100.4' }),
        ...people('plover oriole'),
      ],
      '2 of 4 logins fail, all of the group contractors; others get in',
    ],
    [
      'one user',
      [...people('marlow marlow', { fails: true }), ...people('plover oriole')],
      '2 of 4 logins fail, all of marlow; others get in',
    ],
    [
      'one client',
      [...people('marlow wren', { fails: true, client: '198.51.100.4' }), ...people('plover oriole')],
      '2 of 4 logins fail, all from 198.51.100.4; other clients get in',
    ],
    [
      'one network',
      [
        { user: 'marlow', client: '198.51.100.4', fails: true },
        { user: 'wren', client: '198.51.100.9', fails: true },
        ...people('plover oriole'),
      ],
      '2 of 4 logins fail, all from 198.51.100.0/24; other networks get in',
    ],
  ])('%s', (_, logins, text) => {
    expect(read(logins).whoFails).toBe(text);
  });

  const LOCKED = [
    '[2811:root:40]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
    ...['41', '42', '43'].map(
      (sid) => `[2811:root:${sid}]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.9`,
    ),
  ];

  it('counts no login without a name as that of the only user who is named', () => {
    expect(diagnose([{ name: 'a.log', text: LOCKED.join('\n') }]).whoFails).toBe('All 4 logins fail');
  });

  it.each([
    ['few logins', people('marlow wren', { fails: true })],
    [
      'nothing that the failed logins have and the others do not',
      [...people('marlow wren', { fails: true }), ...people('marlow wren')],
    ],
  ])('is not said of %s', (_, logins) => {
    expect(read(logins).whoFails).toBeUndefined();
  });

  it('is one server, of which local users are independent', () => {
    const directory = (user: string, id: number) => [
      `[911:root:${id}]sslvpn_authenticate_user:191 authenticate user: [${user}]`,
      `[1738] handle_req-Rcvd auth req 51192${id} for ${user} in vpn-users opt=00200421 prot=11 svc=9`,
      `[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC01' for usergroup 'vpn-ad' (8)`,
      '[597] __ldap_conn_timeout-Connction with DC01:192.0.2.40 timed out.',
      `[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 51192${id}, len=2524`,
      `[911:root:${id}]fam_auth_send_req:1007 task finished with 10`,
    ];
    const local = [
      '[911:root:44]sslvpn_authenticate_user:191 authenticate user: [oriole]',
      '[1738] handle_req-Rcvd auth req 5119244 for oriole in vpn-users opt=00200421 prot=11 svc=9',
      '[397] auth_local-Local password fetched, whatever result will be final',
      '[430] auth_local-Concluded: 0',
      '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 5119244, len=2524',
      '[911:root:44]fam_auth_send_req:1007 task finished with 0',
      '[911:root:44]Auth successful for user oriole in group vpn-users',
    ];
    const lines = [
      ...directory('marlow', 41),
      ...directory('wren', 42),
      ...directory('plover', 43),
      ...local,
    ];
    const { whoFails, findings } = diagnose([{ name: 'debug', text: lines.join('\n') }]);
    expect(whoFails).toBe('3 of 4 logins fail at DC01; local users get in');
    expect(findings[0]?.rule).toBe('ldap-server-unreachable');
  });
});

describe('a question about some logins', () => {
  const LOGINS = [
    ...people('marlow', { client: '198.51.100.4', fails: true }),
    ...people('wren', { client: '198.51.100.9', fails: true }),
    ...people('plover', { client: '198.51.100.12' }),
  ];
  const usersOf = (focus: CaseFocus) => read(LOGINS, focus).attempts.map(({ user }) => user);

  it.each<[CaseFocus, readonly string[]]>([
    [{}, ['marlow', 'wren', 'plover']],
    [{ client: '198.51.100.9' }, ['wren']],
    [{ since: '09:10:02' }, ['wren', 'plover']],
    [{ since: '2026-03-02 09:10:02', until: '2026-03-02 09:10:02' }, ['wren']],
    [{ until: '09:10' }, ['marlow', 'wren', 'plover']],
    [{ since: '09:11' }, []],
    [{ until: '2026-03-01' }, []],
    [{ symptom: 'FortiClient stops at 48 %' }, ['marlow', 'wren', 'plover']],
  ])('%j looks at these only', (focus, users) => {
    expect(usersOf(focus)).toEqual(users);
  });

  it('that none of the logins answers is said', () => {
    expect(read(LOGINS, { client: '192.0.2.1' })).toMatchObject({
      verdict: 'inconclusive',
      headline: 'The log has no login from 192.0.2.1',
      narrowedTo: { client: '192.0.2.1' },
    });
  });

  it('that none of the users has is answered with the users that have one', () => {
    const { verdict, headline } = read(LOGINS, { user: 'heron' });
    expect({ verdict, headline }).toEqual({
      verdict: 'inconclusive',
      headline: 'The log has no login of `heron`, only of marlow, wren and plover',
    });
  });
});
