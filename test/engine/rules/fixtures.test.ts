import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';

/**
 * `broken.conf`, `healthy.multi-vdom.conf`, `unknown.cut.log` …: the first word of a fixture's name is the verdict that
 * its rule must reach on it, alone.
 */
const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);

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
  const diagnosis = diagnose([{ name: file, text }]);
  return {
    check: diagnosis.checks.find((each) => each.rule === rule),
    finding: diagnosis.findings.find((each) => each.rule === rule),
  };
}

describe('rule fixtures', () => {
  it.each(fixtures)('$rule: $file', ({ rule, file, verdict }) => {
    const { check, finding } = judged(rule, file);
    expect(
      check?.verdict,
      `src/engine/rules/${rule}/fixtures/${file}: the rule says “${check?.reason}”`,
    ).toBe(verdict);
    expect(finding !== undefined).toBe(verdict === 'broken');
    if (finding) expect(finding.evidence.length).toBeGreaterThan(0);
  });
});

/**
 * `quotes.txt` of a rule holds, for every broken fixture and others that it names, the lines that must be quoted, each
 * with its number:
 *
 *     broken.conf
 *       3: set status disable
 */
const WRITE = (id: string) => `npx vitest run test/engine/rules/fixtures.test.ts -u -t ${id}`;

describe('quoted lines', () => {
  it.each(RULES)('src/engine/rules/$id/quotes.txt', async ({ id }) => {
    const url = new URL(`${id}/quotes.txt`, RULES_FOLDER);
    const own = fixtures.filter(({ rule }) => rule === id).map(({ file }) => file);
    const named = new Set(existsSync(url) ? readFileSync(url, 'utf8').split('\n') : []);
    const listed = own.filter((file) => file.startsWith('broken.') || named.has(file));
    await expect(listed.map((file) => quotesOf(id, file)).join('\n')).toMatchFileSnapshot(
      fileURLToPath(url),
      `a wrong line is quoted, or, if every new line is right: ${WRITE(id)}`,
    );
  });
});

function quotesOf(rule: string, file: string): string {
  const { check, finding } = judged(rule, file);
  const evidence = finding?.evidence ?? check?.evidence ?? [];
  return [file, ...evidence.map(({ line, text }) => `  ${line}: ${text}`), ''].join('\n');
}
