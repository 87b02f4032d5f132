import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rules/all-rules.ts';
import { ROOT_CAUSES, type RuleId } from '../../src/rules/rule-ids.ts';

const RULES_FOLDER = new URL('../../src/rules/', import.meta.url);
const ids = Object.keys(ROOT_CAUSES) as RuleId[];

describe('the root causes of the field notes', () => {
  it('are 70, each number once', () => {
    const numbers = ids.map((id) => ROOT_CAUSES[id].number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
  });

  it.each(ids)('%s is a rule with its page and fixtures', (id) => {
    expect(RULES.filter((rule) => rule.id === id)).toHaveLength(1);
    const folder = readdirSync(new URL(`${id}/`, RULES_FOLDER), { recursive: true }).map(String);
    expect(folder).toContain('rule.ts');
    expect(folder).toContain('page.md');
    for (const verdict of ['broken', 'healthy', 'unknown']) {
      expect(folder.some((name) => name.startsWith(`fixtures/${verdict}.`))).toBe(true);
    }
  });

  it('are listed in their order, and no folder is without a rule', () => {
    expect(RULES.map((rule) => rule.number)).toEqual(ids.map((_, index) => index + 1));
    const folders = readdirSync(RULES_FOLDER, { withFileTypes: true }).filter((each) => each.isDirectory());
    expect(folders.map((each) => each.name).toSorted()).toEqual(ids.toSorted());
  });

  it.each(RULES)('$id says to whom it applies and where that is written', (rule) => {
    expect(rule.title).not.toBe('');
    expect(rule.versions).not.toBe('');
    expect(rule.references.length).toBeGreaterThan(0);
  });
});
