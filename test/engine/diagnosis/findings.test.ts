import { describe, expect, it } from 'vitest';
import { toFindings } from '../../../src/engine/diagnosis/findings.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import type { Confidence, Severity } from '../../../src/engine/rules/rule.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';
import { noCliFix } from '../../../src/engine/rules/shared/no-cli-fix.ts';

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

describe('a finding that explains another', () => {
  const titled = (id: RuleId, title: string, explains: readonly RuleId[]) => {
    const rule = RULES.find((each) => each.id === id);
    if (!rule) throw new Error(`there is no rule ${id}`);
    const fix = noCliFix('x');
    const judgement = { verdict: 'broken' as const, confidence: 'certain' as const, title, summary: title };
    return { rule, judgement: { ...judgement, evidence: [], fix, explains } };
  };

  it.each([
    ['wren: wrong password', 'wren was refused', true],
    ['wren: wrong password', 'wren.jr was refused', false],
    ['wren.jr and wren: wrong password', 'wren was refused', true],
    ['wren: wrong password', 'wren and ana were refused', false],
    ['The server does not answer', 'ana was refused', true],
  ])('“%s” explains “%s”: %s', (cause, symptom, isExplained) => {
    const judged = [
      titled('local-password-wrong', cause, ['password-rejected']),
      titled('password-rejected', symptom, []),
    ];
    const found = toFindings(judged, ['wren', 'wren.jr', 'ana']).find(
      ({ rule }) => rule === 'password-rejected',
    );
    expect(found?.explainedBy).toBe(isExplained ? 'local-password-wrong' : undefined);
  });
});

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
