import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ftmCheck } from './test-io.ts';

/** Who asked, which Slack alone knows, and how long it took. */
const NOT_COMPARED = /askedby/;

/** What a reader sees, without formats, marks and the blanks between parts of a line. A new rule changes how many are not checked. */
function words(text: string): string {
  return text.replaceAll(/[*_`▸\s]/g, '').replaceAll(/(?<=Notchecked\()\d+/g, 'N');
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' || typeof inner === 'object' ? textsOf(inner) : [],
  );
}

it('README.md shows what a check of the sample answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  const simulator = await startSimulator({ configText: sampleConfig('branch-07'), behaviour: {} });
  try {
    const inventory = join(folder, 'inventory.yaml');
    const { port, hostKeyLines: hostKeys } = simulator;
    const { name: username, password } = SIMULATED_USER;
    const device = { address: '127.0.0.1', port, username, password: { env: 'FGT_PASSWORD' }, hostKeys };
    await writeFile(inventory, JSON.stringify({ devices: { 'fgt-branch-07': device } }));
    const asked = ['check', 'fgt-branch-07', '--inventory', inventory, '--format', 'slack'];
    const { stdout } = await ftmCheck(asked, { env: { FGT_PASSWORD: password } });
    const answer = words(textsOf(JSON.parse(stdout).blocks).join(''));
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
    const example = readme.split('\n').filter((line) => line.startsWith('> '));
    const lines = example.map((line) => words(line.slice(2))).filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(20);
    const untrue = lines.filter((line) => !NOT_COMPARED.test(line) && !answer.includes(line));
    expect(untrue, 'lines of the example in README.md that the answer does not have').toEqual([]);
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true });
  }
});
