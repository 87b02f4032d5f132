import { describe, expect, it } from 'vitest';
import {
  clock,
  connecting,
  granted,
  handshake,
  loginFailed,
  passwordStage,
  question,
  secondPost,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';
import { ANA, diagnose, GAVE_UP } from './login-cases.ts';

it('a second factor that was refused at once is a code, not a phone that cannot get through', () => {
  const text = [...upToPush(ANA, 0), ...tokenAnswer(ANA, 1, 'denied', 9)].join('\n');
  expect(diagnose(text)).toMatchObject({
    firstBrokenHop: 'approval',
    headline: 'The second factor was refused, and no answer from a phone was seen',
    findings: [],
  });
});

it('a result that is pending is no result', () => {
  const pending = tokenAnswer(ANA, 4, 'pending', 5);
  const text = [...upToPush(ANA, 0), ...pending, ...successfulLogin(ANA, 0).slice(-5)].join('\n');
  expect(diagnose(text)).toMatchObject({ verdict: 'healthy', attempts: [{ outcome: 'succeeded' }] });
});

it('a login that was given up does not take the lines of the next, on another worker', () => {
  const moved = { ...ANA, pid: 200 };
  const first = [
    ...passwordStage(ANA, 0),
    ...question(ANA, 0).slice(0, 1),
    ...question(moved, 1).slice(1),
    ...secondPost(moved, 1),
  ];
  const again = [
    ...passwordStage(ANA, 40),
    ...question(ANA, 40).slice(0, 1),
    ...question(moved, 41).slice(1),
    ...secondPost(moved, 41),
  ];
  const end = [handshake('complete', 50), ...tokenAnswer(moved, 0, 'success', 50), ...granted(moved, 50)];
  const { attempts } = diagnose([...first, ...again, ...end].join('\n'));
  expect(attempts.map((each) => [each.startedAt, each.outcome])).toEqual([
    [clock(0), 'incomplete'],
    [clock(40), 'succeeded'],
  ]);
});

it('a connection without a request is a push that did not leave, whatever fnbamd says', () => {
  const asked = successfulFnbamd(ANA, 0).slice(0, 6);
  const text = [
    'diagnose debug application ftm-push -1',
    ...passwordStage(ANA, 0),
    ...asked.slice(0, 3),
    ...connecting(0),
    ...question(ANA, 0),
    ...secondPost(ANA, 0),
    ...asked.slice(3),
    ...GAVE_UP,
  ].join('\n');
  const { firstBrokenHop, findings } = diagnose(text);
  expect(firstBrokenHop).toBe('push-request');
  expect(findings).toMatchObject([{ rule: 'push-proxy-unreachable', confidence: 'likely' }]);
});

it('the last line of a login that timed out is no proof that nobody knows the user', () => {
  const [finding] = diagnose(loginFailed(ANA, 'sslvpn_login_unknown_user', 0).join('\n')).findings;
  expect(finding).toMatchObject({ rule: 'user-not-in-vpn-rule', confidence: 'possible' });
});

describe('a log set as documents do, with the rest of a line indented', () => {
  const REJECTED = `[1943] handle_req-Rcvd auth req 1189741811 for lapwing in 
       Reef Radius Group opt=00000500 prot=10
[539] __fnbamd_cfg_get_radius_list_by_group-Loading RADIUS 
      server 'Reef RADIUS' for usergroup 
      'Reef Radius Group' (3)
[1427] fnbamd_radius_auth_send-Sent radius req to server 
       'Reef RADIUS': fd=12,  IP=10.20.251.19 code=1 
       id=135 len=122 user="lapwing" using PAP
[1626] fnbamd_radius_auth_validate_pkt-RADIUS resp code 3
[2580] fnbamd_auth_handle_radius_result-->Result for 
       radius svr 'Reef RADIUS' 10.20.251.19(0) is 1
[180] fnbamd_comm_send_result-Sending result 1 
       (error 0) for req 1189741811
`;
  const UNASKED = `[1943] handle_req-Rcvd auth req 1189741812 for lapwing 
       in Special1 opt=00000500 prot=10
[304] radius_start-Didn't find radius servers (0)
[452] create_auth_session-Error starting authentication
[1962] handle_req-Error creating session
[180] fnbamd_comm_send_result-Sending result 3 
      (error 0) for req 1189741812
`;

  it.each([
    ['indented', REJECTED],
    ['on one line', REJECTED.replaceAll(/\s+/g, ' ')],
    ['one line each', REJECTED.replaceAll(/ ?\n +/g, ' ')],
  ])('names the refusal: %s', (_name, text) => {
    expect(diagnoseText(text).headline).toBe('RADIUS server Reef RADIUS refused lapwing');
  });

  it('says that there was no server to ask', () => {
    expect(diagnoseText(UNASKED).headline).toBe('The FortiGate had no server to ask about lapwing');
  });
});

it.each(['0101039426', '0101039947', '0101037131'])(
  'a failed login in the event log is no login that worked, under id %s',
  (id) => {
    const { verdict, attempts } = diagnoseText(
      `date=2026-09-03 time=08:14:22 devname="fgt-a" devid="FG100F0000000001" logid="${id}" type="event" subtype="vpn" level="notice" action="ssl-login-fail" user="dunlin" remip=203.0.113.45 tunneltype="ssl-web" tunnelip=N/A group="staff" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"\n`,
    );
    expect(verdict).not.toBe('healthy');
    expect(attempts.filter(({ outcome }) => outcome === 'succeeded')).toEqual([]);
  },
);

describe('a login that failed and one that worked', () => {
  const login = (sid: string, code: number, end: string) =>
    [
      `[911:root:${sid}]sslvpn_authenticate_user:191 authenticate user: [marlow]`,
      `[911:root:${sid}]fam_auth_send_req_internal:514 fnbam_auth return: ${code}`,
      `[911:root:${sid}]${end}`,
    ].join('\n');
  const FAILED = login(
    '300',
    1,
    'login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
  );
  const WORKED = login('301', 0, 'Auth successful for user marlow in group staff');
  const stamped = (text: string, minute: number) => text.replaceAll(/^/gm, `2026-03-02 09:1${minute}:00 `);

  it.each([
    ['worked last', `${FAILED}\n${WORKED}\n`],
    ['failed last', `${WORKED}\n${FAILED}\n`],
  ])('without stamps, the headline says that the order is that of the text: %s', (_name, text) => {
    expect(diagnoseText(text).headline).toContain('no time stamps: the order of marlow’s logins');
  });

  it('with stamps, the order is theirs', () => {
    const later = `${stamped(FAILED, 5)}\n${stamped(WORKED, 1)}\n`;
    const { headline, attempts } = diagnoseText(later);
    expect(headline).not.toContain('no time stamps');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['succeeded', 'failed']);
  });
});
