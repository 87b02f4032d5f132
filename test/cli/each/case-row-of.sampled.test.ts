import { describe, expect, it } from 'vitest';
import { rowOfBackup, rowOfText } from '../../../src/cli/each/case-row-of.ts';
import { createRandom } from '../../fuzz/random.ts';
import { AMOUNT } from '../../support/amount.ts';
import { baseBackups, mutatedBackup } from './mutated-backups.ts';

const READ_AT = Date.UTC(2026, 2, 2);
const COUNT = { sample: 200, 'every case': 3_000, everything: 100_000 }[AMOUNT];

describe('the row of a backup', () => {
  it('is the same where only the blocks that matter are read, whatever was done to the backup', () => {
    const random = createRandom(18);
    const backups = baseBackups();
    const differing: string[] = [];
    let short = 0;
    for (let count = 0; count < COUNT; count += 1) {
      const bytes = mutatedBackup(backups, random);
      const row = rowOfBackup('x.conf', bytes, { readAt: READ_AT });
      if (row === undefined) continue;
      short += 1;
      if (JSON.stringify(row) === JSON.stringify(rowOfText('x.conf', bytes, { readAt: READ_AT }))) continue;
      differing.push(Buffer.from(bytes).toString());
    }
    expect(differing).toEqual([]);
    expect(short).toBeGreaterThan(COUNT / 10);
  });
});
