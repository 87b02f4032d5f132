import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordWrites } from '../support/record-writes.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, SUPPORT, startTestSystem } from './test-system.ts';

let server: TestRedis | undefined;
beforeAll(async () => {
  server = await openTestRedis();
});
afterAll(() => server?.stop());

/** Long, so that few entries are needed. */
const COMMENT = 'a comment of many words '.repeat(10);
const ADDRESSES = Array.from(
  { length: 3_200 },
  (_, at) =>
    `    edit "host-${at}"\n        set subnet 192.0.2.${at & 255} 255.255.255.255\n        set comment "${COMMENT}"\n    next\n`,
);
const BACKUP = [
  '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n',
  'config system ftm-push\n    set status disable\nend\nconfig firewall address\n',
  ...ADDRESSES,
  'end\n',
].join('');

it('is answered from beside its job, and nothing of it is left there', async ({ skip }) => {
  skip(server === undefined);
  const { url, prefix } = server as TestRedis;
  await using system = await startTestSystem({ redis: { url, prefix } });
  const redis = new Redis(url);
  using writes = await recordWrites(url);
  expect(BACKUP.length).toBeGreaterThan(1_000_000);
  const files = [{ name: 'fgt.conf', content: BACKUP }];
  const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: '', files });
  const [run] = await system.answered({ thread: message.ts });
  expect(run?.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { firstBrokenHop: 'push-service' } });
  const key = `${prefix}:record:evidence:${run?.id}`;
  await until(async () => (await redis.exists(key)) === 0, 'it is removed');
  expect(writes.soFar().includes(key)).toBe(true);
  const kept = await redis.keys(`${prefix}:*`);
  expect(kept.filter((each) => each.includes('evidence:run-'))).toEqual([]);
  await redis.quit();
});
