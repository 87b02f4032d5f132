import { expect, it } from 'vitest';
import { redactEvidence } from '../../../src/bot/intake/intake-thread.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';

const SECRET = 'qT7zWm4xRk9Lp2';

it.each([
  ['short', 10],
  ['long', 4_500],
])('redacts %s outputs, and other work is done meanwhile', async (what, entries) => {
  const comment = 'a comment of many words '.repeat(10);
  const entry = (at: number) =>
    `    edit "user-${at}"\n        set passwd ${SECRET}${at}\n        set comment "${comment}"\n    next\n`;
  const lines = Array.from({ length: entries }, (_, at) => entry(at));
  const text = `config user local\n${lines.join('')}end\n`;
  expect(text.length > 1_000_000).toBe(what === 'long');
  const items = [{ name: 'show user local', command: 'show user local', text }];
  let turns = 0;
  const tick = setInterval(() => (turns += 1), 1);
  const redacted = await redactEvidence(items);
  clearInterval(tick);
  expect(JSON.stringify(redacted)).not.toContain(SECRET);
  expect(redacted).toEqual(redact(items));
  if (what === 'long') expect(turns).toBeGreaterThan(5);
});
