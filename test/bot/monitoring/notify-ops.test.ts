import { beforeEach, describe, expect, it } from 'vitest';
import { createNotifyOps, type NotifyOps } from '../../../src/bot/monitoring/notify-ops.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const MINUTE = 60_000;
let at: number;
let said: string[];
let records: ReturnType<typeof createMemoryRecords>;
beforeEach(() => {
  at = 1_000 * MINUTE;
  said = [];
  records = createMemoryRecords(() => at);
});

const bot = (say: (text: string) => Promise<unknown> = async (text) => said.push(text)): NotifyOps =>
  createNotifyOps({ records, now: () => at, post: say });

describe('what bots tell of how it is', () => {
  it('is said once by all of them, and again with the next turn', async () => {
    const bots = [bot(), bot(), bot()];
    for (const tell of bots) expect(await tell('unwell', false)).toBe(true);
    for (const tell of bots) expect(await tell('well', true)).toBe(true);
    expect(said).toEqual(['unwell', 'well']);
  });

  it('is true in the end where it comes and goes', async () => {
    const tell = bot();
    await tell('unwell', false);
    await tell('well', true);
    at += MINUTE;
    expect(await tell('unwell', false)).toBe(false);
    at += 10 * MINUTE;
    expect(await tell('unwell', false)).toBe(true);
    expect(said).toEqual(['unwell', 'well', 'unwell']);
  });

  it('is said by another one, or later, where Slack was away', async () => {
    const tell = bot(() => Promise.reject(new Error('away')));
    await expect(tell('unwell', false)).rejects.toThrow('away');
    expect(await bot()('unwell', false)).toBe(true);
    expect(said).toEqual(['unwell']);
  });

  it('is posted if it is unknown whether it was posted before', async () => {
    records = { ...records, get: () => Promise.reject(new Error('Redis is away')) };
    expect(await bot()('unwell', false)).toBe(true);
    expect(said).toEqual(['unwell']);
  });
});
