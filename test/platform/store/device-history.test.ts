import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import { MAX_CHECKS, type PastCheck, toPastCheck } from '../../../src/platform/runs/past-check.ts';
import { createDeviceHistory } from '../../../src/platform/store/device-history.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import type { Records } from '../../../src/platform/store/records.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';
import { HEALTHY } from '../../report/fixtures.ts';
import { openTestRedis } from '../../support/redis.ts';

const redis = await openTestRedis();
const { url = '', prefix = '' } = redis ?? {};
const door = redis === undefined ? undefined : openRedisGateway({ url }, silentLogger);
let places = 0;
afterAll(async () => {
  await door?.close();
  await redis?.stop();
});

const KEEP_MS = 1_000_000_000;

function check(run: string, at: number): PastCheck {
  return { run, at, verdict: 'broken', rules: ['push-disabled'], asker: { id: 'U0ANA', name: 'Ana' } };
}

const PLACES: readonly (readonly [string, () => Records])[] = [
  ['in memory', () => createMemoryRecords()],
  ...(door === undefined
    ? []
    : [['on Redis', () => createRedisRecords(door, `${prefix}${++places}`)] as const]),
];

it('is gone from the store after its time, too', async () => {
  let now = 1_000_000;
  const records = createMemoryRecords(() => now);
  await createDeviceHistory(records, { keepMs: KEEP_MS, now: () => now }).add('fgt-1', check('a', now));
  now += KEEP_MS - 1;
  expect(await records.get('history:fgt-1')).toBeDefined();
  now += 1;
  expect(await records.get('history:fgt-1')).toBeUndefined();
});

it.each([
  [{}, true],
  [{ user: 'marlow' }, false],
  [{ vdom: 'edge' }, false],
])('a check with %j excludes causes: %s', (focus, expected) => {
  const asker = { id: 'U0ANA' };
  const run = { id: 'a', asker, replyTo: { channel: 'C0' }, acceptedAt: 1, kind: 'check', ...focus } as const;
  const { excluded } = toPastCheck(run, { kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 1 });
  expect(excluded !== undefined && excluded.size > 0).toBe(expected);
});

describe.each(PLACES)('the history of devices %s', (_, open) => {
  const start = Date.now();

  it('keeps the checks of each device, oldest first', async () => {
    const history = createDeviceHistory(open(), { keepMs: KEEP_MS, now: () => start });
    await history.add('fgt-1', check('b', start - 1));
    await history.add('fgt-1', check('a', start - 2));
    await history.add('fgt-2', check('c', start));
    expect((await history.read('fgt-1')).map(({ run }) => run)).toEqual(['a', 'b']);
    expect(await history.read('fgt-1')).toContainEqual(check('a', start - 2));
    expect(await history.read('fgt-3')).toEqual([]);
    const seen: PastCheck = { ...check('d', start), verdict: 'healthy', proof: 'login' };
    await history.add('fgt-3', seen);
    expect(await history.read('fgt-3')).toEqual([seen]);
    expect(await history.devices()).toEqual(['fgt-1', 'fgt-2', 'fgt-3']);
  });

  it('notes which causes of earlier checks a check excludes, once', async () => {
    const history = createDeviceHistory(open(), { keepMs: KEEP_MS, now: () => start });
    const fine = (run: string, at: number) => ({
      ...check(run, at),
      rules: ['dns-fails'],
      excluded: new Set(['push-disabled', 'ftm-port-closed']),
    });
    await history.add('fgt-1', check('a', start - 3));
    await history.add('fgt-1', fine('b', start - 2));
    await history.add('fgt-1', fine('c', start - 1));
    const { excluded: _, ...stored } = fine('b', start - 2);
    expect(await history.read('fgt-1')).toEqual([
      check('a', start - 3),
      { ...stored, repaired: ['push-disabled'] },
      { ...stored, run: 'c', at: start - 1 },
    ]);
  });

  it('has a run once, however often it is added', async () => {
    const history = createDeviceHistory(open(), { keepMs: KEEP_MS, now: () => start });
    await history.add('fgt-1', check('a', start));
    await history.add('fgt-1', { ...check('a', start), verdict: 'healthy' });
    expect(await history.read('fgt-1')).toEqual([check('a', start)]);
  });

  it('keeps all of several that are added at once', async () => {
    const history = createDeviceHistory(open(), { keepMs: KEEP_MS, now: () => start });
    await Promise.all(['a', 'b', 'c'].map((run) => history.add('fgt-1', check(run, start))));
    expect((await history.read('fgt-1')).map(({ run }) => run).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('is bounded in number and in time', async () => {
    let now = start;
    const history = createDeviceHistory(open(), { keepMs: KEEP_MS, now: () => now });
    for (let index = 0; index < MAX_CHECKS + 3; index += 1)
      await history.add('fgt-1', check(`run-${index}`, start + index));
    const kept = await history.read('fgt-1');
    expect([kept.length, kept[0]?.run]).toEqual([MAX_CHECKS, 'run-3']);
    now = start + KEEP_MS + 50;
    expect(await history.read('fgt-1')).toHaveLength(MAX_CHECKS + 3 - 51);
  });

  it('has no checks from what cannot be read', async () => {
    const records = open();
    await records.put('history:fgt-1', '{', 0, KEEP_MS);
    const history = createDeviceHistory(records, { keepMs: KEEP_MS, now: () => start });
    expect(await history.read('fgt-1')).toEqual([]);
    await history.add('fgt-1', check('a', start));
    expect(await history.read('fgt-1')).toHaveLength(1);
  });
});
