import { describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { TWO_USERS_LOG } from '../../src/demo/two-users.ts';
import { redactCase } from '../../src/redact/redact-case.ts';

function diagnose(...texts: string[]) {
  return diagnoseCase(redactCase(texts.map((text, index) => ({ name: `paste ${index + 1}`, text }))));
}

describe('an answer after the VPN had given up', () => {
  const { firstBrokenHop, findings, checks } = diagnose(TWO_USERS_LOG);

  it('breaks at the approval, whoever else was quick', () => {
    expect(firstBrokenHop).toBe('approval');
    expect(findings.map(({ rule, explainedBy }) => [rule, explainedBy])).toEqual([
      ['vpn-wait-too-short', undefined],
      ['token-expiry-too-short', 'vpn-wait-too-short'],
    ]);
  });

  it('leaves open whether the phone rang late or the user was slow', () => {
    expect(checks.find((check) => check.rule === 'phone-not-notified')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('marlow answered 93 s after the push'),
    });
  });
});
