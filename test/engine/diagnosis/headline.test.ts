import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import {
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  question,
  secondPost,
  stamped,
  successfulLogin,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };
const AGAIN: Login = { user: 'ana', pid: 100, sid: 'da', request: '1516200002' };
const NOT_ABOUT_PUSH = 'No complete VPN login in this text';

function headlineOf(...lines: readonly string[]): string {
  return diagnose([{ name: 'paste', text: lines.join('\n') }]).headline;
}

describe('the top line', () => {
  it.each([
    [
      'a push that nobody answered',
      [...upToPush(ANA, 0), ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81)],
      `No answer from the phone reached the FortiGate`,
    ],
    [
      'a caller that speaks no TLS',
      [
        ...upToPush(ANA, 0),
        ...stamped(9, ['SSL: (where=0x10 ret=0x1)', 'SSL: SSL_accept:before SSL initialization']),
        ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81),
      ],
      `A connection to the push port arrived, but no phone answered on it`,
    ],
    [
      'a login that got in after one that did not',
      [
        ...upToPush(ANA, 0),
        ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81),
        ...successfulLogin(AGAIN, 100),
      ],
      'ana got in: push works here · a login before that failed',
    ],
    [
      'a login that got in after two that did not, and a wrong password',
      [
        ...passwordStage({ ...ANA, sid: 'dc' }, 0),
        ...passwordAnswer({ ...ANA, sid: 'dc' }, 1, 0),
        ...upToPush(ANA, 5),
        ...loginFailed(ANA, 'sslvpn_login_permission_denied', 86),
        ...upToPush({ ...ANA, sid: 'db' }, 90),
        ...loginFailed({ ...ANA, sid: 'db' }, 'sslvpn_login_permission_denied', 171),
        ...successfulLogin(AGAIN, 200),
      ],
      'ana got in: push works here · 2 logins before that failed',
    ],
  ])('of %s', (_, lines, expected) => {
    expect(headlineOf(...lines)).toBe(expected);
  });

  it.each([
    ['within the time that the VPN allows', 11, 'The login failed, and no approval was seen'],
    ['when that time was over', 85, 'The VPN gave up, and no approval was seen'],
  ])('of a login through FortiAuthenticator that ends %s', (_, end, expected) => {
    const asked = [...passwordStage(ANA, 0), ...question(ANA, 1), ...secondPost(ANA, 1)];
    const pushedByFac = asked.map((line) => line.replace('token_type = 1', 'token_type = 7'));
    expect(headlineOf(...pushedByFac, ...loginFailed(ANA, 'sslvpn_login_permission_denied', end))).toBe(
      expected,
    );
  });

  it.each([
    [
      'a routing table',
      ['fgt # get router info routing-table all', 'S*      0.0.0.0/0 [10/0] via 198.51.100.65, wan1'],
      NOT_ABOUT_PUSH,
    ],
    [
      'a packet to another port',
      [
        'id=65308 trace_id=5 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.99:40111->198.51.100.66:23) tun_id=0.0.0.0 from wan1. flag [S], seq 1, ack 0, win 65535"',
        'id=65308 trace_id=5 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"',
      ],
      NOT_ABOUT_PUSH,
    ],
    [
      'a login that has only begun',
      passwordStage(ANA, 0),
      'The log stops before the result of the password check',
    ],
    [
      'talk',
      ['Push stopped working this morning, any idea?'],
      'This does not look like output of a FortiGate',
    ],
    [
      'a description of a trouble',
      ['Hello, since this morning my colleague cannot work from home: the client fails again and again.'],
      'What is described fits no single cause yet',
    ],
  ])('of what decides nothing: %s', (_, lines, expected) => {
    expect(headlineOf(...lines)).toBe(expected);
  });
});
