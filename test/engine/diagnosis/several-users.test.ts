import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { HOPS, hopIndex } from '../../../src/engine/facts/hop.ts';
import { renderJson } from '../../../src/report/formats/render-json.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { authenticated, eapAsked, gaveUp } from '../../fixtures/logs/ike-lines.ts';
import {
  handshake,
  loginFailed,
  passwordAnswer,
  passwordStage,
  secondPost,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';

const WREN = { user: 'wren', pid: 5784, sid: 'd9', token: 'FTKMOB1100000011' };
const MARLOW = { user: 'marlow', pid: 5785, sid: '1f3', token: 'FTKMOB2200000022' };
const GUEST = { user: 'guest', pid: 5786, sid: '2a' };

function diagnose(...parts: (readonly string[])[]): Diagnosis {
  return diagnoseItems([{ name: 'paste', text: parts.flat().join('\n') }]);
}

const fine = successfulLogin(WREN, 200);
const guest = [...passwordStage(GUEST, 300), ...passwordAnswer(GUEST, 1, 300)];
const noAnswer = [...upToPush(MARLOW, 0), ...loginFailed(MARLOW, 'x', 80)];
const denied = [
  ...upToPush(MARLOW, 0),
  handshake('complete', 7),
  ...tokenAnswer(MARLOW, 1, 'denied', 7),
  ...loginFailed(MARLOW, 'x', 7),
];

describe('the steps of several users', () => {
  it.each([
    ['no answer of the phone', [noAnswer, fine], '✓✓✓✓✓?✗–––', 'callback'],
    ['the other one first', [successfulLogin(WREN, -100), noAnswer], '✓✓✓✓✓?✗–––', 'callback'],
    ['a push that was denied', [denied, fine], '✓✓✓✓✓✓✓✓✗–', 'approval'],
    ['a password that was wrong', [guest, fine], '✗–––––––––', 'login'],
    ['two that broke at different steps', [noAnswer, fine, guest], '✗–––––✗–––', 'login'],
    [
      'a log that begins within the login that failed',
      [secondPost(MARLOW, 0), tokenAnswer(MARLOW, 5, 'error', 3), fine],
      '✓✓✓✓✓?✓✓✗–',
      'approval',
    ],
    ['nobody who failed', [fine], '✓✓✓✓✓✓✓✓✓✓', null],
  ])('%s', (_name, parts, card, broken) => {
    const { hops, firstBrokenHop } = diagnose(...parts);
    const signs = { ok: '✓', broken: '✗', 'not-reached': '–', unknown: '?' };
    expect([
      hops
        .slice(1, -1)
        .map(({ status }) => signs[status])
        .join(''),
      firstBrokenHop,
    ]).toEqual([card, broken]);
  });

  it('never look healthy behind the first broken one, whichever way the answer is read', () => {
    for (const parts of [
      [noAnswer, fine],
      [denied, fine],
      [guest, fine],
      [noAnswer, fine, guest],
    ]) {
      const diagnosis = diagnose(...parts);
      const first = hopIndex(diagnosis.firstBrokenHop ?? 'login');
      const behind = HOPS.slice(first + 1);
      const { hops }: Diagnosis = JSON.parse(renderJson(diagnosis));
      expect(hops.filter(({ id, status }) => behind.includes(id) && status === 'ok')).toEqual([]);
      const read = [renderText(diagnosis, { width: 300 }), JSON.stringify(renderSlack(diagnosis))];
      for (const answer of read) {
        expect(answer).toMatch(/✓ wren got in|wren +got in/);
        expect(answer).not.toContain('authorisation ✓');
      }
    }
  });

  it('show nothing of those who got in where one failed nobody sees at which step', () => {
    const gina = { user: 'gina', serial: 41, request: '901' };
    const hugo = { user: 'hugo', serial: 42, request: '902' };
    const lines = [
      ...eapAsked(gina, 0),
      ...eapAsked(hugo, 1),
      ...authenticated(gina, 9),
      ...gaveUp(hugo, 31),
    ];
    const { hops, headline } = diagnose(lines);
    expect(hops.slice(1).map(({ status }) => status)).not.toContain('ok');
    expect(headline).toMatch(/^The VPN gave up on hugo /);
  });

  it('name in the list whose step it was', () => {
    const text = renderText(diagnose(noAnswer, fine, guest), { width: 300 });
    expect(text).toMatch(/❌ marlow · (?:failed|timed out) .*stopped at callback/);
    expect(text).toMatch(/❌ guest · (?:failed|\d failures) .*stopped at login/);
    expect(text).toMatch(/✓ wren got in/);
  });
});
