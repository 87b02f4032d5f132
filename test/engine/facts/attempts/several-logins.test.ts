import { describe, expect, it } from 'vitest';
import {
  connecting,
  granted,
  handshake,
  type Login,
  manualCode,
  passwordAnswer,
  passwordStage,
  pushRequest,
  question,
  secondPost,
  stamped,
  successfulFnbamd,
  successfulLogin,
  successfulSslVpn,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { ANA, LATER } from './attempt-logs.ts';
import { attemptsIn, card, onlyAttempt, readLog, valueIn } from './read-log.ts';

describe('the same user again', () => {
  it('a second login on the same session after the first was over is another attempt', () => {
    const lines = [...passwordStage(ANA), ...passwordAnswer(ANA, 1), ...successfulLogin(ANA)];
    expect(attemptsIn(lines).map((each) => each.outcome)).toEqual(['failed', 'succeeded']);
  });

  it('a fresh password while the question is open is another attempt', () => {
    const start = [...passwordStage(ANA), ...passwordAnswer(ANA, 7)];
    const lines = [...start, ...passwordStage(ANA), ...passwordAnswer(ANA, 7)];
    expect(attemptsIn(lines)).toHaveLength(2);
  });

  it('a fresh login that looked like the second step becomes another attempt at its `return: 7`', () => {
    const lines = [...passwordStage(ANA), ...question(ANA), ...secondPost(ANA), ...question(ANA)];
    expect(attemptsIn(lines)).toHaveLength(2);
  });

  it('the second step without its announcing lines is still the same attempt', () => {
    const lines = [
      ...passwordStage(ANA),
      ...passwordAnswer(ANA, 7),
      ...secondPost(ANA),
      ...tokenAnswer(ANA, 0, 'success'),
      ...granted(ANA),
    ];
    expect(onlyAttempt(lines).outcome).toBe('succeeded');
  });

  it('a drifted token asks for the next code, which another worker takes', () => {
    const there = { ...ANA, pid: 101 };
    const start = [
      ...passwordStage(ANA, 0),
      ...question(ANA, 0),
      ...secondPost(ANA, 9),
      ...stamped(9, ['[2194] handle_req-Token drifted, asking for the next token req 41, len=2596']),
      ...tokenAnswer(ANA, 8, 'next token code required', 9),
      ...manualCode(ANA, 0, 9),
    ];
    const drifted = onlyAttempt(start);
    expect([drifted.outcome, card(drifted)]).toEqual(['incomplete', '✓✓✗–––––––']);
    const second = onlyAttempt([
      ...start,
      ...stamped(37, [
        '[101:root:d9]two factor check for ana: off',
        '[2276] handle_req-Rcvd token sync req for 41',
      ]),
      ...secondPost(there, 37),
      ...tokenAnswer(there, 0, 'success', 38),
      ...granted(there, 38),
    ]);
    expect([second.outcome, card(second)]).toEqual(['succeeded', '✓✓✓?????✓✓']);
    expect(second.milestones.drift).toBeDefined();
  });
});

describe('sslvpn and fnbamd together', () => {
  const login = successfulSslVpn(ANA);
  const requests = successfulFnbamd(ANA);

  it.each([
    [
      'sslvpn first',
      [
        ...login.slice(0, 6),
        ...requests.slice(0, 4),
        ...login.slice(6, 26),
        ...requests.slice(4),
        ...login.slice(26),
      ],
    ],
    [
      'fnbamd a line early',
      [requests[0] ?? '', ...login.slice(0, 6), ...requests.slice(1), ...login.slice(6)],
    ],
  ])('are one attempt: %s', (_, lines) => {
    const attempt = onlyAttempt(lines);
    expect([attempt.outcome, attempt.session]).toEqual(['succeeded', '100:root:d9']);
    expect(attempt.milestones.pushAlreadySent).toBeDefined();
  });
});

describe('callbacks without a login', () => {
  it('ftm-push alone gives no attempt, but the push and the handshake', () => {
    const facts = readLog([...connecting(), ...pushRequest(ANA), handshake('complete')]);
    expect(facts.attempts.state).toBe('unknown');
    expect(valueIn(facts.looseCallbacks)).toHaveLength(1);
    expect(valueIn(facts.looseCallbacks)[0]).toMatchObject({ completed: { quote: { line: 10 } } });
    expect(valueIn(facts.debugLog)).toMatchObject({
      daemons: { sslvpn: false, fnbamd: false, 'ftm-push': true },
      unclaimedPushes: [{ quote: { line: 9 } }],
    });
  });

  it('a handshake that two waiting logins explain equally is given to neither', () => {
    const bob: Login = { user: 'bob', pid: 200, sid: '7', token: 'FTKMOB0000000002' };
    const facts = readLog([...upToPush(ANA, 0), ...upToPush(bob, 20), handshake('refused', 30), ...LATER]);
    expect(valueIn(facts.attempts).map(card)).toEqual(['✓✓✓✓✓?????', '✓✓✓✓✓?????']);
    expect(valueIn(facts.looseCallbacks)[0]?.tlsAlert).toMatchObject({
      code: 46,
      name: 'certificate_unknown',
    });
  });

  it('of two pushes at once the serial known from before tells whose is whose', () => {
    const bob: Login = { user: 'bob', pid: 200, sid: '7', token: 'FTKMOB0000000002' };
    const ana = { ...ANA, token: 'FTKMOB0000000001' };
    const both = [ana, bob].flatMap((login) => [
      ...passwordStage(login),
      ...connecting(),
      ...question(login),
    ]);
    const posts = [...secondPost(ana), ...secondPost(bob)];
    const pushes = [...pushRequest(bob), ...pushRequest(ana)];
    const serials = (lines: readonly string[]) =>
      attemptsIn(lines).map((each) => each.milestones.pushSent?.tokenSerial);
    expect(serials([...both, ...posts, ...pushes])).toEqual([undefined, undefined]);
    const before = successfulLogin(bob);
    expect(serials([...before, ...both, ...posts, ...pushes])).toEqual([bob.token, ana.token, bob.token]);
  });

  it('of two logins at once, one push is given to neither', () => {
    const bob: Login = { user: 'bob', pid: 200, sid: '7' };
    const both = [ANA, bob].flatMap((login) => [
      ...passwordStage(login, 0),
      ...connecting(0),
      ...question(login, 0),
    ]);
    const lines = [...both, ...secondPost(ANA, 1), ...secondPost(bob, 1), ...pushRequest(ANA, 1), ...LATER];
    const facts = readLog(lines);
    expect(valueIn(facts.attempts).map(card)).toEqual(['✓✓✓✓??????', '✓✓✓✓??????']);
    expect(valueIn(facts.debugLog).unclaimedPushes).toHaveLength(1);
  });

  it('a port scan besides a good answer changes nothing', () => {
    const lines = successfulLogin(ANA);
    const facts = readLog([...lines.slice(0, -5), handshake('silent'), ...lines.slice(-5)]);
    expect(valueIn(facts.attempts).map(card)).toEqual(['✓✓✓✓✓✓✓✓✓✓']);
    expect(valueIn(facts.looseCallbacks)).toHaveLength(1);
  });

  it('session tickets of TLS 1.3 are no second callback', () => {
    const ticket = 'SSL: (where=0x10 ret=0x1)SSL: (where=0x20 ret=0x1)SSL: (where=0x4008 ret=0x100)';
    const facts = readLog([...successfulLogin(ANA), ticket]);
    expect(valueIn(facts.looseCallbacks)).toEqual([]);
  });
});
