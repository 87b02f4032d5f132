import { describe, expect, it } from 'vitest';
import { eapAsked } from '../../../fixtures/logs/ike-lines.ts';
import {
  clock,
  granted,
  handshake,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { twoUsersLog } from '../../../fixtures/logs/two-users.ts';
import { attemptsIn, card, readLog, valueIn } from './read-log.ts';

const ANA: Login = { user: 'ana', pid: 5784, sid: 'd9' };

function wrap(lines: readonly string[], columns = 80): string[] {
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? ['']);
}

function cards(lines: readonly string[]) {
  return attemptsIn(lines).map((attempt) => [attempt.user, attempt.outcome, card(attempt)]);
}

describe('a terminal of 80 columns cut the log', () => {
  it.each([
    ['success', successfulLogin(ANA)],
    ['success with times', successfulLogin(ANA, 4)],
    ['no answer', upToPush(ANA, 4)],
    ['fnbamd', successfulFnbamd(ANA, 4)],
    [
      'refused',
      [
        ...passwordStage(ANA, 1),
        ...passwordAnswer(ANA, 5, 2),
        ...loginFailed(ANA, 'sslvpn_login_unknown_user', 2),
      ],
    ],
    ['certificate refused', [...upToPush(ANA, 4), handshake('refused', 9)]],
    ['two users', twoUsersLog()],
    ['denied', [...upToPush(ANA, 4), handshake('complete', 9), ...tokenAnswer(ANA, 1, 'denied', 9)]],
  ])('%s reads the same', (_, lines) => {
    expect(cards(lines)).not.toEqual([]);
    expect(cards(wrap(lines))).toEqual(cards(lines));
  });

  it('quotes the whole message with the number of its first line', () => {
    const long: Login = { ...ANA, user: 'ana-with-a-name-that-does-not-fit-on-a-line-of-a-terminal' };
    const [attempt] = attemptsIn(wrap([...passwordStage(long, 1), ...granted(long, 3)]));
    const texts = attempt?.hops.flatMap((hop) => hop.evidence.map((quote) => quote.text));
    expect(
      texts?.some(
        (text) => text.includes('Auth successful for user ana-with-a-name') && text.endsWith('terminal'),
      ),
    ).toBe(true);
  });

  it('a line of just 80 characters in a log that was not cut stays alone', () => {
    const exact = `[5784:root:d9]${'x'.repeat(66)}`;
    const lines = [
      `[5784:root:a1]${'y'.repeat(120)}`,
      exact,
      'Auth successful for user ana',
      ...successfulLogin(ANA),
    ];
    expect(cards(lines)).toEqual(cards(successfulLogin(ANA)));
  });
});

describe('VDOMs share a console', () => {
  const root: Login = { user: 'ana', pid: 5784, sid: 'd9', vdom: 'root' };
  const branch: Login = { user: 'ana', pid: 5784, sid: 'd9', vdom: 'branch' };

  it('the same user, worker and session number in two of them are two logins', () => {
    const a = passwordStage(root);
    const b = passwordStage(branch);
    const mixed = a.flatMap((line, at) => [line, b[at] ?? '']);
    const lines = [...mixed, ...passwordAnswer(root, 7), ...passwordAnswer(branch, 1)];
    expect(attemptsIn(lines).map((attempt) => [attempt.vdom, attempt.outcome])).toEqual([
      ['root', 'incomplete'],
      ['branch', 'failed'],
    ]);
  });
});

describe('a log however it was set', () => {
  const push = [
    ...upToPush(ANA, 0),
    handshake('complete', 6),
    ...tokenAnswer(ANA, 0, 'success', 6),
    ...granted(ANA, 6),
  ];
  const flow = [
    `${clock(3)} id=65308 trace_id=21 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) tun_id=0.0.0.0 from wan1. flag [S], seq 1, ack 0, win 65535"`,
    `${clock(3)} id=65308 trace_id=21 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"`,
  ];
  const ike = [...eapAsked({ user: 'ben', serial: 33, request: '15' }, 2)];
  const lines = [...push, ...flow, ...ike];

  it.each([
    ['with microseconds', (line: string) => line.replace(/^(\S+ [\d:]{8}) /, '$1.123456 ')],
    ['with blanks before each line', (line: string) => `    ${line}`],
    ['with a tab before each line', (line: string) => `\t${line}`],
  ])('reads the same %s', (_name, set) => {
    const facts = readLog(lines.map(set));
    expect(valueIn(facts.attempts).map((each) => [each.user, card(each)])).toEqual([
      ['ana', '✓✓✓✓✓✓✓✓✓✓'],
      ['ben', '??????????'],
    ]);
    expect(valueIn(facts.flowDrops)).toMatchObject([{ policy: 0, destination: { port: 4433 } }]);
  });

  it('is put together again though what was hidden in it made its lines longer', () => {
    const hidden = wrap(lines).flatMap((line, index) =>
      index === 20 ? [line, `"registration_id":"<registration-id#1>","more":"${'x'.repeat(60)}"`] : [line],
    );
    expect(valueIn(readLog(hidden).attempts).map((each) => card(each))).toEqual(['✓✓✓✓✓✓✓✓✓✓', '??????????']);
  });
});
