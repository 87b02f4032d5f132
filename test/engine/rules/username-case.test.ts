import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { parseVersion } from '../../../src/engine/fortios/version.ts';
import { rule } from '../../../src/engine/rules/username-case-bypasses-2fa/rule.ts';

const FIXTURE = new URL(
  '../../../src/engine/rules/username-case-bypasses-2fa/fixtures/broken.txt',
  import.meta.url,
);

it.each([
  ['6.0.10', undefined],
  ['6.0.11', 'username-case-sensitivity'],
  ['6.2.4', undefined],
  ['6.2.5', 'username-case-sensitivity'],
  ['7.0.0', 'username-case-sensitivity'],
  ['7.0.1', 'username-sensitivity'],
  ['7.6.4', 'username-sensitivity'],
])('%s knows the setting as %s', (release, setting) => {
  const text = readFileSync(FIXTURE, 'utf8');
  const facts = readFacts(redact([{ name: 'paste', text }]).items.flatMap(toSections)).facts;
  const version = parseVersion(release);
  const judgement = rule.judge(facts, version ? { version } : {});
  const fix = judgement.verdict === 'broken' ? judgement.fix : undefined;
  expect(fix?.apply.map((line) => line.trim()).filter((line) => line.startsWith('set '))).toEqual(
    setting === undefined ? [] : [`set ${setting} disable`],
  );
  expect(fix?.note?.includes('upgrade') ?? false).toBe(setting === undefined);
});
