import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import {
  clock,
  connecting,
  granted,
  handshake,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  question,
  secondPost,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { sampleOf } from '../../support/amount.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9', token: 'FTKMOB0000000011' };
const BOB: Login = { user: 'bob', pid: 101, sid: '1f', vdom: 'sales', token: 'FTKMOB0000000022' };
const GAVE_UP = loginFailed(ANA, 'sslvpn_login_unknown_user', 81);
const WITHOUT_FACTOR = `${clock(0)} [909] update_auth_token_session-config does not require 2fa`;

const HEALTHY: Readonly<Record<string, readonly string[]>> = {
  'one login': successfulLogin(ANA, 0),
  'two logins': [...successfulLogin(ANA, 0), ...successfulLogin(BOB, 30)],
  'as fnbamd tells it': successfulFnbamd(ANA, 0),
};

const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'an answer too late': [...upToPush(ANA, 0), ...GAVE_UP, handshake('complete', 94)],
  'no answer': [...upToPush(ANA, 0), ...GAVE_UP],
  'Deny pressed': [...upToPush(ANA, 0), handshake('complete', 9), ...tokenAnswer(ANA, 1, 'denied', 9)],
  'certificate refused': [...upToPush(ANA, 0), handshake('refused', 9), ...GAVE_UP],
  'no push sent': [...passwordStage(ANA, 0), ...question(ANA, 0), ...secondPost(ANA, 0), ...GAVE_UP],
  'a push begun and not sent': [
    ...passwordStage(ANA, 0),
    ...connecting(0),
    ...question(ANA, 0),
    ...secondPost(ANA, 0),
    ...GAVE_UP,
  ],
  'password refused': [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 1, 0)],
  'no second factor': [
    ...successfulFnbamd(ANA, 0).slice(0, 3),
    WITHOUT_FACTOR,
    ...successfulFnbamd(ANA, 0).slice(-2),
    ...passwordStage(ANA, 0),
    ...passwordAnswer(ANA, 0, 0),
    ...granted(ANA, 0),
  ],
};

/** What is left when the top or the bottom of the log is missing; a sample has one in six of the places. */
function verdictsOf(lines: readonly string[]): readonly string[] {
  return sampleOf([...lines.keys()], 6, lines.length).flatMap((at) =>
    [lines.slice(at), lines.slice(0, at + 1)].map((rest) => {
      const { verdict } = diagnose([{ name: 'paste', text: rest.join('\n') }]);
      return verdict;
    }),
  );
}

function unstamped(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, ''));
}

describe('a log that was cut', () => {
  it.each(Object.entries(HEALTHY))('never turns a login that worked into a fault: %s', (_name, lines) => {
    expect(verdictsOf(lines)).not.toContain('broken');
    expect(verdictsOf(unstamped(lines))).not.toContain('broken');
  });

  it.each(Object.entries(BROKEN))('never turns a fault into a login that worked: %s', (_name, lines) => {
    expect(verdictsOf(lines)).not.toContain('healthy');
    expect(verdictsOf(unstamped(lines))).not.toContain('healthy');
  });
});
