import { expect, it } from 'vitest';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';
import type { LogLevel } from '../../../src/platform/observe/logger.ts';

function capture(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLogger({ level, to: { write: (line: string) => void lines.push(line) } });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
  return { log, lines, last };
}

it('writes one JSON line with level, time and message', () => {
  const { log, lines, last } = capture();
  log.info({ alias: 'fgt-1' }, 'checked');
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({ level: 'info', alias: 'fgt-1', msg: 'checked' });
  expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

it('writes no control character, and the same value', () => {
  const hostile = 'x\u001b[2J\u009b31m\u202eback\u2028\u{e0041}';
  const { log, lines, last } = capture();
  log.warn({ alias: hostile, [hostile]: new Error(hostile).message }, hostile);
  expect(lines.join('')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(last()).toMatchObject({ alias: hostile, [hostile]: hostile, msg: hostile });
});

it('marks every line of a child with its run', () => {
  const { log, last } = capture();
  log.child({ run: 'r-1' }).child({ phase: 'connect' }).warn({}, 'slow');
  expect(last()).toMatchObject({ run: 'r-1', phase: 'connect', msg: 'slow' });
});

it('keeps lines below the level out', () => {
  const { log, lines } = capture('warn');
  log.debug({}, 'no');
  log.info({}, 'no');
  log.error({}, 'yes');
  expect(lines).toHaveLength(1);
});

it.each([
  ['password', { password: 'hunter22' }],
  ['a nested passphrase', { device: { key: { passphrase: 'hunter22' } } }],
  ['a list of cookies', { requests: [{ cookie: 'hunter22' }] }],
  ['a Slack token by key', { slackToken: 'hunter22' }],
  ['registration_id', { registration_id: 'hunter22' }],
  ['activation code', { activationCode: 'hunter22' }],
  ['seed', { seed: 'hunter22' }],
  ['authorization header', { headers: { Authorization: 'Bearer hunter22' } }],
  ['password of a URL', { url: 'redis://:hunter22@127.0.0.1:6379' }],
  ['Slack token in a text', { text: 'used xoxb-hunter22 there' }],
  ['ENC value in a text', { text: 'set password ENC hunter22hunter22==' }],
  [
    'arguments of a Redis error',
    { err: Object.assign(new Error('no'), { command: { args: ['hunter22'] } }) },
  ],
  ['URL in an error', { err: new Error('connect redis://u:hunter22@h:1 failed') }],
  ['cause of an error', { err: new Error('a', { cause: new Error('redis://u:hunter22@h:1') }) }],
])('hides a secret: %s', (_what, fields) => {
  const { log, lines } = capture();
  log.error(fields, 'failed');
  expect(lines.join('')).not.toContain('hunter22');
  expect(lines.join('')).toContain('failed');
});

it.each([
  ['token serial', { tokenSerial: 'FTKMOB1' }, 'FTKMOB1'],
  ['numbers', { tookMs: 12 }, '12'],
  ['error code', { err: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }, 'ECONNREFUSED'],
])('keeps what is no secret: %s', (_what, fields, kept) => {
  const { log, lines } = capture();
  log.info(fields, 'ok');
  expect(lines.join('')).toContain(kept);
});

it('survives circles, depth, size and odd values', () => {
  const { log, last } = capture();
  const circle: Record<string, unknown> = { big: 10n, bytes: Buffer.from('hunter22'), nothing: undefined };
  circle.self = circle;
  let deep: object = {};
  for (let i = 0; i < 50; i += 1) deep = { deep };
  log.info(
    { circle, deep, text: 'a'.repeat(1_000_000), list: Array.from({ length: 5_000 }, () => 0) },
    'odd',
  );
  expect(last().msg).toBe('odd');
  expect(JSON.stringify(last()).length).toBeLessThan(10_000);
});
