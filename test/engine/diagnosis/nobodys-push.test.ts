import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { connecting, handshake, pushRequest, successfulLogin } from '../../fixtures/logs/login-lines.ts';

const WREN = { user: 'wren', pid: 5784, sid: 'd9' };
const END = 'whose login it was, and what became of it, is not in this log';

function read(lines: readonly string[]) {
  const { hops, verdict, headline } = diagnose([{ name: 'paste', text: lines.join('\n') }]);
  const signs = { ok: '✓', broken: '✗', 'not-reached': '–', unknown: '?' };
  return [
    verdict,
    hops
      .slice(1, -1)
      .map(({ status }) => signs[status])
      .join(''),
    headline,
  ];
}

it.each([
  [
    'a push and the phone’s answer',
    [...connecting(0), ...pushRequest(WREN, 1), handshake('complete', 9)],
    ['inconclusive', '???✓✓✓✓✓??', `A push went out, and a phone answered; ${END}`],
  ],
  [
    'a push',
    [...connecting(0), ...pushRequest(WREN, 1)],
    ['inconclusive', '???✓✓?????', `A push went out; ${END}`],
  ],
  [
    'an answer',
    [handshake('complete', 9)],
    ['inconclusive', '?????✓✓✓??', `A phone answered a push; ${END}`],
  ],
])('ftm-push alone shows %s', (_name, lines, expected) => {
  expect(read(lines)).toEqual(expected);
});

it('a phone that refused the certificate had called back', () => {
  const [verdict, card] = read([...connecting(0), ...pushRequest(WREN, 1), handshake('refused', 9)]);
  expect([verdict, card]).toEqual(['broken', '???✓✓✓✓✗––']);
});

it('a connection that came to no end may have been anybody’s', () => {
  expect(read([...connecting(0), ...pushRequest(WREN, 1), handshake('silent', 9)])[1]).toBe('???✓✓?????');
});

it('logins speak for themselves', () => {
  expect(read(successfulLogin(WREN))).toEqual(['healthy', '✓✓✓✓✓✓✓✓✓✓', 'wren got in: push works here']);
});
