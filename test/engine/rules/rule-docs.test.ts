import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderPage, ruleTextUrl } from '../../../scripts/rule-docs.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { ruleCode } from '../../../src/engine/rules/rule-code.ts';

const RUN = 'out of date: npm run docs';

describe.each(RULES)('src/engine/rules/$id/page.md', (rule) => {
  const page = readFileSync(ruleTextUrl(rule), 'utf8');

  it('has the versions and sources of rule.ts', () => {
    expect(page, RUN).toBe(renderPage(rule));
  });

  it('is called after its rule', () => {
    const heading = `# ${rule.id} (${ruleCode(rule.number)})`;
    expect(page.split('\n')[0], 'the first line').toBe(heading);
  });

  it('links to files that exist', () => {
    expect(brokenLinks(page, ruleTextUrl(rule))).toEqual([]);
  });
});

function brokenLinks(text: string, from: URL): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !target.startsWith('https://') && !existsSync(new URL(target, from)));
}
