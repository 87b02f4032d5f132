import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSecret } from '../../../src/platform/config/read-secret.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await writeFile(join(folder, 'secret'), '  hunter2\n');
  await writeFile(join(folder, 'empty'), '\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('readSecret', () => {
  it('reads a variable', async () => {
    expect(await readSecret({ env: 'P' }, { P: 'hunter2\n' })).toBe('hunter2');
  });

  it('reads a file without the white space around the secret', async () => {
    expect(await readSecret({ file: join(folder, 'secret') })).toBe('hunter2');
  });

  it.each([
    [{ env: 'NOT_THERE' }, 'The environment variable NOT_THERE is not set.'],
    [{ env: 'BLANK' }, 'The environment variable BLANK is empty.'],
    [{ file: '/nowhere/secret' }, 'The secret file /nowhere/secret cannot be read.'],
  ])('names the reference %j', async (ref, message) => {
    await expect(readSecret(ref, { BLANK: ' ' })).rejects.toMatchObject({
      code: 'ftm_config_invalid',
      message,
    });
  });

  it('does not take an empty file for a password', async () => {
    await expect(readSecret({ file: join(folder, 'empty') })).rejects.toMatchObject({
      code: 'ftm_config_invalid',
    });
  });
});
