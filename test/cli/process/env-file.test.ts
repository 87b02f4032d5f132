import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withEnvFile } from '../../../src/cli/process/env-file.ts';

describe('a file .env', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-env-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('sets what the environment does not', () => {
    expect(withEnvFile({ PORT: '1' }, folder)).toEqual({ PORT: '1' });
    writeFileSync(join(folder, '.env'), '# secrets\nPORT=3000\nFGT_PASSWORD="two words"\n');
    expect(withEnvFile({ PORT: '1' }, folder)).toEqual({ PORT: '1', FGT_PASSWORD: 'two words' });
  });
});
