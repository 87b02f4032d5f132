import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { RULES } from '../../src/rules/all-rules.ts';

/**
 * `broken.conf`, `healthy.multi-vdom.conf`, `unknown.cut.log` …: the first word of a fixture's name is the verdict that
 * its rule must reach on it, alone.
 */
const RULES_FOLDER = new URL('../../src/rules/', import.meta.url);

const fixtures = RULES.flatMap((rule) =>
  readdirSync(new URL(`${rule.id}/fixtures/`, RULES_FOLDER)).map((file) => ({
    rule: rule.id,
    file,
    verdict: file.split('.')[0] ?? '',
  })),
);

describe('rule fixtures', () => {
  it.each(fixtures)('$rule: $file', ({ rule, file, verdict }) => {
    const text = readFileSync(new URL(`${rule}/fixtures/${file}`, RULES_FOLDER), 'utf8');
    const diagnosis = diagnoseCase(redactCase([{ name: file, text }]));
    const check = diagnosis.checks.find((each) => each.rule === rule);
    expect(check).toMatchObject({ rule, verdict });
    const finding = diagnosis.findings.find((each) => each.rule === rule);
    expect(finding !== undefined).toBe(verdict === 'broken');
    if (finding) expect(finding.evidence.length).toBeGreaterThan(0);
  });
});
