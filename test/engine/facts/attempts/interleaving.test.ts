import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  granted,
  type Login,
  manualCode,
  passwordAnswer,
  passwordStage,
  question,
  secondPost,
  successfulLogin,
  successfulSslVpn,
  tokenAnswer,
} from '../../../fixtures/logs/login-lines.ts';
import { attemptsIn, card } from './read-log.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9', token: 'FTKMOB0000000001' };
const BOB: Login = { user: 'bob', pid: 200, sid: 'd9', token: 'FTKMOB0000000002' };

const COURSES: readonly (readonly [name: string, lines: (login: Login) => string[]])[] = [
  ['succeeds', successfulSslVpn],
  ['is refused', (login) => [...passwordStage(login), ...passwordAnswer(login, 1)]],
  [
    'is denied',
    (login) => [
      ...passwordStage(login),
      ...question(login),
      ...secondPost(login),
      ...tokenAnswer(login, 1, 'denied'),
    ],
  ],
  [
    'types a code',
    (login) => [
      ...passwordStage(login),
      ...question(login),
      ...secondPost(login),
      ...tokenAnswer(login, 0, 'success'),
      ...manualCode(login, 0),
      ...granted(login),
    ],
  ],
  ['is cut off', (login) => [...passwordStage(login), ...question(login)]],
];

const course = fc.constantFrom(...COURSES.map(([, lines]) => lines));

/** Two lists as one, each in its own order. */
function interleaved(a: readonly string[], b: readonly string[], turns: readonly boolean[]): string[] {
  const left = [...a];
  const right = [...b];
  const lines: string[] = [];
  for (let turn = 0; left.length + right.length > 0; turn += 1) {
    const preferred = turns[turn % turns.length] ? left : right;
    const next = preferred.length > 0 ? preferred : left.length > 0 ? left : right;
    lines.push(next.shift() ?? '');
  }
  return lines;
}

function outlines(lines: readonly string[]) {
  return attemptsIn(lines)
    .map((each) => [each.user, each.session, each.outcome, card(each)].join(' '))
    .toSorted();
}

const turns = fc.array(fc.boolean(), { minLength: 1, maxLength: 80 });

describe('interleaved logins', () => {
  it('of sslvpn read like the two alone, whatever the order', () => {
    fc.assert(
      fc.property(course, course, turns, (first, second, order) => {
        const a = first(ANA);
        const b = second(BOB);
        expect(outlines(interleaved(a, b, order))).toEqual([...outlines(a), ...outlines(b)].toSorted());
      }),
    );
  });

  it('of one user in two sessions stay two', () => {
    const again = { ...ANA, pid: 300, sid: 'e4' };
    fc.assert(
      fc.property(course, course, turns, (first, second, order) => {
        const a = first(ANA);
        const b = second(again);
        const found = attemptsIn(interleaved(a, b, order)).map((each) => `${each.session} ${each.outcome}`);
        const alone = [...attemptsIn(a), ...attemptsIn(b)].map((each) => `${each.session} ${each.outcome}`);
        expect(found.toSorted()).toEqual(alone.toSorted());
      }),
    );
  });

  it('of one worker process keep their outcomes', () => {
    const beside = { ...BOB, pid: ANA.pid, sid: 'e4' };
    fc.assert(
      fc.property(course, course, turns, (first, second, order) => {
        const a = first(ANA);
        const b = second(beside);
        const found = attemptsIn(interleaved(a, b, order)).map((each) => `${each.session} ${each.outcome}`);
        const alone = [...attemptsIn(a), ...attemptsIn(b)].map((each) => `${each.session} ${each.outcome}`);
        expect(found.toSorted()).toEqual(alone.toSorted());
      }),
    );
  });

  it('with ftm-push lines keep their outcomes, and every hop that is claimed is right', () => {
    const a = successfulLogin(ANA);
    const b = successfulLogin(BOB);
    // The body of one HTTP message is printed in one go, as is a handshake with the result glued to it.
    const blocks = (lines: readonly string[]) => {
      const head = lines.indexOf('Connection: keep-alive');
      return [...lines.slice(0, head), lines.slice(head, head + 8).join('\n'), ...lines.slice(head + 8)];
    };
    fc.assert(
      fc.property(turns, (order) => {
        const lines = interleaved(blocks(a), blocks(b), order).flatMap((block) => block.split('\n'));
        const found = attemptsIn(lines);
        expect(found.map((each) => `${each.user} ${each.outcome}`).toSorted()).toEqual([
          'ana succeeded',
          'bob succeeded',
        ]);
        for (const attempt of found) {
          expect(card(attempt)).toBe('✓✓✓✓✓✓✓✓✓✓');
          expect(lines[(attempt.milestones.callbackCompleted?.quote.line ?? 0) - 1]).toContain(
            `[${attempt.session}]`,
          );
        }
      }),
    );
  });
});
