import { beforeEach, describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import type { IncomingAlert } from '../../src/escalation/intake/alert.ts';
import { createAlertIndex } from '../../src/escalation/intake/alert-index.ts';
import { type StartRun, takeAlert } from '../../src/escalation/intake/take-alert.ts';
import { FtmError } from '../../src/ftm-error.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { createMemoryRecords } from '../../src/store/memory-records.ts';

const MINUTE = 60_000;
const inventory = parseInventory(
  `
defaults: { username: audit, password: { env: X } }
groups: { branches: }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches] }
  fgt-branch-08: { address: "2001:db8::8", groups: [branches] }
  fgt-hq: { address: fw.example.com }
`,
  'inventory.yaml',
);

describe('an alert', () => {
  let now: number;
  let runs: Parameters<StartRun>[0][];
  let refusal: FtmError | undefined;
  let breakAfter: number;
  let take: (alert: Partial<IncomingAlert>) => ReturnType<typeof takeAlert>;

  beforeEach(() => {
    now = 0;
    runs = [];
    refusal = undefined;
    breakAfter = Number.POSITIVE_INFINITY;
    const memory = createMemoryRecords(() => now);
    const alertIndex = createAlertIndex({
      ...memory,
      async put(...record) {
        const isWritten = await memory.put(...record);
        breakAfter -= 1;
        // What was written stands, but nobody hears of it.
        if (breakAfter === 0) throw new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
        return isWritten;
      },
    });
    take = (alert) =>
      takeAlert(
        { source: 'generic', id: 'a', title: 'push is dead', names: [], ...alert },
        {
          inventory,
          channels: [{ devices: ['branches'], channel: 'C0BRANCHES' }],
          alertIndex,
          logger: silentLogger,
          async start(run) {
            if (refusal) return { state: 'refused', error: refusal };
            runs.push(run);
            return { state: 'accepted' };
          },
        },
      );
  });

  it.each([
    ['by alias', 'FGT-Branch-07', 'fgt-branch-07'],
    ['by address', '192.0.2.7', 'fgt-branch-07'],
    ['by address and port', '192.0.2.7:9100', 'fgt-branch-07'],
    ['by an IPv6 address', '2001:DB8::8', 'fgt-branch-08'],
    ['by one with port', '[2001:db8::8]:9100', 'fgt-branch-08'],
  ])('starts a check of what it names %s', async (_, name, alias) => {
    expect(await take({ names: ['nothing', name] })).toMatchObject({ kind: 'started', alias });
    expect(runs).toMatchObject([
      {
        kind: 'check',
        alias,
        replyTo: { channel: 'C0BRANCHES' },
        asker: { id: 'alert:generic' },
      },
    ]);
  });

  it.each([
    ['a device nobody knows', ['fgt-unknown', '203.0.113.9']],
    ['a part of a name', ['fgt-branch']],
    ['a device without a channel', ['fgt-hq']],
    ['nothing', []],
  ])('starts nothing for %s', async (_, names) => {
    expect((await take({ names })).kind).toBe('ignored');
    expect(runs).toEqual([]);
  });

  it('is one run, however often it comes, and others wait their turn', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    await take({ names });
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    expect(await take({ id: 'b', names })).toMatchObject({ kind: 'ignored' });
    now += 11 * MINUTE;
    expect(await take({ id: 'b', names })).toMatchObject({ kind: 'started' });
  });

  it.each([1, 2])('starts its check when it comes again, also where write %i was its last', async (nth) => {
    breakAfter = nth;
    await expect(take({ names: ['fgt-branch-07'] })).rejects.toThrow('away');
    expect(await take({ names: ['fgt-branch-07'] })).toMatchObject({ kind: 'started' });
    expect(runs).toHaveLength(1);
  });

  it('is to come again where it could not be kept, and not where it is not allowed', async () => {
    const names = ['fgt-branch-07'];
    refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(take({ names })).rejects.toBe(refusal);
    refusal = new FtmError('ftm_not_allowed', 'You may not ask for this here.');
    expect(await take({ names })).toEqual({ kind: 'ignored', reason: 'You may not ask for this here.' });
    refusal = undefined;
    expect((await take({ names })).kind).toBe('started');
  });
});
