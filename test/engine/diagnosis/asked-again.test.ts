import { expect, it } from 'vitest';
import { parsePromptLine } from '../../../src/engine/fortios/prompt.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { FIXTURE_PATHS } from '../../support/rule-fixtures.ts';

/** A command with its whole answer, at a prompt, before another prompt. */
function answeredIn(text: string): ReadonlySet<string> {
  const lines = text.split('\n');
  const answered = new Set<string>();
  let typed: { readonly command: string; readonly at: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const prompt = parsePromptLine(line);
    if (!prompt) continue;
    if (typed !== undefined && isWhole(lines.slice(typed.at + 1, at))) answered.add(typed.command);
    typed = prompt.context === undefined ? { command: prompt.command, at } : undefined;
  }
  return answered;
}

/** Global tables that stand in a text without VDOMs and without a prompt, with more than one entry. */
function shownIn(text: string): readonly string[] {
  if (/^config (?:vdom|global)$|vdom=1|\S # /m.test(text)) return [];
  const tables = [...text.matchAll(/^config (system (?:interface|admin))\n([\s\S]*?)^end$/gm)];
  return tables.flatMap(([, path, body = '']) =>
    (body.match(/^ {4}edit /gm) ?? []).length > 1 && !/--More--|^\s*\.{3}/m.test(body)
      ? [`show ${path}`]
      : [],
  );
}

/** Not refused, and not cut within a block. */
function isWhole(answer: readonly string[]): boolean {
  const opens = answer.filter((line) => /^\s*config /.test(line)).length;
  const closes = answer.filter((line) => /^\s*end\s*$/.test(line)).length;
  return (
    answer.some((line) => line.trim() !== '') &&
    opens === closes &&
    !answer.some((line) => /Command fail|Unknown action|--More--|command parse error/.test(line))
  );
}

const asked = FIXTURE_PATHS.map((name) => {
  const { diagnosis, evidence } = diagnoseFixture(name);
  const commands = diagnosis.missing.flatMap((each) => each.commands);
  const text = evidence.map((each) => each.text).join('\n');
  const answered = new Set([...answeredIn(text), ...shownIn(text)]);
  return { name, again: commands.filter((command) => answered.has(command)), answered: answered.size };
});

it('no answer asks for what was pasted whole', () => {
  expect(asked.filter(({ again }) => again.length > 0)).toEqual([]);
  expect(asked.filter(({ answered }) => answered > 0).length).toBeGreaterThan(20);
});
