import { readSecret } from '../config/read-secret.ts';
import { createCollector } from '../device/create-collector.ts';
import { instrumentCollect } from '../monitoring/instrument-collect.ts';
import { withDebugSessionRegistry } from '../recovery/with-debug-session-registry.ts';
import { pastCheckOf } from '../runs/past-check.ts';
import { keepEvidence } from '../store/kept-evidence.ts';
import { startWorker } from '../worker/start-worker.ts';
import type { AppOptions, AppParts } from './app-parts.ts';

/** Processes jobs of the queue, and escalations if the inventory has `escalation`. */
export async function startAppWorker(options: AppOptions, parts: AppParts): Promise<void> {
  const { inventory, queue, delivery, userGroupsOf, instruments, debugSessions, escalation } = parts;
  const { config, backend, logger, env } = options;
  const { records } = backend;
  await startWorker({
    inventory,
    queue,
    runs: backend.runs,
    debugSessions,
    syntheticCheck: (job) => parts.syntheticChecks.work(job),
    collect: instrumentCollect(
      withDebugSessionRegistry(createCollector({ readSecret: (ref) => readSecret(ref, env), logger }), {
        debugSessions,
        logger,
      }),
      instruments,
    ),
    delivery,
    userGroupsOf,
    logger,
    now: Date.now,
    ...(parts.compareWithHealthy === undefined ? {} : { compareWithHealthy: parts.compareWithHealthy }),
    concurrency: config.concurrency,
    ...(escalation === undefined ? {} : { answered: escalation.answered }),
    async addToHistory(run, outcome) {
      if (run.kind !== 'check' || run.alias === undefined) return;
      await parts.history
        .add(run.alias, pastCheckOf(run, outcome))
        .catch((error: unknown) =>
          logger.warn({ err: error, run: run.id }, 'check not added to the history'),
        );
    },
    async keep(runId, evidence) {
      await keepEvidence(records, runId, evidence).catch((error: unknown) =>
        logger.warn({ err: error, run: runId }, 'evidence not stored'),
      );
    },
  });
  await escalation?.work();
  await parts.feedback.work();
}
