import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import type { FeedbackEntry, FeedbackReport } from '../../../src/platform/runs/feedback-report.ts';
import { createFeedbackStore } from '../../../src/platform/store/feedback-store.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import type { Records } from '../../../src/platform/store/records.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';
import { openTestRedis } from '../../support/redis.ts';

const DAY = 24 * 3_600_000;
const EVIDENCE = [{ name: 'paste 1', text: 'a log' }];
const server = await openTestRedis();
const gateway = server && openRedisGateway({ url: server.url }, silentLogger);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
});

function report(runId: string, ...entries: readonly FeedbackEntry[]): FeedbackReport {
  return {
    runId,
    kind: 'analyze',
    acceptedAt: 1,
    verdict: 'broken',
    headline: 'a cause',
    rules: ['push-disabled'],
    version: '0.1.0',
    channel: 'C0SUPPORT',
    answerTs: '1.2',
    entries,
    hasEvidence: false,
  };
}

function wrong(user: string, at: number, comment?: string): FeedbackEntry {
  return { user, reason: 'wrong', at, comment };
}

function describeStore(name: string, open: () => Records): void {
  describe(`feedback ${name}`, () => {
    it('is kept with the evidence, newest first', async () => {
      const store = createFeedbackStore(open(), DAY);
      const now = Date.now();
      await store.add(report('a', wrong('U1', now - 3000)), EVIDENCE);
      await store.add(report('b', wrong('U1', now - 2000)), []);
      await store.add(report('c', wrong('U1', now - 1000)), EVIDENCE);
      expect((await store.since(0)).map(({ runId }) => runId)).toEqual(['c', 'b', 'a']);
      expect((await store.since(now - 2000)).map(({ runId }) => runId)).toEqual(['c', 'b']);
      expect((await store.since(0)).map(({ hasEvidence }) => hasEvidence)).toEqual([true, false, true]);
      expect(await store.evidence('a')).toEqual(EVIDENCE);
      expect(await store.evidence('b')).toEqual([]);
      expect(await store.get('a')).toEqual({ ...report('a', wrong('U1', now - 3000)), hasEvidence: true });
      expect(await store.get('none')).toBeUndefined();
    });

    it('has one entry for each person, the last one', async () => {
      const store = createFeedbackStore(open(), DAY);
      const now = Date.now();
      await store.add(report('a', wrong('U1', now - 3, 'first')), EVIDENCE);
      await store.add(report('a', wrong('U2', now - 2)), []);
      await store.add(report('a', wrong('U1', now - 1, 'second')), []);
      const [found] = await store.since(0);
      expect(found?.entries).toEqual([wrong('U2', now - 2), wrong('U1', now - 1, 'second')]);
      expect(found?.hasEvidence).toBe(true);
      expect(await store.evidence('a')).toEqual(EVIDENCE);
    });

    it('loses nothing that two people say at once', async () => {
      const store = createFeedbackStore(open(), DAY);
      const users = ['U1', 'U2', 'U3'];
      await Promise.all(users.map((user) => store.add(report('a', wrong(user, Date.now())), [])));
      const entries = (await store.get('a'))?.entries.map(({ user }) => user);
      expect(entries?.toSorted()).toEqual(users);
    });
  });
}

describeStore('in memory', () => createMemoryRecords());
describe.skipIf(gateway === undefined)('on Redis', () => {
  let count = 0;
  describeStore('on Redis', () => {
    count += 1;
    if (gateway === undefined || server === undefined) throw new Error('no Redis');
    return createRedisRecords(gateway, `${server.prefix}:${count}`);
  });
});

it('is gone after its time, with the evidence', async () => {
  let now = 1_000_000;
  const store = createFeedbackStore(
    createMemoryRecords(() => now),
    DAY,
  );
  await store.add(report('a', wrong('U1', now)), EVIDENCE);
  now += DAY - 1;
  expect(await store.evidence('a')).toEqual(EVIDENCE);
  await store.add(report('a', wrong('U2', now)), []);
  now += DAY - 1;
  expect(await store.evidence('a')).toEqual(EVIDENCE);
  now += 2;
  expect(await store.since(0)).toEqual([]);
  expect(await store.evidence('a')).toEqual([]);
});

it('leaves out what cannot be read', async () => {
  const records = createMemoryRecords();
  const store = createFeedbackStore(records, DAY);
  await records.put('feedback:x', '{"runId":1}', 0, DAY);
  await records.addMember('feedback', 'x', Date.now(), DAY);
  expect(await store.since(0)).toEqual([]);
  await store.add(report('x', wrong('U1', Date.now())), []);
  expect(await store.since(0)).toHaveLength(1);
});
