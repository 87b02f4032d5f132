import type { Delivery } from '../../../src/bot/delivery/create-delivery.ts';
import { createDebugSessions } from '../../../src/bot/recovery/debug-sessions.ts';
import { startWorker } from '../../../src/bot/worker/start-worker.ts';
import type { WorkerOptions } from '../../../src/bot/worker/worker-options.ts';
import type { Collect } from '../../../src/device/collector.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import type { Run, RunOutcome } from '../../../src/platform/runs/run.ts';
import { createGroupStore } from '../../../src/platform/store/group-store.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import type { Records } from '../../../src/platform/store/records.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';
import { createSweepStore } from '../../../src/platform/store/sweep-store.ts';
import { until } from '../../support/until.ts';

const inventory = parseInventory(
  `
defaults: { username: u, password: { env: P } }
devices: { fgt-hq: { address: 192.0.2.1, vdom: customer-1 } }
access: [{ users: [UANA], devices: ["*"] }]
`,
  'inventory.yaml',
);

export const STATUS: EvidenceItem = {
  name: 'get system status',
  command: 'get system status',
  text: 'Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\nSerial-Number: FGT60FTK20000001\nHostname: fgt-hq',
};

/** A worker with a queue and a store in memory, and a Slack that takes every answer. */
export interface TestWorker {
  readonly queue: RunQueue;
  readonly runs: RunStore;
  readonly records: Records;
  readonly answers: readonly { readonly run: Run; readonly outcome: RunOutcome }[];
  /** Ids of runs whose progress was stopped, whose superseded answers were collapsed, and that got a picture. */
  readonly stopped: readonly string[];
  readonly collapsed: readonly string[];
  readonly pictured: readonly string[];
  /** The next `count` answers fail because Slack is unavailable. */
  failAnswers(count: number): void;
  start(collect: Collect, more?: Pick<WorkerOptions, 'onAnswered'>): Promise<void>;
  ask(runId: string, asker?: string): Promise<void>;
  answered(count?: number): Promise<void>;
  close(): Promise<void>;
}

export function openTestWorker(): TestWorker {
  const queue: RunQueue = createInProcessQueue({ log: silentLogger });
  const runs = createMemoryRunStore({ now: () => 3000 });
  const records = createMemoryRecords();
  const answers: TestWorker['answers'][number][] = [];
  const stopped: string[] = [];
  const collapsed: string[] = [];
  const pictured: string[] = [];
  let slackDown = 0;

  /** Delivers an answer once and remembers that, as the real one does. */
  const delivery: Delivery = {
    postPlaceholder: async (run) => ({ state: 'ready', run: { ...run, answerTs: '1.0' } }),
    progress: () => undefined,
    postQueued: async () => undefined,
    updateQueuePosition: async () => 0,
    stopProgress: async (id) => void stopped.push(id),
    attachReport: async () => ({ kind: 'attached' }),
    attachPicture: async ({ id }) => void pictured.push(id),
    collapseSuperseded: async ({ id }) => void collapsed.push(id),
    showGroup: () => undefined,
    async deliverGroup({ id }) {
      await runs.update(id, { answeredAt: Date.now() });
    },
    async deliver(run, outcome) {
      if (slackDown > 0) {
        slackDown -= 1;
        throw new FtmError('ftm_slack_failed', 'Slack is away.', { retryable: true });
      }
      if ((await runs.get(run.id))?.answeredAt !== undefined) return;
      answers.push({ run, outcome });
      await runs.update(run.id, { outcome, answeredAt: Date.now() });
    },
  };

  return {
    queue,
    runs,
    records,
    answers,
    stopped,
    collapsed,
    pictured,
    failAnswers(count) {
      slackDown = count;
    },
    start: (collect, more = {}) =>
      startWorker({
        ...more,
        inventory,
        // The pauses between attempts, which are of seconds.
        queue: { ...queue, process: (work, options) => queue.process(work, { ...options, backoffMs: 15 }) },
        runs,
        records,
        collect,
        debugSessions: createDebugSessions(createMemoryRecords(), Date.now),
        delivery,
        userGroupsOf: async () => [],
        groups: createGroupStore(createMemoryRecords()),
        sweeps: createSweepStore(createMemoryRecords(), () => 3000),
        logger: silentLogger,
        now: () => 3000,
        concurrency: 4,
      }),
    async ask(runId, asker = 'UANA') {
      const job: QueueJob = {
        runId,
        asker: { id: asker },
        replyTo: { channel: 'C1' },
        acceptedAt: 1000,
        kind: 'check',
        alias: 'fgt-hq',
        user: 'wren',
      };
      await queue.enqueue({ id: runId, data: job, jobGroup: 'fgt-hq', dedupId: 'fgt-hq wren' });
    },
    answered: (count = 1) => until(() => answers.length >= count, `${count} answers`),
    async close() {
      await queue.close(0);
      await runs.close();
    },
  };
}
