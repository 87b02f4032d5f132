import { describe, expect, it } from 'vitest';
import {
  connecting,
  granted,
  handshake,
  loginFailed,
  manualCode,
  passwordAnswer,
  passwordStage,
  question,
  secondPost,
  successfulFnbamd,
  successfulLogin,
  successfulSslVpn,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { ANA, LATER } from './attempt-logs.ts';
import { card, onlyAttempt } from './read-log.ts';

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
    card: '✓––––––––✓',
  },
  {
    name: 'password alone, reason not in the log',
    lines: [...passwordStage(ANA), ...passwordAnswer(ANA, 0), ...granted(ANA)],
    outcome: 'succeeded',
    card: '✓––––––––✓',
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
    for (const hop of onlyAttempt(lines).hops.slice(0, -1)) {
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
