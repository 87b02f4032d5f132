import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { KINDS } from '../../bench/memory-inputs.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Cells of the rows of the first table after a heading, without its head. */
function tableAfter(page: string, heading: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`\n${heading}\n`);
  const lines = after.split('\n');
  const from = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(from);
  return rest
    .slice(
      2,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Heap of a pod in megabytes: Node takes half of the limit. */
function heapOf(role: 'bot' | 'worker'): number {
  const values = parse(read('helm/ftm-check/values.yaml')) as Record<
    string,
    { resources: { limits: { memory: string } } }
  >;
  return Number.parseInt(values[role]?.resources.limits.memory ?? '', 10) / 2;
}

it('the table of memory has the rows, figures and heaps of the bench', () => {
  const measured = tableAfter(read('docs/reference/benchmarks.md'), '## Memory for the largest inputs');
  const shown = tableAfter(read('docs/how-to/operations.md'), '## Memory');
  expect(measured.map(([what]) => what)).toEqual([
    ...KINDS.map(({ place, name }) => `${place}: ${name}`),
    'worker: device session of 64 MB',
  ]);
  expect(shown.map(([, input, peak]) => [input, peak])).toEqual(
    measured.map(([what = '', figure]) => [what.replace(/^\w+: /, ''), figure]),
  );
  const heaps = {
    bot: `bot, ${heapOf('bot')} MB`,
    worker: `worker, ${heapOf('worker')} MB`,
    terminal: 'terminal',
  };
  expect(shown.map(([place]) => place)).toEqual([...KINDS.map(({ place }) => heaps[place]), heaps.worker]);
});
