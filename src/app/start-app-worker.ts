import { instrumentCollect } from '../bot/monitoring/instrument-collect.ts';
import { measureWork } from '../bot/monitoring/instrument-delivery.ts';
import { withDebugSessionRegistry } from '../bot/recovery/debug-sessions.ts';
import { startWorker } from '../bot/worker/start-worker.ts';
import type { WorkerOptions } from '../bot/worker/worker-options.ts';
import { createCollector } from '../device/create-collector.ts';
import { createSessionLimits, limitSessions } from '../device/session-limits.ts';
import { recordOrLog } from '../platform/audit/record-or-log.ts';
import { readSecret } from '../platform/config/read-secret.ts';
import { readVersion } from '../platform/observe/version.ts';
import { groupLabel } from '../platform/runs/group.ts';
import { toPastCheck } from '../platform/runs/past-check.ts';
import { createEvidenceStore } from '../platform/store/kept-evidence.ts';
import type { AppOptions, AppParts } from './app-parts.ts';

/** Processes jobs of the queue, and escalations if the inventory has `escalation`. */
export async function startAppWorker(options: AppOptions, parts: AppParts): Promise<void> {
  const { inventory, delivery, userGroupsOf, instruments, debugSessions, escalation } = parts;
  const { config, backend, logger, env } = options;
  const { queue, records } = backend;
  const { evidenceMs, evidenceBytes: maxBytes } = config;
  const evidenceStore = createEvidenceStore(records, { keepMs: evidenceMs, maxBytes });
  const version = readVersion();
  const keepEvidence: WorkerOptions['keepEvidence'] = async (runId, evidence, focus, forMs) => {
    await evidenceStore
      .keep(runId, typeof evidence === 'string' ? evidence : { evidence, focus, version }, forMs)
      .catch((error: unknown) => logger.warn({ err: error, run: runId }, 'evidence not stored'));
  };
  await startWorker({
    inventory,
    queue,
    records,
    runs: backend.runs,
    debugSessions,
    selfCheck: (job) => parts.selfChecks.work(job),
    // Outermost: while it waits, the check is not recorded as connecting.
    collect: limitSessions(
      instrumentCollect(
        withDebugSessionRegistry(createCollector({ readSecret: (ref) => readSecret(ref, env), logger }), {
          debugSessions,
          logger,
        }),
        instruments,
      ),
      // Binds only at jump hosts: the queue itself runs no more jobs at once.
      createSessionLimits(config.concurrency),
    ),
    groups: parts.groups,
    sweeps: parts.sweeps,
    onSweepStarted: ({ id: run, group, replyTo: { channel, team } }) =>
      recordOrLog(
        instruments.audit,
        {
          event: 'request.accepted',
          actor: { user: 'ftm-check', channel, team },
          run,
          kind: 'sweep',
          device: groupLabel(group?.name ?? ''),
        },
        logger,
      ),
    delivery,
    userGroupsOf,
    logger,
    now: Date.now,
    compareWithHealthy: parts.compareWithHealthy,
    concurrency: config.concurrency,
    measured: (work) => measureWork(work, instruments),
    onAnswered: escalation?.onAnswered,
    async addToHistory(run, outcome) {
      if (run.kind !== 'check' || run.alias === undefined) return;
      await parts.history
        .add(run.alias, toPastCheck(run, outcome))
        .catch((error: unknown) =>
          logger.warn({ err: error, run: run.id }, 'check not added to the history'),
        );
    },
    keepEvidence: evidenceMs === 0 ? undefined : keepEvidence,
  });
  await escalation?.work();
  await parts.feedback.work();
}
