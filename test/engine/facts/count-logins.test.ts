import { expect, it } from 'vitest';
import { countLogins } from '../../../src/engine/facts/attempts/count-logins.ts';
import { WREN } from '../../fixtures/logs/debug-of-login.ts';
import { passwordStage, successfulLogin, upToPush } from '../../fixtures/logs/login-lines.ts';

const MARLOW = { user: 'marlow', pid: 5785, sid: '1f3' };

it.each([
  [[], undefined, { logins: 0, ended: 0 }],
  [['no login at all'], undefined, { logins: 0, ended: 0 }],
  [passwordStage(WREN), 'wren', { logins: 1, ended: 0 }],
  [upToPush(WREN), 'wren', { logins: 1, ended: 0 }],
  [successfulLogin(WREN), 'wren', { logins: 1, ended: 1 }],
  [successfulLogin(WREN), 'marlow', { logins: 1, ended: 0 }],
  // As the answer has it, which is about this user alone.
  [successfulLogin(WREN), 'Wren', { logins: 1, ended: 0 }],
  [[...successfulLogin(WREN, 1), ...upToPush(MARLOW, 20)], undefined, { logins: 2, ended: 1 }],
  [[...successfulLogin(WREN, 1), ...upToPush(MARLOW, 20)], 'marlow', { logins: 2, ended: 0 }],
])('%#', (lines, user, expected) => {
  expect(countLogins(lines, user)).toEqual(expected);
});

it('counts the logins too that are too many to be kept', () => {
  const login = (n: number) => ({
    user: `user${n}`,
    pid: 5700,
    sid: (16 + n).toString(16),
    token: 'FTKMOB1',
  });
  const lines = Array.from({ length: 900 }, (_, n) => successfulLogin(login(n), n * 400)).flat();
  expect(countLogins(lines).logins).toBe(900);
});
