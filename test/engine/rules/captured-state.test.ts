import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';

function fixOf(rule: RuleId, file: string) {
  const path = new URL(`../../../src/engine/rules/${rule}/fixtures/${file}`, import.meta.url);
  const items = [{ name: file, text: readFileSync(path, 'utf8') }];
  return diagnose(items).findings.find((each) => each.rule === rule)?.fix;
}

it('does not unlock, and lock again with its undo, an entry that was never locked', () => {
  const fix = fixOf('token-locked', 'broken.from-outside.txt');
  expect(fix).toMatchObject({ apply: [], undo: [] });
  expect(fix?.note).toContain('renew');
});

it('does not move the pushes back to a port that something else has taken', () => {
  expect(fixOf('push-port-mismatch', 'broken.txt')?.apply.join()).toContain('set server-port 4433');
  const fix = fixOf('push-port-mismatch', 'broken.taken.txt');
  expect(fix).toMatchObject({ apply: [], undo: [] });
  expect(fix?.note).toContain('10443');
});
