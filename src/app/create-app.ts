import { setTimeout as sleep } from 'node:timers/promises';
import { findOpsPlace } from '../bot/monitoring/notify-ops.ts';
import { recoverDebugSessions } from '../bot/recovery/debug-sessions.ts';
import { createLostMessageRecovery } from '../bot/recovery/lost-messages.ts';
import { recoverPendingAcks } from '../bot/recovery/pending-acks.ts';
import { startRecovery } from '../bot/recovery/recover-orphaned-runs.ts';
import { scheduleSweeps } from '../bot/worker/sweeps/start-sweep.ts';
import { requireSomebodyPaged, warnEscalation } from '../oncall/checks/check-escalation.ts';
import { slackWorkspaces } from '../oncall/checks/check-slack-ids.ts';
import { createCurrentInventory } from '../platform/config/current-inventory.ts';
import type { Inventory } from '../platform/config/inventory-types.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { RunQueue } from '../platform/queue/run-queue.ts';
import { type AppOptions, createAppParts } from './app-parts.ts';
import { createBot } from './create-bot.ts';
import { type Operations, startOperations } from './operations.ts';
import { startAppWorker } from './start-app-worker.ts';

/**
 * The composition root: the only place that knows every part. `serve`, the demo and the tests build the app through
 * it.
 */
export function createApp(options: AppOptions) {
  const { role, backend, logger } = options;
  const current = createCurrentInventory(options.inventory);
  const parts = createAppParts({ ...options, inventory: current.inventory });
  const slack = role === 'worker' ? undefined : createBot(parts);
  let recovery: { stop(): void } | undefined;
  let operations: Operations | undefined;
  let state: 'starting' | 'accepting' | 'stopping' = 'starting';

  function planSweeps(inventory: Inventory): Promise<void> {
    return scheduleSweeps(inventory, parts);
  }

  /** For the health endpoint, which shows `taken`: requests are accepted. */
  async function checkAccepting(): Promise<string> {
    if (state === 'accepting') return 'taken';
    throw new Error(state);
  }

  async function operate(): Promise<Operations> {
    await requireSomebodyPaged(options.inventory, role, options.env);
    const inSlack = slackWorkspaces(options.config.slack, parts.workspaces);
    const opsPlace = findOpsPlace(options.config);
    const checkPaging = (inventory: Inventory): void =>
      void warnEscalation({ ...options, inventory, opsPlace, slack: inSlack, now: Date.now() });
    checkPaging(options.inventory);
    return await startOperations({
      ...parts,
      current,
      healthChecks: [{ name: 'work', check: checkAccepting }, ...parts.selfChecks.checks],
      onInventory(inventory) {
        checkPaging(inventory);
        if (role !== 'bot') void planSweeps(inventory);
      },
    });
  }

  return {
    /** Resolves when requests are accepted, with the port in HTTP mode. Rejects with `ftm_queue_unavailable`. */
    async start() {
      if (options.operate) {
        operations = await operate();
        parts.selfChecks.start();
      }
      await untilReady(backend.queue, logger);
      if (role !== 'bot') {
        await startAppWorker(parts);
        await planSweeps(current.inventory);
        const recoverLostMessages = createLostMessageRecovery(parts);
        recovery = startRecovery(parts, () =>
          Promise.all([
            recoverLostMessages(),
            recoverPendingAcks(parts),
            recoverDebugSessions(parts),
            planSweeps(current.inventory),
          ]),
        );
      }
      const listening = await slack?.start();
      state = 'accepting';
      return { port: listening?.port, internalPort: operations?.internalPort };
    },
    /** Loads a changed inventory at once, if it is valid. Does nothing if `operate` is off. */
    reload: async () => operations?.reload(),
    /** Accepts no more requests, lets running ones finish for up to `deadlineMs`, and closes the backend. */
    async stop(deadlineMs: number) {
      state = 'stopping';
      recovery?.stop();
      parts.selfChecks.stop();
      parts.escalation?.stop();
      await slack?.stop();
      await backend.close(deadlineMs);
      await operations?.stop();
      parts.audit.close();
    },
  };
}

export type FtmCheckApp = ReturnType<typeof createApp>;

const REDIS_WITHIN_MS = 10_000;

/** Waits for a Redis that is just being restarted. Rejects with `ftm_queue_unavailable`. */
async function untilReady(queue: Pick<RunQueue, 'ready'>, logger: Logger): Promise<void> {
  const until = Date.now() + REDIS_WITHIN_MS;
  for (;;) {
    try {
      return await queue.ready();
    } catch (error) {
      if (Date.now() > until) throw error;
      logger.warn({ err: error }, 'the queue is not available yet, trying again');
      await sleep(500);
    }
  }
}
