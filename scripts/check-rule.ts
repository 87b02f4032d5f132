import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { getRule } from '../src/engine/rules/all-rules.ts';
import { remainingSteps } from './rule-todos.ts';

/**
 * `npm run check:rule <id>`: what is left to fill in; if nothing is, format, fixtures, documentation, types and tests of this rule. It stops at the first
 * of these that fails, because one mistake usually breaks all that follow.
 */
const id = process.argv[2] ?? '';
process.exitCode = getRule(id) === undefined ? refuse() : check();

function refuse(): number {
  process.stderr.write(
    `There is no rule \`${id}\` in src/engine/rules/list.ts. Usage: npm run check:rule <id>; npm run new-rule <id> makes a rule.\n`,
  );
  return 2;
}

function check(): number {
  const steps = remainingSteps(id);
  if (steps.length === 0) return checkComplete();
  const lines = steps.flatMap(({ title, todos }) => [title, ...todos.map((todo) => `  ${todo}`)]);
  process.stdout.write(
    [
      `src/engine/rules/${id} is not complete. Fill in, in this order (docs/how-to/new-rule.md):`,
      ...lines,
      '',
    ].join('\n'),
  );
  const canJudge = !steps.some(({ title }) => title === '1. Fixtures' || title === '2. rule.ts');
  // Names the verdict of each fixture, while the later steps are still open, and writes which lines are quoted.
  if (canJudge && judgesFixtures() && steps.some(({ title }) => title === '3. quotes.txt')) writeQuotes();
  return 1;
}

function checkComplete(): number {
  // The fixtures come first: they take a second, and types and all rules half a minute.
  const isGreen =
    run('biome', ['check', '--write', ...globSync(`{src,test}/engine/rules/${id}`)]) &&
    judgesFixtures() &&
    run('npm', ['run', '-s', 'docs']) &&
    run('npm', ['run', '-s', 'check:types']) &&
    vitest(['test/engine/rules', 'test/report/documents/customer-draft.test.ts', '-t', id]) &&
    // A scenario that is wrong fails on every release: the first failure says it.
    vitest(['test/closed-loop', '-t', id, '--bail', '1']);
  if (!isGreen) return 1;
  process.stdout.write(
    `src/engine/rules/${id} is complete. Before you commit:
  npm run check
  npm test -- test/engine/rules test/engine/facts test/tools/docs.test.ts
`,
  );
  return 0;
}

function judgesFixtures(): boolean {
  return vitest(['test/engine/rules/fixtures.test.ts', '-t', `${id}: `]);
}

function writeQuotes(): void {
  rmSync(new URL(`../src/engine/rules/${id}/quotes.txt`, import.meta.url));
  vitest(['test/engine/rules/fixtures.test.ts', '-u', '-t', `${id}/quotes.txt`]);
  process.stdout.write(
    `src/engine/rules/${id}/quotes.txt is written: read whether each line is the one that decides.\n`,
  );
}

/** Every case instead of a sample (test/support/amount.ts): for one rule these are few. */
function vitest(args: readonly string[]): boolean {
  return run('vitest', ['run', '--project', 'pure', '--project', 'world', '--hideSkippedTests', ...args], {
    INVARIANTS: 'long',
  });
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}
