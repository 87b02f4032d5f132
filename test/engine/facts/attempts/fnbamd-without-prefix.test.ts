import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RULES } from '../../../../src/engine/rules/all-rules.ts';
import { diagnoseText, rulesIn } from '../../../support/diagnose-text.ts';

const RULES_FOLDER = new URL('../../../../src/engine/rules/', import.meta.url);
/** `[1738] ` in front of the name of a function, with or without a time. */
const PREFIX = /^((?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?)\[\d{1,6}\] (?=[A-Za-z_]\w{1,63}-)/gm;

const LOGS = RULES.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/fixtures/`, RULES_FOLDER))
    .filter((file) => /^broken.*\.(?:log|txt)$/.test(file))
    .map((file) => [`${id}/fixtures/${file}`] as const),
).filter(([path]) => textOf(path).match(PREFIX));

function textOf(path: string): string {
  return readFileSync(new URL(path, RULES_FOLDER), 'utf8');
}

it.each(LOGS)('%s says the same without the prefix of fnbamd', (path) => {
  const text = textOf(path);
  const bare = text.replace(PREFIX, '$1');
  const [usual, without] = [diagnoseText(text), diagnoseText(bare)];
  expect(rulesIn(without)).toEqual(rulesIn(usual));
  expect(without.attempts.map(({ user, outcome }) => [user, outcome])).toEqual(
    usual.attempts.map(({ user, outcome }) => [user, outcome]),
  );
});
