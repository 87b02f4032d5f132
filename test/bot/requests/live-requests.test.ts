import { expect, it } from 'vitest';
import { instrumentRequests } from '../../../src/bot/monitoring/instrument-requests.ts';
import { createRequestService } from '../../../src/bot/requests/create-requests.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { JobResult } from '../../../src/platform/queue/run-queue.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import type { CheckTarget } from '../../../src/platform/runs/run.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';

const inventory = parseInventory(
  `
defaults: { username: u, password: { env: P } }
devices:
  fgt-watched: { address: 192.0.2.1, live: { max: 2m } }
  fgt-quiet: { address: 192.0.2.2 }
access: [{ users: [UANA], devices: ["*"] }]
`,
  'inventory.yaml',
);

function open() {
  const lines: Record<string, unknown>[] = [];
  const audit = openAuditTrail(
    {
      write(bytes) {
        lines.push(JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
        return bytes.length;
      },
      close() {},
    },
    () => 0,
  );
  const queue = createInProcessQueue<QueueJob, JobResult>({ log: silentLogger });
  const metrics = new Metrics();
  const requests = instrumentRequests(
    createRequestService({
      groupLimit: 3,
      inventory,
      queue,
      runs: createMemoryRunStore(),
      records: createMemoryRecords(),
      logger: silentLogger,
      now: () => 0,
      userGroupsOf: async () => [],
      postQueued: async () => undefined,
      onWaiting: () => undefined,
      past: {} as never,
      autodetect: {} as never,
    }),
    { audit, metrics, logger: silentLogger },
  );
  const ask = (runId: string, request: Partial<CheckTarget>) =>
    requests.accept({
      runId,
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      kind: 'check',
      alias: 'fgt-watched',
      ...request,
    });
  return { requests, ask, lines, metrics };
}

it('a live check joins nothing, and nothing joins it', async () => {
  const { ask } = open();
  expect(await ask('run-1', { user: 'wren' })).toMatchObject({ state: 'queued', ahead: 0 });
  expect(await ask('run-2', { user: 'wren', live: 60 })).toMatchObject({ state: 'queued', ahead: 1 });
  expect(await ask('run-3', { user: 'wren', live: 60 })).toMatchObject({ state: 'queued', ahead: 2 });
  expect(await ask('run-4', { user: 'wren' })).toMatchObject({ state: 'joined', leader: 'run-1' });
});

it.each([
  ['fgt-quiet', 60, 'live-not-here', 'ftm_not_allowed', /Live debug is not allowed on fgt-quiet/],
  ['fgt-watched', 121, 'live-out-of-bounds', 'ftm_usage', /for 10 to 120 seconds/],
])('refuses %s for %d s, and has it on record: %s', async (alias, live, reason, code, message) => {
  const { requests, ask, lines, metrics } = open();
  const permission = await requests.authorise({
    verb: 'check',
    way: 'command',
    user: 'UANA',
    channel: 'C1',
    alias,
    live,
  });
  expect(permission).toMatchObject({ kind: 'refused', reason });
  expect(lines.at(-1)).toMatchObject({
    event: 'request.refused',
    reason,
    device: alias,
    actor: { user: 'UANA' },
  });
  expect(await metrics.text()).toContain(`ftm_check_refusals_total{reason="${reason}"} 1`);
  const accepted = await ask('run-1', { alias, live });
  expect(accepted).toMatchObject({
    state: 'refused',
    error: { code, message: expect.stringMatching(message) },
  });
});
