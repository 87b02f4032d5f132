import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchmarksPage } from '../../bench/benchmarks-page.ts';
import type { Row } from '../../bench/figure.ts';
import { measureAll } from '../../bench/measure-all.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
});
afterAll(() => rm(folder, { recursive: true }));

const FIGURE: Row = { what: 'work', value: 2, unit: 's', beside: { what: 'peer', value: 4 } };
const PRINT = `console.log(${JSON.stringify(JSON.stringify(FIGURE))});`;

async function rowsOf(source: string, hangsMs?: number): Promise<readonly Row[]> {
  const path = join(folder, 'one.mjs');
  await writeFile(path, source);
  const measurement = { name: 'one', title: 'One', about: 'About.', args: [], entry: [path] };
  const [section] = await measureAll([measurement], () => undefined, hangsMs);
  return section?.rows ?? [];
}

describe('measureAll', () => {
  it.each<[string, string, readonly Row[]]>([
    ['that ends well', PRINT, [FIGURE]],
    [
      'that fails after its first figure',
      `${PRINT} throw new TypeError('no device');`,
      [FIGURE, { what: 'the bench', failed: 'TypeError: no device' }],
    ],
    [
      'that is killed',
      `process.kill(process.pid, 'SIGKILL');`,
      [{ what: 'the bench', failed: 'it ended with null' }],
    ],
    ['that measures nothing', '', [{ what: 'the bench', failed: 'it measured nothing' }]],
  ])('keeps the rows of a bench %s', async (_, source, expected) => {
    expect(await rowsOf(source)).toEqual(expected);
  });

  it('ends a bench that hangs, with what it started', async () => {
    const source = `import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(JSON.stringify({ what: String(child.pid), value: 1, unit: 's' })); setInterval(() => {}, 1000);`;
    // The child holds the output open: this resolves only when it is gone.
    expect(await rowsOf(source, 5000)).toContainEqual({ what: 'the bench', failed: 'no end after 5 s' });
  });

  it('goes on with the next bench after one that fails', async () => {
    const good = join(folder, 'good.mjs');
    const bad = join(folder, 'bad.mjs');
    await writeFile(good, PRINT);
    await writeFile(bad, 'process.exit(3)');
    const measurements = [bad, good].map((path) => ({
      name: path,
      title: path,
      about: '',
      args: [],
      entry: [path],
    }));
    const sections = await measureAll(measurements, () => undefined);
    expect(sections.map(({ rows }) => rows)).toEqual([
      [{ what: 'the bench', failed: 'it ended with 3' }],
      [FIGURE],
    ]);
  });
});

describe('benchmarksPage', () => {
  const rows: readonly Row[] = [
    { ...FIGURE, goal: { of: 'ratio', most: 0.4 } },
    { what: 'memory', value: 1200, unit: 'MB', goal: { of: 'value', most: 1500 }, note: 'a | b' },
    { what: 'too quick', value: 1, unit: 's', beside: { what: 'nothing', value: 0 } },
    { what: 'beside lnav', notMeasured: 'lnav is not on PATH' },
    { what: 'the bench', failed: 'Error: <x>' },
  ];
  const page = benchmarksPage({
    sections: [
      {
        name: 'logs',
        title: 'Logs',
        about: 'About.',
        args: ['1', 'a b'],
        rows,
        seconds: 90,
        load: { before: '0.1', after: '1.9' },
      },
    ],
    machine: { Memory: '8 GB' },
    versions: { lnav: undefined, grep: '3.11' },
    commit: 'abc',
    day: '2026-01-02',
    isShort: false,
  });

  it.each([
    '| work | 2.00 s | × 0.50 | peer: 4.00 s | at most × 0.40: MISSED |  |',
    '| memory | 1,200 MB |  |  | at most 1,500 MB: met | a \\| b |',
    '| too quick | 1.00 s |  | nothing: 0.00 s |  |  |',
    '| beside lnav | not measured |  |  |  | lnav is not on PATH |',
    '| the bench | **failed** |  |  |  | Error: &lt;x> |',
    '| lnav | not installed |',
    '| grep | 3.11 |',
    '| Memory | 8 GB |',
    "`npm run bench -- logs 1 'a b'`: 90 s, load 0.1 before and 1.9 after.",
    'Measured on 2026-01-02 at commit abc',
    '1 of 2 goals are met. **1 bench failed.** 1 row was not measured.',
  ])('has %s', (text) => {
    // Columns are padded.
    expect(page.replace(/ +/g, ' ')).toContain(text.replace(/ +/g, ' '));
  });
});
