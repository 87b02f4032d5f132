import { expect, it } from 'vitest';
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
