import { describe, expect, it } from 'vitest';
import {
  granted,
  handshake,
  manualCode,
  passwordStage,
  pushRequest,
  question,
  secondPost,
  stamped,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { requested, resulted } from '../../../fixtures/logs/radius-lines.ts';
import { attemptsIn, card } from './read-log.ts';

const ANA = { user: 'ana', pid: 5784, sid: 'd9', request: '15162' };

function sights(lines: readonly string[]): string[] {
  return attemptsIn(lines).map((each) => `${each.user} ${each.outcome} ${card(each)}`);
}

describe('a log that begins within a login', () => {
  const already = stamped(0, ['[2051] handle_req-Push msg was already sent']);
  const whole = [
    ...passwordStage(ANA, 0),
    ...requested(ANA, 0),
    ...resulted(ANA, 7, 0),
    ...question(ANA, 0),
    ...secondPost(ANA, 0),
    ...already,
    ...pushRequest(ANA, 1),
    handshake('complete', 9),
    ...resulted(ANA, 0, 9),
    ...tokenAnswer(ANA, 0, 'success', 9),
    ...granted(ANA, 9),
  ];
  const from = whole.findIndex((line) => line.includes('Rcvd auth req'));
  const afterwards = whole.findIndex((line) => line.includes('fnbam_auth return'));

  it.each([
    ['with fnbamd’s line about it', from],
    ['with its password accepted', afterwards],
    ['with its second step', afterwards + 12],
  ])('%s, is one of one login', (_name, start) => {
    expect(sights(whole.slice(start))).toEqual(['ana succeeded ✓✓✓✓✓✓✓✓✓✓']);
  });

  it('does not show what was refused where all that is left is that something was', () => {
    expect(sights(resulted(ANA, 1, 0))).toEqual([]);
  });

  it('does not show a password refused where it was the code', () => {
    const lines = [
      ...stamped(20, ['[5784:root:d9]two factor check for ana: off']),
      ...secondPost(ANA, 20),
      ...resulted(ANA, 1, 20),
      ...tokenAnswer(ANA, 1, 'denied', 20),
    ];
    expect(sights(lines)).toEqual(['ana failed ✓✓✓?????✗–']);
  });

  it('does not tell a code from a Deny', () => {
    const refused = tokenAnswer(ANA, 1, 'denied', 20);
    expect(sights([...manualCode(ANA, 0, 20), ...refused]).at(0)).toContain('failed');
    expect(sights(refused).at(0)).toContain('failed');
    expect(sights([...upToPush(ANA, 0), handshake('complete', 20), ...refused])).toEqual([
      'ana denied ✓✓✓✓✓✓✓✓✗–',
    ]);
  });
});

describe('a log that ends within a login', () => {
  it.each([
    ['with the phone’s answer', [...upToPush(ANA, 0), handshake('complete', 40)], '✓✓✓✓✓✓✓✓??'],
    ['with its beginning', [...upToPush(ANA, 0), handshake('hello-only', 40)], '✓✓✓✓✓✓✓???'],
    [
      'and goes on with others, after the phone’s answer',
      [
        ...upToPush(ANA, 0),
        handshake('complete', 40),
        ...passwordStage({ ...ANA, user: 'ben', sid: '1f' }, 60),
      ],
      '✓✓✓✓✓✓✓✓✗–',
    ],
  ])('%s, leaves the next step open or does not', (_name, lines, expected) => {
    expect(sights(lines)[0]).toBe(`ana incomplete ${expected}`);
  });
});
