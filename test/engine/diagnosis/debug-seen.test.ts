import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { nextSteps } from '../../../src/report/documents/answer/next-steps.ts';
import {
  type Login,
  loginFailed,
  passwordStage,
  question,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';

const LOGIN: Login = { user: 'juno', pid: 310, sid: 'b4' };
const FAILED = [...upToPush(LOGIN, 0), ...loginFailed(LOGIN, 'sslvpn_login_permission_denied', 81)];

function asked(lines: readonly string[], user?: string) {
  const diagnosis = diagnose([{ name: 'debug.log', text: lines.join('\n') }], { user });
  return {
    debug: nextSteps(diagnosis).debug !== undefined,
    lines: diagnosis.missing.some(({ commands }) => commands.includes('diagnose debug enable')),
    questions: nextSteps(diagnosis).questions.map(({ text }) => text),
  };
}

it('a debug of a login to its end is not asked for again', () => {
  const { debug, lines, questions } = asked(FAILED);
  expect({ debug, lines }).toEqual({ debug: false, lines: false });
  expect(questions.filter((text) => /debug (?:output of one login|log)/.test(text))).toEqual([]);
});

it.each([
  ['a log that ends within the login', upToPush(LOGIN, 0), undefined],
  [
    'a log without the debug of the push service',
    [
      ...passwordStage(LOGIN, 0),
      ...question(LOGIN, 0),
      ...loginFailed(LOGIN, 'sslvpn_login_permission_denied', 81),
    ],
    undefined,
  ],
  ['a log of somebody else', FAILED, 'wren'],
])('is asked for after %s', (_what, lines, user) => {
  expect(asked(lines, user).lines).toBe(true);
});
