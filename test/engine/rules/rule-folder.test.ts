import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { remainingSteps } from '../../../scripts/rule-todos.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import * as list from '../../../src/engine/rules/list.ts';
import { RULE_FIXTURES } from '../../support/rule-fixtures.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
const VERDICTS = ['broken', 'healthy', 'unknown'];
const SECTIONS = ['Symptom', 'Cause', 'Fix', 'Evidence', 'What would flip the verdict'];

function pathOf(id: string, name: string): URL {
  return new URL(`${id}/${name}`, RULES_FOLDER);
}

describe('the list of rules (src/engine/rules/list.ts)', () => {
  it('has one line for every folder in src/engine/rules, and none for another', () => {
    const folders = readdirSync(RULES_FOLDER, { withFileTypes: true })
      .filter((each) => each.isDirectory() && each.name !== 'shared')
      .map((each) => each.name);
    expect(Object.keys(list).toSorted()).toEqual(folders.toSorted());
  });

  it.each(Object.entries(list))('%s is the id of its rule', (name, rule) => {
    expect(rule.id, `the id in src/engine/rules/${name}/rule.ts is the name of the folder`).toBe(name);
  });

  it('gives every rule a number of its own: RC numbers without a gap, V numbers above 100', () => {
    const all = RULES.map(({ number }) => number);
    expect(new Set(all).size, '`number` in rule.ts: two rules have the same').toBe(all.length);
    const rc = all.filter((number) => number <= 100).sort((a, b) => a - b);
    expect(rc, '`number` in rule.ts: a new rule of push takes the next one').toEqual(
      rc.map((_, index) => index + 1),
    );
  });
});

describe.each(RULES)('src/engine/rules/$id', ({ id, title, versions, references, place }) => {
  it('says what is wrong, which versions it applies to and where that is written', () => {
    expect(title, `${id}/rule.ts: title`).not.toBe('');
    expect(versions, `${id}/rule.ts: versions`).not.toBe('');
    expect(references.length, `${id}/rule.ts: references has no entry`).toBeGreaterThan(0);
  });

  it('says where the cause lies', () => {
    expect(place ?? 'on the FortiGate', `${id}/rule.ts: place continues “The cause lies”`).toMatch(
      /^(?:at|behind|between|in|on) .+[^.]$/,
    );
  });

  it('has nothing left to fill in', () => {
    expect(remainingSteps(id), `npm run check:rule ${id} lists what is left`).toEqual([]);
  });

  it('has a page with every section', () => {
    expect(existsSync(pathOf(id, 'page.md')), `src/engine/rules/${id}/page.md is missing`).toBe(true);
    const page = readFileSync(pathOf(id, 'page.md'), 'utf8');
    const missing = SECTIONS.filter((section) => !page.includes(`**${section}.**`));
    expect(missing, `sections that src/engine/rules/${id}/page.md lacks`).toEqual([]);
  });

  it('has a fixture for every verdict that is required', () => {
    const own = RULE_FIXTURES.filter(({ rule }) => rule === id);
    const missing = VERDICTS.filter((verdict) => !own.some((fixture) => fixture.verdict === verdict));
    expect(missing, `src/engine/rules/${id}/fixtures: no file for these verdicts`).toEqual([]);
  });
});
