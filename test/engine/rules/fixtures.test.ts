import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { FIXTURE_PATHS, RULE_FIXTURES, type RuleFixture } from '../../support/rule-fixtures.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);

/** What the rule says of the fixture. */
function judged({ rule, path }: RuleFixture) {
  const { diagnosis } = diagnoseFixture(path);
  return {
    check: diagnosis.checks.find((each) => each.rule === rule),
    finding: diagnosis.findings.find((each) => each.rule === rule),
  };
}

describe('rule fixtures', () => {
  it('of several rules are all in the table', () => {
    const shared = readdirSync(new URL('shared/fixtures/', RULES_FOLDER));
    expect(shared.filter((file) => !FIXTURE_PATHS.includes(`shared/fixtures/${file}`))).toEqual([]);
  });

  it.each(RULE_FIXTURES)('$rule: $file', (fixture) => {
    const { check, finding } = judged(fixture);
    const { path, verdict } = fixture;
    expect(check?.verdict, `src/engine/rules/${path}: the rule says “${check?.reason}”`).toBe(verdict);
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
    const own = RULE_FIXTURES.filter(({ rule }) => rule === id);
    const named = new Set(existsSync(url) ? readFileSync(url, 'utf8').split('\n') : []);
    const listed = own.filter(({ file, verdict }) => verdict === 'broken' || named.has(file));
    await expect(listed.map(quotesOf).join('\n')).toMatchFileSnapshot(
      fileURLToPath(url),
      `a wrong line is quoted, or, if every new line is right: ${WRITE(id)}`,
    );
  });
});

function quotesOf(fixture: RuleFixture): string {
  const { check, finding } = judged(fixture);
  const evidence = finding?.evidence ?? check?.evidence ?? [];
  return [fixture.file, ...evidence.map(({ line, text }) => `  ${line}: ${text}`), ''].join('\n');
}
