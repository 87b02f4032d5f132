import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { type EscalationJob, openJob } from '../../../src/oncall/jobs.ts';
import { createPager } from '../../../src/oncall/pager.ts';
import { threadPort } from '../../../src/oncall/thread/thread-port.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';

/** A process that pages until it is killed. What it is to open comes as JSON in `PAGER_DRAFT`, once. */
const {
  REDIS = '',
  PREFIX = '',
  SLACK_API = '',
  SLACK_TOKEN = '',
  INVENTORY = '',
  ROUTING = '',
} = process.env;
const draft = process.env.PAGER_DRAFT;

const inventory = parseInventory(INVENTORY, 'inventory.yaml');
const client = createDeliveryClient(SLACK_TOKEN, {
  slackApiUrl: SLACK_API,
  logger: boltLogger(silentLogger),
});
const queue = createBullmqQueue<EscalationJob, null>({
  url: REDIS,
  prefix: PREFIX,
  name: 'escalations',
  log: silentLogger,
  lockMs: 900,
});

const settings = inventory.escalation;
if (settings === undefined) throw new Error('no escalation in the inventory');
// No person waits for an answer here: a busy machine may take seconds to connect.
const records = createRedisRecords(openRedisGateway({ url: REDIS }, silentLogger, 60_000), PREFIX);
const escalations = createPager({
  settings: () => settings,
  inventory,
  queue,
  runs: createMemoryRunStore(),
  records,
  thread: threadPort(() => client, records),
  readSecret: async () => ROUTING,
  logger: silentLogger,
  now: Date.now,
  timeoutMs: 5000,
});
if (draft !== undefined) await queue.enqueue(openJob(JSON.parse(draft)));
await escalations.work();
