import { expect, it } from 'vitest';
import { parseRequest } from '../../../handlers/commands/parse-request.ts';
import { readMessage } from '../../../src/bot/intake/incoming-message.ts';
import { redactSideText } from '../../../src/engine/evidence/side-text.ts';

const SECRET = 'qT7zWm4xRk9Lp2';

it.each([
  `Login fails, password: ${SECRET}`,
  `bob's pw is ${SECRET}`,
  `Kennwort lautet ${SECRET}`,
  `psksecret=${SECRET}.conf`,
  `https://wren:${SECRET}@files.example.com/x`,
])('%s', (text) => {
  expect(redactSideText(text)).not.toContain(SECRET);
});

it.each(['wren', 'FTM push fails at fgt-hq (3 users)', 'edge', 'debug 2026-03-02.log', ''])(
  'leaves %s',
  (text) => {
    expect(redactSideText(text)).toBe(text);
  },
);

it.each([
  `fgt-hq --user password=${SECRET}`,
  `fgt-hq --vdom psk=${SECRET}`,
  `fgt-hq password: ${SECRET}`,
  `fgt-hq --user wren --password ${SECRET}`,
  `password=${SECRET}`,
  `history password=${SECRET}`,
  `cancel secret=${SECRET}`,
  `--password=${SECRET}`,
])('what somebody typed keeps no secret: %s', (text) => {
  expect(JSON.stringify(parseRequest(text))).not.toContain(SECRET);
});

it('a file name keeps none either', () => {
  const files = [{ name: `password=${SECRET}.log` }];
  const message = readMessage({ channel: 'C1', user: 'U1', ts: '1.0', files });
  expect(message?.files[0]?.name).toMatch(/^password=<password#1>/);
});

it.each([
  ['user wren, Kx8vTq2LmZ9w', 'user wren, Kx8vTq2LmZ9w'],
  ['auth Kx8vTq2LmZ9w', 'auth Kx8vTq2LmZ9w'],
  ['the password is wrong', 'the password is wrong'],
  ['the password is sunflower', 'the password is <password#1>'],
  ['log in with wren / cluster7', 'log in with wren / <password#1>'],
  [
    'FTKMOB07A1B2C3D9, licence EFTM000000000001, FGT60F0000000001',
    'FTKMOB07A1B2C3D9, licence EFTM000000000001, <serial#1>',
  ],
])('has the limits that the threat model states: %s', (text, expected) => {
  expect(redactSideText(text)).toBe(expected);
});
