import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { BENCHES } from '../../bench/benches.ts';

const BENCH = join(import.meta.dirname, '../../bench/bench.ts');

const hasTime = existsSync('/usr/bin/time');
if (!hasTime)
  process.stderr.write('\nThe benches are not tried: GNU time is not installed (Debian: time).\n');

it.skipIf(!hasTime)(
  '`npm run bench -- --short` measures something with every bench, and writes the page',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
    try {
      const path = join(folder, 'benchmarks.md');
      const args = [BENCH, '--short', '--output', path];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 3_600_000 });
      expect(stdout).toBe('');
      const page = await readFile(path, 'utf8');
      expect(page).not.toContain('failed');
      const sections = page.split(/^## /m).slice(2);
      expect(sections.map((section) => section.split('\n')[0])).toEqual(
        Object.values(BENCHES).map(({ title }) => title),
      );
      // A browser or a queue server may be missing here; a row then says so.
      for (const section of sections)
        expect(section, stderr).toMatch(/^\| [^|]+ \| (?:[\d,.]+ (?:s|ms|MB|KB|requests)|not measured) \|/m);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  3_600_000,
);
