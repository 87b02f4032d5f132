import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT, type CommandBlock, commandBlocks } from './command-blocks.ts';
import { createLab, type Lab } from './lab.ts';
import { type ExpectedStatus, TRIED_BY, type TriedBy } from './tried-by.ts';

const byFile = Map.groupBy(commandBlocks(), ({ file }) => file);
const tried = [...byFile].flatMap(([file, blocks]) =>
  blocks.map((block, index) => [`${file}:${block.line}`, block, TRIED_BY[file]?.[index]] as const),
);

describe('command blocks of the documentation', () => {
  it('are all tried, or not with a reason', () => {
    const counts = Object.fromEntries([...byFile].map(([file, blocks]) => [file, blocks.length]));
    const expected = Object.entries(TRIED_BY).map(([file, blocks]) => [file, blocks.length]);
    expect(counts).toEqual(Object.fromEntries(expected));
  });

  it('name tests that exist', () => {
    const paths = tried.flatMap(([, , by]) => (by && 'tests' in by ? by.tests : []));
    expect(paths.filter((path) => !existsSync(join(CHECKOUT, path)))).toEqual([]);
  });

  it('says which are not tried', () => {
    for (const [place, , by] of tried) {
      if (by && 'notTried' in by)
        process.stderr.write(`\nNot tried: the commands at ${place}: ${by.notTried}.\n`);
    }
  });
});

describe('the commands of', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await createLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it.concurrent.each(tried.flatMap(runnable))(
    '%s give the exit status that the page means',
    async (_, block, expected) => {
      expect(block.lines).toHaveLength(expected.length);
      for (const [index, line] of block.lines.entries()) await tryLine(line, expected[index] ?? 0);
    },
  );

  async function tryLine(line: string, expected: ExpectedStatus): Promise<void> {
    if (typeof expected === 'object') {
      const ran = await lab.run(line, expected.started);
      expect(ran.stderr, line).toMatch(expected.started);
      return;
    }
    const { status, stdout, stderr } = await lab.run(line);
    expect(status, `${line}\n${stdout.slice(-500)}${stderr.slice(-1000)}`).toBe(expected);
  }
});

function runnable([place, block, by]: readonly [string, CommandBlock, TriedBy | undefined]) {
  return by && 'run' in by ? [[place, block, by.run] as const] : [];
}
