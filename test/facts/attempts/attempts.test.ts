import { describe, expect, it } from 'vitest';
import {
  connecting,
  granted,
  handshake,
  type Login,
  loginFailed,
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
} from '../../fixtures/logs/login-lines.ts';
import { attemptsIn, card, onlyAttempt, readLog, valueIn } from './read-log.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };
const LATER = stamped(300, ['[101:root:4]req: /remote/portal']);

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly outcome: string;
  readonly card: string;
}

/** Hops in order: login, second factor, token, push service, push request, notification, callback, tls, approval, authorisation. */
const CASES: readonly Case[] = [
  { name: 'complete push login', lines: successfulLogin(ANA), outcome: 'succeeded', card: '✓✓✓✓✓✓✓✓✓✓' },
  {
    name: 'complete push login with time stamps',
    lines: successfulLogin(ANA, 10),
    outcome: 'succeeded',
    card: '✓✓✓✓✓✓✓✓✓✓',
  },
  { name: 'sslvpn only', lines: successfulSslVpn(ANA), outcome: 'succeeded', card: '✓✓✓?????✓✓' },
  { name: 'fnbamd only', lines: successfulFnbamd(ANA), outcome: 'succeeded', card: '✓✓✓✓✓???✓✓' },
  {
    name: 'typed code',
    lines: [
      ...passwordStage(ANA),
      ...connecting(),
      ...question(ANA),
      ...secondPost(ANA),
      ...tokenAnswer(ANA, 0, 'success'),
      ...manualCode(ANA, 0),
      ...granted(ANA),
    ],
    outcome: 'succeeded',
    card: '✓✓✓✓????✓✓',
  },
  {
    name: 'Deny on the phone',
    lines: [...upToPush(ANA), `${handshake('complete')}${tokenAnswer(ANA, 1, 'denied')[0]}`],
    outcome: 'denied',
    card: '✓✓✓✓✓✓✓✓✗–',
  },
  {
    name: 'refusal without the debug of ftm-push',
    lines: [...passwordStage(ANA), ...question(ANA), ...secondPost(ANA), ...tokenAnswer(ANA, 1, 'denied')],
    outcome: 'denied',
    card: '✓✓✓?????✗–',
  },
  {
    name: 'wrong code typed: nobody pressed Deny',
    lines: [
      ...passwordStage(ANA),
      ...question(ANA),
      ...secondPost(ANA),
      ...tokenAnswer(ANA, 1, 'denied'),
      ...manualCode(ANA, 0),
    ],
    outcome: 'failed',
    card: '✓✓✓?????✗–',
  },
  {
    name: 'unknown user',
    lines: [
      ...passwordStage(ANA),
      "invalid auth params for user 'ana'",
      ...passwordAnswer(ANA, 5),
      ...loginFailed(ANA, 'sslvpn_login_unknown_user'),
    ],
    outcome: 'failed',
    card: '✗–––––––––',
  },
  {
    name: 'wrong password',
    lines: [...passwordStage(ANA), ...passwordAnswer(ANA, 1)],
    outcome: 'failed',
    card: '✗–––––––––',
  },
  {
    name: 'second factor skipped',
    lines: [
      '[1906] handle_req-Rcvd auth req 77 for ana in  opt=00200400 prot=11',
      '[909] update_auth_token_session-config does not require 2fa',
      '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 77, len=2600',
    ],
    outcome: 'succeeded',
    card: '✓✗–––––––✓',
  },
  {
    name: 'password alone, reason not in the log',
    lines: [...passwordStage(ANA), ...passwordAnswer(ANA, 0), ...granted(ANA)],
    outcome: 'succeeded',
    card: '✓✗–––––––✓',
  },
  {
    name: 'push sent, no callback, log goes on',
    lines: [...upToPush(ANA, 0), ...LATER],
    outcome: 'timed-out',
    card: '✓✓✓✓✓?✗–––',
  },
  {
    name: 'push sent, log ends at once',
    lines: upToPush(ANA, 0),
    outcome: 'incomplete',
    card: '✓✓✓✓✓?????',
  },
  {
    name: 'push sent, log without time stamps ends',
    lines: upToPush(ANA),
    outcome: 'incomplete',
    card: '✓✓✓✓✓?????',
  },
  {
    name: 'connection to the push server, no request',
    lines: [...passwordStage(ANA, 0), ...connecting(0), ...question(ANA, 0), ...secondPost(ANA, 1), ...LATER],
    outcome: 'timed-out',
    card: '✓✓✓✓✗–––––',
  },
  {
    name: 'connection, no request, and no telling what comes after',
    lines: [...passwordStage(ANA), ...connecting(), ...question(ANA), ...secondPost(ANA)],
    outcome: 'incomplete',
    card: '✓✓✓✓??????',
  },
  {
    name: 'no connection though the debug of ftm-push was turned on',
    lines: [
      'fgt # diagnose debug application ftm-push -1',
      ...passwordStage(ANA, 0),
      ...question(ANA, 0),
      ...secondPost(ANA, 1),
      ...LATER,
    ],
    outcome: 'timed-out',
    card: '✓✓✓✗––––––',
  },
  {
    name: 'no connection and nothing shows that ftm-push would have said so',
    lines: [...passwordStage(ANA, 0), ...question(ANA, 0), ...secondPost(ANA, 1), ...LATER],
    outcome: 'timed-out',
    card: '✓✓✓???????',
  },
  {
    name: 'phone refuses the certificate',
    lines: [...upToPush(ANA), handshake('refused')],
    outcome: 'failed',
    card: '✓✓✓✓✓✓✓✗––',
  },
  {
    name: 'phone refuses the certificate, then the code is typed',
    lines: [
      ...upToPush(ANA),
      handshake('refused'),
      ...tokenAnswer(ANA, 0, 'success'),
      ...manualCode(ANA, 0),
      ...granted(ANA),
    ],
    outcome: 'succeeded',
    card: '✓✓✓✓✓✓✓✗✓✓',
  },
  {
    name: 'something that speaks no TLS opens the port',
    lines: [...upToPush(ANA, 0), handshake('silent', 5), ...LATER],
    outcome: 'timed-out',
    card: '✓✓✓✓✓?✗–––',
  },
  {
    name: 'phone gives up after its hello',
    lines: [...upToPush(ANA, 0), handshake('hello-only', 5), ...LATER],
    outcome: 'timed-out',
    card: '✓✓✓✓✓✓✓✗––',
  },
  {
    name: 'late answer',
    lines: [...upToPush(ANA, 0), handshake('complete', 94)],
    outcome: 'timed-out',
    card: '✓✓✓✓✓✓✓✓✗–',
  },
  {
    name: 'late answer after sslvpn said that it gave up',
    lines: [
      ...upToPush(ANA, 0),
      ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81),
      handshake('complete', 94),
    ],
    outcome: 'timed-out',
    card: '✓✓✓✓✓✓✓✓✗–',
  },
  {
    name: 'late refusal is no Deny',
    lines: [...upToPush(ANA, 0), ...tokenAnswer(ANA, 1, 'denied', 81)],
    outcome: 'timed-out',
    card: '✓✓✓✓✓?✗–––',
  },
  {
    name: 'log says that it timed out',
    lines: [...passwordStage(ANA), ...question(ANA), ...secondPost(ANA), ...tokenAnswer(ANA, 5, 'timeout')],
    outcome: 'timed-out',
    card: '✓✓✓?????✗–',
  },
  {
    name: 'approved, then no policy',
    lines: [
      ...upToPush(ANA),
      `${handshake('complete')}${tokenAnswer(ANA, 0, 'success')[0]}`,
      ...loginFailed(ANA, 'sslvpn_login_no_matching_policy'),
    ],
    outcome: 'failed',
    card: '✓✓✓✓✓✓✓✓✓✗',
  },
  {
    name: 'approved, and the log ends',
    lines: [...upToPush(ANA), `${handshake('complete')}${tokenAnswer(ANA, 0, 'success')[0]}`],
    outcome: 'incomplete',
    card: '✓✓✓✓✓✓✓✓✓?',
  },
  {
    name: 'bottom cut off after the password',
    lines: [...passwordStage(ANA), ...connecting(), ...question(ANA)],
    outcome: 'incomplete',
    card: '✓✓✓✓??????',
  },
  {
    name: 'top cut off before the second step',
    lines: [...secondPost(ANA), ...successfulLogin(ANA).slice(-6)],
    outcome: 'succeeded',
    card: '✓✓✓✓✓✓✓✓✓✓',
  },
  {
    name: 'top cut off inside the second step, nothing proves that no push went out',
    lines: [...secondPost(ANA, 0), ...LATER, ...connecting(300)],
    outcome: 'timed-out',
    card: '✓✓✓???????',
  },
];

describe('one login', () => {
  it.each(CASES)('$name: $outcome', ({ lines, outcome, card: expected }) => {
    const attempt = onlyAttempt(lines);
    expect({ user: attempt.user, outcome: attempt.outcome, card: card(attempt) }).toEqual({
      user: 'ana',
      outcome,
      card: expected,
    });
  });

  it('quotes for every good hop the line that shows it', () => {
    const lines = successfulLogin(ANA);
    for (const hop of onlyAttempt(lines).hops) {
      expect(hop.evidence.length).toBeGreaterThan(0);
      for (const quote of hop.evidence) expect(lines[quote.line - 1]).toContain(quote.text.replace(/…$/, ''));
    }
  });

  it('reads what the push says about phone and token', () => {
    const { milestones: marks } = onlyAttempt(successfulLogin({ ...ANA, token: 'FTKMOB0000000042' }));
    expect(marks.pushSent).toMatchObject({ platform: 'android', tokenSerial: 'FTKMOB0000000042' });
    expect(marks.pushConnect).toMatchObject({ address: '203.0.113.42', port: 443 });
  });
});

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
