import { expect, it } from 'vitest';
import { handshake, type Login, upToPush } from '../../fixtures/logs/login-lines.ts';
import { answerOf, diagnoseText } from '../../support/diagnose-text.ts';

const WREN: Login = { user: 'wren', pid: 5784, sid: 'd9', token: 'FTKMOB0000000011' };
const LINES = [...upToPush(WREN), handshake('refused')].flatMap((text) => text.split('\n'));
const USUAL = answerOf(diagnoseText(`${LINES.join('\n')}\n`));
/** The step in which the phone refuses the certificate, cut inside. */
const CUTS = ['SSL: (where=', 'SSL: (where=0x', 'SSL: (wh', 'SSL: (where=0x4004 ret='] as const;

it.each([
  ['a break after every line', (line: string) => `${line}<br>`],
  ['a break that is closed', (line: string) => `${line}<br/>`],
  ['a paragraph for every line', (line: string) => `<p>${line}</p>`],
  ['a colour', (line: string) => `<span style="color:#c00">${line}</span><br>`],
])('markup around debug says nothing: %s', (_what, mark) => {
  expect(answerOf(diagnoseText(`${LINES.map(mark).join('\n')}\n`))).toEqual(USUAL);
});

it.each(CUTS)('a TLS step goes on behind a break inside it: %s', (start) => {
  const whole = LINES.join('\n');
  const at = whole.lastIndexOf('SSL: (where=0x4004 ret=') + start.length;
  for (const line of ['\n', '<br>\n', '<br>\n<span style="color:#c00">']) {
    const text = `${whole.slice(0, at)}${line}${whole.slice(at)}\n`;
    expect([line, answerOf(diagnoseText(text))]).toEqual([line, USUAL]);
  }
});
