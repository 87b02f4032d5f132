import { describe, expect, it } from 'vitest';
import {
  handshake,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { sampleOf } from '../../support/amount.ts';
import { answerOf, diagnoseText } from '../../support/diagnose-text.ts';

const WREN: Login = { user: 'wren', pid: 5784, sid: 'd9', token: 'FTKMOB0000000011' };
const AT = Date.UTC(2026, 10, 24, 9, 12, 0) / 1000;

const LOGS: readonly (readonly [what: string, lines: readonly string[]])[] = [
  ['a success', successfulLogin(WREN, AT)],
  ['a success without times', successfulLogin(WREN)],
  ['a refused certificate', [...upToPush(WREN), handshake('refused')]],
  [
    'a late answer',
    [
      ...upToPush(WREN, AT),
      ...loginFailed(WREN, 'sslvpn_login_permission_denied', AT + 82),
      handshake('complete', AT + 94),
    ],
  ],
  ['Deny', [...upToPush(WREN, AT), handshake('complete', AT + 9), ...tokenAnswer(WREN, 1, 'denied', AT + 9)]],
  [
    'a wrong password',
    [
      ...passwordStage(WREN, AT),
      ...passwordAnswer(WREN, 1, AT),
      ...loginFailed(WREN, 'sslvpn_login_permission_denied', AT),
    ],
  ],
];

const WIDTHS = Array.from({ length: 200 - 72 + 1 }, (_, index) => 72 + index);

/** Cuts every line at the column, also inside words; `indent` begins each continuation. */
function cut(lines: readonly string[], width: number, indent: string): string {
  const pieces = lines.flatMap((text) =>
    text.split('\n').flatMap((line) => {
      const cuts: string[] = [line.slice(0, width)];
      for (let at = width; at < line.length; at += width - indent.length) {
        cuts.push(indent + line.slice(at, at + width - indent.length));
      }
      return cuts;
    }),
  );
  return `${pieces.join('\n')}\n`;
}

describe.each([
  // A share of the widths at which a number or name ends exactly at the column.
  ['without indentation', '', 0.05],
  ['with indentation', '    ', 0.07],
])('lines cut at a column %s', (_how, indent, share) => {
  it.each(LOGS)('give the same answer at nearly every width: %s', (_what, lines) => {
    const usual = answerOf(diagnoseText(`${lines.join('\n')}\n`));
    const widths = sampleOf(WIDTHS, 8, lines.length);
    const other = widths.filter((width) => {
      const answer = answerOf(diagnoseText(cut(lines, width, indent)));
      const isSame = answer.verdict === usual.verdict && answer.rules[0] === usual.rules[0];
      // At the others the log may only say less.
      const saysLess =
        isSame || answer.verdict === 'inconclusive' || usual.rules.includes(answer.rules[0] ?? '');
      expect(saysLess, `${width}: ${answer.headline}`).toBe(true);
      return !isSame;
    });
    expect(other.length, `other at ${other.join(' ')}`).toBeLessThanOrEqual(Math.ceil(widths.length * share));
  });
});
