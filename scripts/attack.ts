import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, judgeAttacks, readAttacks, type TestFile } from './attacks.ts';

/**
 * `npm run attack [-- --long] [WORDS]`: runs the tests that docs/explanation/security.md names for each attack (whose name
 * holds the words), and prints which held. `--long` runs those of `npm run test:long` too.
 */
const END_MS = 5000;
const ROOT = join(import.meta.dirname, '..');
const words = process.argv.slice(2).filter((word) => word !== '--long');
const isLong = process.argv.includes('--long');
const page = readFileSync(join(ROOT, 'docs/explanation/security.md'), 'utf8');
const attacks = readAttacks(page).filter(({ name }) =>
  name.toLowerCase().includes(words.join(' ').toLowerCase()),
);
const judged = judgeAttacks(attacks, await runTests(attacks));
const width = Math.max(...judged.map(({ attack }) => attack.name.length));
for (const { attack, outcome, tests, problems } of judged) {
  const row = [outcome.padEnd(7), attack.name.padEnd(width), String(tests).padStart(4), attack.defence];
  process.stdout.write(`${row.join('  ')}\n${problems.map((problem) => `         ${problem}\n`).join('')}`);
}
const counts = Map.groupBy(judged, ({ outcome }) => outcome);
process.stdout.write(`\n${[...counts].map(([outcome, { length }]) => `${length} ${outcome}`).join(', ')}\n`);
process.exit(judged.length === 0 || counts.has('broke') ? 1 : 0);

async function runTests(wanted: readonly Attack[]): Promise<readonly TestFile[]> {
  const files = [...new Set(wanted.flatMap(({ claims }) => claims.map(({ path }) => path)))];
  const projects = ['pure', 'world', ...(isLong ? ['long'] : [])].flatMap((name) => ['--project', name]);
  const folder = mkdtempSync(join(tmpdir(), 'ftm-attack-'));
  const output = join(folder, 'results.json');
  try {
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`];
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', ...projects, ...reporters, ...files], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ended = once(child, 'exit');
    // What a failed test left open may keep Vitest from ending.
    while (child.exitCode === null && !existsSync(output)) await sleep(500);
    await Promise.race([ended, sleep(END_MS)]);
    child.kill('SIGKILL');
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as { testResults: readonly TestFile[] };
    return testResults.map((file) => ({ ...file, name: relative(ROOT, file.name) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
