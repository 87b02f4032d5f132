import { describe, expect, it } from 'vitest';
import { compareDiagnoses } from '../../../src/engine/diagnosis/compare.ts';
import type { Diagnosis, Finding } from '../../../src/engine/diagnosis/diagnosis.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { DEVICE_CHECK } from '../../report/fixtures.ts';

type Verdict = Diagnosis['checks'][number]['verdict'];

/** Rules with `broken` have a finding. */
function diagnosisOf(verdicts: Partial<Record<RuleId, Verdict>>): Diagnosis {
  const checks = Object.entries(verdicts).map(([rule, verdict]) => ({
    rule: rule as RuleId,
    verdict,
    reason: 'as found',
  }));
  const [sample] = DEVICE_CHECK.findings as [Finding];
  return {
    ...DEVICE_CHECK,
    checks,
    findings: checks
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ rule }) => ({ ...sample, rule, title: rule })),
  };
}

const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

describe('compareDiagnoses', () => {
  it.each<[string, Verdict | undefined, Verdict | undefined, string]>([
    ['found both times', 'broken', 'broken', 'same'],
    ['in order now', 'broken', 'healthy', 'fixed'],
    ['does not apply any more', 'broken', 'not-applicable', 'fixed'],
    ['could not be checked this time', 'broken', 'unknown', 'unseen'],
    ['contradictory this time', 'broken', 'conflicting', 'unseen'],
    ['not among the checks this time', 'broken', undefined, 'unseen'],
    ['new', 'healthy', 'broken', 'appeared'],
    ['new where nothing was known', undefined, 'broken', 'appeared'],
    ['fine both times', 'healthy', 'healthy', 'none'],
  ])('%s', (_, before, now, expected) => {
    const compared = compareDiagnoses(
      diagnosisOf(before === undefined ? {} : { 'push-disabled': before }),
      diagnosisOf(now === undefined ? {} : { 'push-disabled': now }),
    );
    const groups = Object.entries(compared).filter(([, findings]) => findings.length > 0);
    expect(groups.map(([name, findings]) => [name, rulesOf(findings)])).toEqual(
      expected === 'none' ? [] : [[expected, ['push-disabled']]],
    );
  });

  it('keeps the order of each side: of now for what is there, of then for what is gone', () => {
    const then = diagnosisOf({
      'push-disabled': 'broken',
      'token-locked': 'broken',
      'push-cert-missing': 'broken',
    });
    const now = diagnosisOf({
      'push-cert-missing': 'broken',
      'push-dns-failure': 'broken',
      'token-locked': 'healthy',
      'push-disabled': 'healthy',
    });
    const compared = compareDiagnoses(then, now);
    expect(rulesOf(compared.fixed)).toEqual(['push-disabled', 'token-locked']);
    expect(rulesOf(compared.same)).toEqual(['push-cert-missing']);
    expect(rulesOf(compared.appeared)).toEqual(['push-dns-failure']);
  });
});
