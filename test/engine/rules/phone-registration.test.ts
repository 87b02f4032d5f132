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

const ANDROID = PUSHED.map((line) => line.replace('"platform":"ios"', '"platform":"android"'));
const NEW_IPHONE = 'Pilar gets no push since she has a new iPhone.';

it.each([
  ['an iPhone', NEW_IPHONE, ANDROID, 'phone-registration-stale'],
  ['a Samsung', 'Pilar gets no push since she has a new Samsung.', PUSHED, 'phone-registration-stale'],
  ['of the same make', NEW_IPHONE, PUSHED, undefined],
  ['not said', 'Pilar gets no push.', ANDROID, undefined],
  ['that answered', NEW_IPHONE, [...ANDROID, ...log.tlsAlert(9, '0x230')], undefined],
  ['that shows the push', `${NEW_IPHONE}\nToday her phone rings.`, ANDROID, undefined],
])('a push goes to the old phone where the new one is %s', (_what, said, lines, rule) => {
  const text = [said, '', ...lines].join('\n');
  const { findings } = diagnose([{ name: 'paste 1', text }]);
  expect(findings.find((each) => each.rule === 'phone-registration-stale')?.rule).toBe(rule);
});
