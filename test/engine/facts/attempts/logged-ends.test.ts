import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';

const event = (time: string, user: string, more = 'remip=198.51.100.60') =>
  `date=2026-03-02 time=${time} devname="FGT-WREN" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 ${more} user="${user}" group="N/A" dst_host="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`;
const up = (time: string, user: string) =>
  `date=2026-03-02 time=${time} devname="FGT-WREN" logid="0101039947" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=1 remip=198.51.100.60 tunnelip=10.20.30.40 user="${user}" group="staff" dst_host="N/A" reason="tunnel established" msg="SSL tunnel established"`;
const refused = (user: string, stamp = '2026-03-02 09:12:04 ') => [
  `${stamp}[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [${user}]`,
  `${stamp}[1909] handle_req-Rcvd auth req 20045 for ${user} in staff opt=00200421 prot=11 svc=0`,
  `${stamp}[430] auth_local-Concluded: 1`,
  `${stamp}[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 20045, len=2524`,
  `${stamp}[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 1`,
  `${stamp}[2210:root:1a]login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_permission_denied]`,
];
/** By SAML no line of the login begins with the name of the user. */
const bySaml = [
  "2026-03-02 09:12:03 samld_send_common_reply [120]:     Attr: 10, 40, 'username' 'plover'",
  '2026-03-02 09:12:03 [2210:root:1a]fsv_saml_login_response:477 Got saml username: plover.',
  "2026-03-02 09:12:03 [587] __group_match-Group 'staff' passed group matching",
  '2026-03-02 09:12:04 [2210:root:1a]deconstruct_session_id:716 decode session id ok, user=[plover], group=[staff],authserver=[idp],portal=[full-access],host[198.51.100.60],realm=[],csrf_token=[55AD],idx=0,auth=1,sid=2a11',
];
const passed = [
  '[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [plover]',
  '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 0',
  '[2210:root:1a]deconstruct_session_id:426 decode session id ok, user=[plover],group=[staff],authserver=[],portal=[full-access],host[198.51.100.60],realm=[],idx=0,auth=1,sid=44aa',
];

function loginsIn(lines: readonly string[]) {
  const { attempts } = diagnose([{ name: 'case', text: lines.join('\n') }]);
  return attempts.map(
    ({ user, outcome, client }) => `${user} ${outcome}${client === undefined ? '' : ` ${client}`}`,
  );
}

describe('a login in the debug and in the event log', () => {
  it.each([
    [
      'refused in the same second',
      [...refused('plover'), event('09:12:04', 'plover')],
      ['plover failed 198.51.100.60'],
    ],
    [
      'refused some seconds later, the only one of the user',
      [...refused('plover'), event('09:12:10', 'plover')],
      ['plover failed 198.51.100.60'],
    ],
    ['admitted by SAML', [...bySaml, up('09:12:05', 'plover')], ['plover succeeded 198.51.100.60']],
    [
      'admitted, in debug without times',
      [...passed, up('09:12:05', 'plover')],
      ['plover succeeded 198.51.100.60'],
    ],
  ])('counts once: %s', (_what, lines, logins) => {
    expect(loginsIn(lines)).toEqual(logins);
    expect(loginsIn(lines.toReversed().slice(0, 1).concat(lines.slice(0, -1)))).toEqual(logins);
  });

  it.each([
    ['another user', [...refused('plover'), event('09:12:04', 'oriole')]],
    ['another time', [...refused('plover'), event('09:12:40', 'plover')]],
    ['an earlier time', [...refused('plover'), event('09:11:58', 'plover')]],
    ['another end', [...refused('plover'), up('09:12:04', 'plover')]],
    ['a tunnel of another user than the one of SAML', [...bySaml, up('09:12:05', 'oriole')]],
    ['a tunnel long after the login by SAML', [...bySaml, up('09:13:05', 'plover')]],
    ['another VDOM', [...refused('plover'), event('09:12:04', 'plover').replace('vd="root"', 'vd="edge"')]],
  ])('counts twice: %s', (_what, lines) => {
    expect(loginsIn(lines)).toHaveLength(2);
  });

  it('counts two lines of the event log twice', () => {
    const lines = [...refused('plover'), event('09:12:04', 'plover'), event('09:12:05', 'plover')];
    expect(loginsIn(lines)).toHaveLength(2);
  });

  it('counts each line of a long event log', () => {
    const others = Array.from({ length: 1000 }, (_, n) => event('09:12:05', `u${n}`));
    const lines = [event('09:12:04', 'plover'), ...others, event('09:12:05', 'plover')];
    const { attempts, moreAttempts = 0 } = diagnose([{ name: 'case', text: lines.join('\n') }]);
    expect(attempts.length + moreAttempts).toBe(1002);
  });

  it('keeps the line of the daemon as the evidence of the step', () => {
    const { hops } = diagnose([
      { name: 'case', text: [...refused('plover'), event('09:12:04', 'plover')].join('\n') },
    ]);
    const login = hops.find(({ id }) => id === 'login');
    expect(login?.status).toBe('broken');
    expect(login?.evidence[0]?.text).not.toContain('logid');
  });
});

describe('an event log with the latest line first', () => {
  const log = [event('09:12:04', 'plover'), up('09:14:30', 'plover'), event('09:20:11', 'oriole')];

  it('is read in the order of its times', () => {
    expect(loginsIn(log.toReversed())).toEqual(loginsIn(log));
    expect(diagnose([{ name: 'case', text: log.toReversed().join('\n') }]).attempts.at(-1)?.user).toBe(
      'oriole',
    );
  });
});
