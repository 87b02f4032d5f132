import { describe, expect, it } from 'vitest';
import { toFindings } from '../../../src/engine/diagnosis/findings.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import type { Confidence, Severity } from '../../../src/engine/rules/rule.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { noCliFix } from '../../../src/engine/rules/shared/fix.ts';

type Broken = readonly [id: RuleId, severity: Severity, confidence: Confidence, explains?: RuleId];

function ranked(...broken: readonly Broken[]): readonly string[] {
  const judged = broken.map(([id, severity, confidence, explains]) => {
    const rule = RULES.find((each) => each.id === id);
    if (!rule) throw new Error(`there is no rule ${id}`);
    const judgement = {
      verdict: 'broken' as const,
      severity,
      confidence,
      title: id,
      summary: id,
      evidence: [],
      fix: noCliFix('x'),
      explains: explains ? [explains] : [],
    };
    return { rule, judgement };
  });
  return toFindings(judged).map(({ rule }) => rule);
}

describe('the order of findings', () => {
  it.each<[string, readonly Broken[], readonly RuleId[]]>([
    [
      'is that of the steps, whatever they weigh',
      [
        ['push-cert-missing', 'critical', 'certain'],
        ['token-locked', 'low', 'possible'],
      ],
      ['token-locked', 'push-cert-missing'],
    ],
    [
      'puts the worse first at one step',
      [
        ['port-conflict-vip', 'high', 'certain'],
        ['local-in-policy-denies', 'critical', 'likely'],
      ],
      ['local-in-policy-denies', 'port-conflict-vip'],
    ],
    [
      'puts the surer first of two that weigh the same',
      [
        ['port-conflict-vip', 'critical', 'likely'],
        ['local-in-policy-denies', 'critical', 'certain'],
      ],
      ['local-in-policy-denies', 'port-conflict-vip'],
    ],
    [
      'puts what is only possible behind what is known',
      [
        ['push-proxy-unreachable', 'critical', 'possible'],
        ['ikev1-no-push', 'high', 'certain'],
      ],
      ['ikev1-no-push', 'push-proxy-unreachable'],
    ],
    [
      'puts what another finding explains last',
      [
        ['push-disabled', 'critical', 'certain', 'push-address-missing'],
        ['push-address-missing', 'critical', 'certain'],
        ['push-cert-missing', 'low', 'likely'],
      ],
      ['push-disabled', 'push-cert-missing', 'push-address-missing'],
    ],
  ])('%s', (_, broken, expected) => {
    expect(ranked(...broken)).toEqual(expected);
  });
});
