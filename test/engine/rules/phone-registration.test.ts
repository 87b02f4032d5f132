import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import * as log from '../../scenarios/login-log.ts';

const LOGIN = { user: 'pilar' };
const PUSHED = [
  ...log.password(LOGIN, 0),
  ...log.connect(0),
  ...log.needToken(LOGIN, 0),
  ...log.twofa(LOGIN, 1, 80, 60),
  ...log.dumpPush(1),
];

function openQuestion(lines: readonly string[]): string | undefined {
  const { checks } = diagnose([{ name: 'paste 1', text: lines.join('\n') }]);
  return checks.find(({ rule }) => rule === 'phone-registration-stale')?.reason;
}

it('a phone whose TLS connection failed did answer', () => {
  expect(openQuestion(PUSHED)).toContain('did not answer');
  expect(openQuestion([...PUSHED, ...log.tlsAlert(9, '0x230')])).not.toContain('did not answer');
});
