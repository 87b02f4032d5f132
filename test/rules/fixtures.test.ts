import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

/** What the rule says of the fixture. */
function judged(rule: string, file: string) {
  const text = readFileSync(new URL(`${rule}/fixtures/${file}`, RULES_FOLDER), 'utf8');
  const diagnosis = diagnoseCase(redactCase([{ name: file, text }]));
  return {
    check: diagnosis.checks.find((each) => each.rule === rule),
    finding: diagnosis.findings.find((each) => each.rule === rule),
  };
}

describe('rule fixtures', () => {
  it.each(fixtures)('$rule: $file', ({ rule, file, verdict }) => {
    const { check, finding } = judged(rule, file);
    expect(check?.verdict, `src/rules/${rule}/fixtures/${file}: the rule says “${check?.reason}”`).toBe(
      verdict,
    );
    expect(finding !== undefined).toBe(verdict === 'broken');
    if (finding) expect(finding.evidence.length).toBeGreaterThan(0);
  });
});

/**
 * `quotes.txt` of a rule holds, for at least one broken fixture, the lines that the finding must quote, each with its number:
 *
 *     broken.conf
 *       3: set status disable
 *
 * `npx vitest run test/rules/fixtures.test.ts -u` writes what the rule quotes now: read it before you commit it.
 */
describe('quoted lines', () => {
  it.each(RULES)('src/rules/$id/quotes.txt', async ({ id }) => {
    const url = new URL(`${id}/quotes.txt`, RULES_FOLDER);
    expect(existsSync(url), 'it is missing: it states the lines that the finding on a fixture quotes').toBe(
      true,
    );
    const files = readFileSync(url, 'utf8')
      .split('\n')
      .filter((line) => /^\S/.test(line));
    const own = fixtures.filter(({ rule }) => rule === id).map(({ file }) => file);
    expect(
      files.filter((file) => !own.includes(file)),
      'it names fixtures that do not exist',
    ).toEqual([]);
    expect(
      files.some((file) => file.startsWith('broken.')),
      'it names no broken fixture',
    ).toBe(true);
    await expect(files.map((file) => quotesOf(id, file)).join('\n')).toMatchFileSnapshot(fileURLToPath(url));
  });
});

function quotesOf(rule: string, file: string): string {
  const { check, finding } = judged(rule, file);
  const evidence = finding?.evidence ?? check?.evidence ?? [];
  return [file, ...evidence.map(({ line, text }) => `  ${line}: ${text}`), ''].join('\n');
}
