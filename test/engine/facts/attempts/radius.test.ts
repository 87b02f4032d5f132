import { describe, expect, it } from 'vitest';
import {
  granted,
  loginFailed,
  passwordAnswer,
  passwordStage,
  stamped,
} from '../../../fixtures/logs/login-lines.ts';
import {
  passwordAtRadius,
  type RadiusAnswer,
  radiusAnswered,
  radiusAsked,
  requested,
  resulted,
} from '../../../fixtures/logs/radius-lines.ts';
import { attemptsIn, card } from './read-log.ts';

const ANA = { user: 'ana', pid: 5784, sid: 'd9', request: '15162' };
const AGAIN = { ...ANA, request: '15163' };
const BEN = { user: 'ben', pid: 5785, sid: '1f3', request: '15170' };

function sights(lines: readonly string[]): string[] {
  return attemptsIn(lines).map((each) => `${each.user} ${each.outcome} ${card(each)}`);
}

function answered(answer: RadiusAnswer, code: number, at: number): string[] {
  return [...radiusAnswered(answer, at), ...resulted(ANA, code, at), ...passwordAnswer(ANA, code, at)];
}

/** The client comes back with what the server asked for. */
function secondTry(answer: RadiusAnswer, code: number, at: number): string[] {
  return [
    ...passwordStage(ANA, at),
    ...requested(AGAIN, at),
    ...radiusAsked(ANA, at),
    ...radiusAnswered(answer, at + 1),
    ...resulted(AGAIN, code, at + 1),
    ...passwordAnswer(ANA, code, at + 1),
  ];
}

describe('a password that is with a RADIUS server', () => {
  const asked = passwordAtRadius(ANA, 0);
  const challenged = [...asked, ...answered('challenge', 2, 1)];
  const noFactor = stamped(12, ['[909] update_auth_token_session-config does not require 2fa']);

  it.each([
    [
      'and is accepted',
      [...asked, ...answered('accept', 0, 12), ...granted(ANA, 12)],
      'ana succeeded ✓????????✓',
    ],
    [
      'and is accepted, whatever the FortiGate would have asked',
      [...asked, ...noFactor, ...answered('accept', 0, 12), ...granted(ANA, 12)],
      'ana succeeded ✓????????✓',
    ],
    ['and is refused at once', [...asked, ...answered('reject', 1, 1)], 'ana failed ✗–––––––––'],
    ['and is refused after a while', [...asked, ...answered('reject', 1, 14)], 'ana failed ??????????'],
    [
      'that asks the user, and accepts',
      [...challenged, ...secondTry('accept', 0, 20), ...granted(ANA, 21)],
      'ana succeeded ✓✓??????✓✓',
    ],
    [
      'that asks the user, and refuses',
      [...challenged, ...secondTry('reject', 1, 20), ...loginFailed(ANA, 'x', 21)],
      'ana failed ✓✓??????✗–',
    ],
    [
      'that asks the user, and the login ends',
      [...challenged, ...loginFailed(ANA, 'x', 11)],
      'ana failed ✓✓??????✗–',
    ],
  ])('%s', (_name, lines, expected) => {
    expect(sights(lines)).toEqual([expected]);
  });

  it('is told by fnbamd alone as well, but not where the questions are those of EAP', () => {
    const alone = (how: string) => [
      ...requested(ANA, 0),
      ...radiusAsked(ANA, 0, how),
      ...radiusAnswered('challenge', 1),
      ...resulted(ANA, 2, 1),
      ...requested(AGAIN, 20),
      ...radiusAsked(ANA, 20, how),
      ...radiusAnswered('accept', 21),
      ...resulted(AGAIN, 0, 21),
    ];
    expect(sights(alone('PAP'))).toEqual(['ana succeeded ✓✓??????✓✓']);
    expect(sights(alone('EAP')).at(-1)).toBe('ana succeeded ✓????????✓');
  });

  it('is not taken for another whose answer comes first', () => {
    const lines = [...asked, ...passwordAtRadius(BEN, 0), ...radiusAnswered('challenge', 1)];
    expect(sights(lines)).toEqual(['ana incomplete ??????????', 'ben incomplete ??????????']);
  });

  it('is not with one where the server is the FortiGate itself', () => {
    const own = radiusAsked(ANA, 0).map((line) => line.replace("'FAC'", "'EAP_PROXY'"));
    const lines = [...requested(ANA, 0), ...own, ...radiusAnswered('challenge', 1), ...resulted(ANA, 0, 2)];
    expect(sights(lines)).toEqual(['ana succeeded ✓––––––––✓']);
  });
});
