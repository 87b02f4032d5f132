import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCS_FOLDER, renderRuleDocs } from '../../scripts/rule-docs.ts';

const docs = renderRuleDocs();

it.each([...docs.keys()])('docs/rules/%s is what its rule says now (npm run docs)', (name) => {
  expect(readFileSync(new URL(name, DOCS_FOLDER), 'utf8')).toBe(docs.get(name));
});

it('holds no page of a rule that is gone, and no link to one', () => {
  expect(readdirSync(DOCS_FOLDER).toSorted()).toEqual([...docs.keys()].toSorted());
  for (const [name, text] of docs) {
    const targets = [...text.matchAll(/\]\(([^)]+\.md)\)/g)].map((match) => match[1] ?? '');
    expect(
      targets.filter((target) => !docs.has(target)),
      name,
    ).toEqual([]);
  }
});
