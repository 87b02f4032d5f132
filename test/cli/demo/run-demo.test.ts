import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runDemo } from '../../../src/cli/demo/run-demo.ts';

describe('the demo', () => {
  it('shows both answers and leaves nothing behind', async () => {
    const before = await demoFolders();
    const shown: string[] = [];
    const noted: string[] = [];
    const { complete } = await runDemo({
      show: async (text) => void shown.push(text),
      note: async (text) => void noted.push(text),
      signal: new AbortController().signal,
    });
    expect(complete).toBe(true);
    const [check, paste] = shown;
    expect(check).toContain('trusthost1');
    expect(paste).toContain('marlow approved 14 s after the VPN had given up');
    expect(paste).toMatch(/… \d+ more lines/);
    expect(noted.join('\n')).toContain('Both answers arrived');
    expect(await demoFolders()).toEqual(before);
  });
});

async function demoFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('ftm-check-demo-')).sort();
}
