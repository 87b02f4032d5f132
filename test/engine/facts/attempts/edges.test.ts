import { describe, expect, it } from 'vitest';
import {
  granted,
  handshake,
  loginFailed,
  manualCode,
  passwordAnswer,
  passwordStage,
  pushRequest,
  question,
  secondPost,
  stamped,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { attemptsIn, card } from './read-log.ts';

const ANA = { user: 'ana', pid: 5784, sid: 'd9', token: 'FTKMOB1100000011', request: '15162' };
const BEN = { user: 'ben', pid: 5785, sid: '1f3', token: 'FTKMOB2200000022' };

function sights(lines: readonly string[]): string[] {
  return attemptsIn(lines).map((each) => `${each.user} ${each.outcome} ${card(each)}`);
}

/** fnbamd alone, up to the token question. */
function fnbamdAsked(at?: number): string[] {
  return stamped(at, [
    `[1906] handle_req-Rcvd auth req ${ANA.request} for ana in  opt=00200400 prot=11`,
    `[239] fnbamd_comm_send_result-Sending result 7 (nid 0) for req ${ANA.request}, len=2596`,
    `[2042] handle_req-Rcvd ftm2_auth_withid req ${ANA.request}`,
  ]);
}

function fnbamdRefused(at?: number): string[] {
  return stamped(at, [
    `[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req ${ANA.request}, len=2600`,
  ]);
}

describe('a refusal', () => {
  it.each([
    [
      'the phone had called back',
      [...fnbamdAsked(0), handshake('complete', 9), ...fnbamdRefused(9)],
      'ana denied',
    ],
    [
      'after it the phone called back, with times',
      [...fnbamdAsked(0), ...pushRequest(ANA, 1), ...fnbamdRefused(40), handshake('complete', 55)],
      'ana failed',
    ],
    [
      'after it the phone called back, without times',
      [...fnbamdAsked(), ...pushRequest(ANA), ...fnbamdRefused(), handshake('complete')],
      'ana failed',
    ],
    [
      'with the phone’s answer, when the token usually ends',
      [...fnbamdAsked(0), handshake('complete', 75), ...fnbamdRefused(75)],
      'ana failed',
    ],
    ['at once', [...fnbamdAsked(0), ...fnbamdRefused(9)], 'ana denied'],
    [
      'when the token usually ends, and nothing says how long this one lives',
      [...fnbamdAsked(0), ...fnbamdRefused(60)],
      'ana failed',
    ],
    [
      'later, where the token is known to live longer',
      [...passwordStage(ANA, 0), ...question(ANA, 0), ...tokenAnswer(ANA, 1, 'denied', 70)],
      'ana denied',
    ],
  ])('is a denied push or is not: %s', (_name, lines, expected) => {
    expect(sights(lines)[0]).toContain(expected);
  });
});

describe('the last line of a login', () => {
  it('that is all of it does not show where it failed', () => {
    expect(sights(loginFailed(ANA, 'sslvpn_login_permission_denied'))).toEqual(['ana failed ??????????']);
  });

  it('shows it where the login is seen from its beginning', () => {
    const lines = [...passwordStage(ANA), ...loginFailed(ANA, 'sslvpn_login_permission_denied')];
    expect(sights(lines)).toEqual(['ana failed ✗–––––––––']);
  });
});

describe('a phone without any message in the log', () => {
  const sent = upToPush(ANA, 0);

  it.each([
    ['until the wait is over', [...sent, ...loginFailed(ANA, 'x', 80)], 'ana timed-out ✓✓✓✓✓?✗–––'],
    [
      'until something else ended the login',
      [...sent, ...loginFailed(ANA, 'x', 30)],
      'ana failed ✓✓✓✓✓???✗–',
    ],
    [
      'though the log goes on for as long as it may take',
      [...sent, ...loginFailed(ANA, 'x', 30), ...successfulLogin(BEN, 100)],
      'ana failed ✓✓✓✓✓?✗–––',
    ],
    ['in a log without times', [...upToPush(ANA), ...loginFailed(ANA, 'x')], 'ana failed ✓✓✓✓✓?✗–––'],
  ])('%s', (_name, lines, expected) => {
    expect(sights(lines)[0]).toBe(expected);
  });
});

describe('a push that fnbamd has asked for', () => {
  const asked = [...passwordStage(ANA, 0), ...fnbamdAsked(0), ...question(ANA, 0), ...secondPost(ANA, 0)];
  const already = stamped(0, ['[2051] handle_req-Push msg was already sent']);
  const end = loginFailed(ANA, 'x', 80);

  it('was not sent if ftm-push debug is enabled and prints none', () => {
    const lines = ['fgt # diagnose debug application ftm-push -1', ...asked, ...already, ...end];
    expect(sights(lines)).toEqual(['ana timed-out ✓✓✓✓✗–––––']);
  });

  it('was sent according to fnbamd if ftm-push debug is not enabled', () => {
    expect(sights([...asked, ...already, ...end])).toEqual(['ana timed-out ✓✓✓✓✓???✗–']);
  });
});

it('why a password was refused is told by sslvpn, where fnbamd knows one refusal only', () => {
  const lines = [
    ...passwordStage(ANA),
    ...fnbamdAsked().slice(0, 1),
    ...fnbamdRefused(),
    ...passwordAnswer(ANA, 5),
  ];
  expect(attemptsIn(lines)).toMatchObject([{ milestones: { passwordRefused: { code: 5 } } }]);
});

it.each([
  ['before its result', 0],
  ['after it', 1],
])('the phone of another is not that of who typed a code, printed %s', (_name, after) => {
  const result = tokenAnswer(ANA, 0, 'success', 9);
  const typed = manualCode(ANA, 0, 9);
  const lines = [
    ...upToPush(ANA, 0),
    ...upToPush(BEN, 0),
    handshake('complete', 9),
    ...(after ? [...result, ...typed] : [...typed, ...result]),
    ...granted(ANA, 9),
    ...tokenAnswer(BEN, 0, 'success', 9),
    ...granted(BEN, 9),
  ];
  expect(sights(lines)).toEqual(['ana succeeded ✓✓✓✓✓???✓✓', 'ben succeeded ✓✓✓✓✓✓✓✓✓✓']);
});
