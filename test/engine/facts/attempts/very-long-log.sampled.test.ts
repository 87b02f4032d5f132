import { describe, expect, it } from 'vitest';
import {
  handshake,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  successfulLogin,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { sampleOf } from '../../../support/amount.ts';
import { card, readLog, valueIn } from './read-log.ts';

const LOGINS = 2_400;

function loginOf(n: number): Login {
  return {
    user: `user${n % 300}`,
    pid: 5700 + (n % 9),
    sid: (16 + (n % 997)).toString(16),
    token: `FTKMOB${n % 300}00001`,
  };
}

/** What each of the kinds of login looks like when it stands alone in a log. */
const KINDS: readonly ((login: Login, at: number) => string[])[] = [
  (login, at) => successfulLogin(login, at, 8),
  (login, at) => [
    ...passwordStage(login, at),
    ...passwordAnswer(login, 5, at),
    ...loginFailed(login, 'x', at),
  ],
  (login, at) => [...upToPush(login, at), handshake('refused', at + 4)],
  (login, at) => upToPush(login, at),
];

describe('a log with more logins than are remembered at a time', () => {
  // A sample has those after one another, which are of every kind.
  const orders = [
    ['one after the other', 400],
    ['some at once', 3],
  ] as const;
  it.each(sampleOf(orders, 2, 0))('%s: each is read as if it stood alone', (_, apart) => {
    const lines = Array.from({ length: LOGINS }, (_each, n) => {
      const kind = apart > 100 ? KINDS[n % KINDS.length] : KINDS[n % 2];
      return kind?.(loginOf(n), n * apart) ?? [];
    }).flat();
    const { attempts, debugLog } = readLog(lines);
    const kept = valueIn(attempts);
    expect(kept.length).toBeLessThan(2_200);
    expect(kept.length + (valueIn(debugLog).moreAttempts ?? 0)).toBe(LOGINS);
    const alone = new Set(
      KINDS.map((kind) => readLog(kind(loginOf(0), 0).concat(successfulLogin(loginOf(7), 5_000)))).flatMap(
        (facts) =>
          valueIn(facts.attempts)
            .slice(0, 1)
            .map((attempt) => `${attempt.outcome} ${card(attempt)}`),
      ),
    );
    const seen = new Set(kept.slice(0, -3).map((attempt) => `${attempt.outcome} ${card(attempt)}`));
    if (apart > 100) expect(seen).toEqual(alone);
    else expect(seen.size).toBe(2);
    expect([...seen].some((each) => each.startsWith('succeeded ✓✓✓✓✓✓✓✓✓✓'))).toBe(true);
  });

  it('without times nothing is mixed up either', () => {
    const lines = Array.from({ length: LOGINS }, (_, n) => successfulLogin(loginOf(n))).flat();
    const { attempts, debugLog } = readLog(lines);
    expect(new Set(valueIn(attempts).map(card))).toEqual(new Set(['✓✓✓✓✓✓✓✓✓✓']));
    expect(valueIn(attempts).length + (valueIn(debugLog).moreAttempts ?? 0)).toBe(LOGINS);
  });
});

it('a login that worked in the end is kept beside the failure that it makes good', () => {
  const xena = (n: number): Login => ({ ...loginOf(n), user: 'xena' });
  const lines = Array.from({ length: 1_000 }, (_, n) => {
    if (n === 500) return [...passwordStage(xena(n), n * 20), ...passwordAnswer(xena(n), 1, n * 20)];
    return successfulLogin(n === 520 ? xena(n) : loginOf(n), n * 20, 8);
  }).flat();
  const own = valueIn(readLog(lines).attempts).filter((each) => each.user === 'xena');
  expect(own.map((each) => each.outcome)).toEqual(['failed', 'succeeded']);
});
