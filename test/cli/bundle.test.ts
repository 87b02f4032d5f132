import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { withDeviceInFolder } from './device-fixture.ts';
import { ftmCheck } from './test-io.ts';

const SECRET = 'hunter2-hunter2';
const CONFIG = `${sampleConfig('branch-07')}\nconfig user radius\n    edit "r"\n        set secret ${SECRET}\n    next\nend\n`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-bundle-'));
  await writeFile(join(folder, 'backup.conf'), CONFIG);
});
afterEach(() => rm(folder, { recursive: true }));

/** Texts by their path below the archive's folder. */
async function unpacked(path: string): Promise<Map<string, string>> {
  const files = unzipSync(await readFile(path));
  return new Map(
    Object.entries(files).map(([name, bytes]) => [name.replace(/^[^/]+\//, ''), strFromU8(bytes)]),
  );
}

describe('bundle', () => {
  it('packs what `analyze` says of the same files, without their secrets', async () => {
    const output = join(folder, 'case.zip');
    const ran = await ftmCheck(['bundle', join(folder, 'backup.conf'), '--output', output]);
    expect(ran).toMatchObject({ status: 0, stdout: '' });
    expect(ran.stderr).toMatch(/^Wrote .*case\.zip \(\d+ KB\)\. ticket\.txt/);
    const files = await unpacked(output);
    const analyzed = await ftmCheck(['analyze', join(folder, 'backup.conf'), '--format', 'json']);
    expect(files.get('diagnosis.json')).toBe(analyzed.stdout);
    expect(files.get('ticket.txt')).toContain('2026-01-07 14:30:00 UTC: read by ftm-check');
    expect(files.get('report.html')).toContain('<!doctype html>');
    expect([...files.keys()].some((path) => path.startsWith('outputs/'))).toBe(true);
    for (const text of files.values()) expect(text).not.toContain(SECRET);
    const sums = (files.get('SHA256SUMS') ?? '').trimEnd().split('\n');
    expect(sums).toHaveLength(files.size - 1);
    for (const line of sums) {
      const [sum, path = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(files.get(path) ?? 'missing')
          .digest('hex'),
      ).toBe(sum);
    }
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('never replaces a file', async () => {
    const taken = join(folder, 'backup.conf');
    const ran = await ftmCheck(['bundle', taken, '--output', taken]);
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('it exists') as string });
    expect(await readFile(taken, 'utf8')).toBe(CONFIG);
  });

  it('reads a device, and packs the evidence of a check in the same way', async () => {
    await withDeviceInFolder({}, async ({ inventory, env, folder: own }) => {
      const read = join(own, 'read.zip');
      const ran = await ftmCheck(
        ['bundle', '--device', 'fgt', '--user', 'marlow', '--inventory', inventory, '--output', read],
        { env },
      );
      expect(ran).toMatchObject({ status: 0, stdout: '' });
      const saved = join(own, 'saved');
      await ftmCheck(
        ['check', 'fgt', '--user', 'marlow', '--inventory', inventory, '--save-evidence', saved],
        { env },
      );
      const packed = join(own, 'packed.zip');
      expect((await ftmCheck(['bundle', saved, '--output', packed])).status).toBe(0);
      const [one, other] = [await unpacked(read), await unpacked(packed)];
      expect([...one.keys()]).toEqual([...other.keys()]);
      expect(one.get('ticket.txt')).toMatch(/^Subject: fgt: /);
      expect(one.get('commands.txt')).toContain('get system status');
      expect(one.get('ticket.txt')).toBe(other.get('ticket.txt'));
      for (const text of one.values()) expect(text).not.toContain(SIMULATED_USER.password);
    });
  });

  it('leaves nothing behind where it cannot answer', async () => {
    await writeFile(join(folder, 'empty.log'), '');
    for (const [args, status] of [
      [[join(folder, 'none.log')], 2],
      [[join(folder, 'empty.log')], 2],
      [[join(folder, 'backup.conf'), '--device', 'fgt'], 2],
      [[join(folder, 'backup.conf'), '--user', 'marlow'], 2],
      [['--device', 'nowhere', '--inventory', join(folder, 'none.yaml')], 2],
    ] as const) {
      const output = join(folder, 'case.zip');
      expect((await ftmCheck(['bundle', ...args, '--output', output])).status).toBe(status);
      expect(existsSync(output)).toBe(false);
    }
    expect(await readdir(folder)).toEqual(['backup.conf', 'empty.log']);
  });

  it('refuses what is too large for an archive', async () => {
    await writeFile(join(folder, 'long.log'), `${'x'.repeat(1023)}\n`.repeat(21 * 1024));
    const ran = await ftmCheck(['bundle', join(folder, 'long.log'), '--output', join(folder, 'case.zip')]);
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('20 MB are read') as string });
  });
});
