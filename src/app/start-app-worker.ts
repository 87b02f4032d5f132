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
import type { AppParts } from './app-parts.ts';

/** Processes jobs of the queue, and escalations if the inventory has `escalation`. */
export async function startAppWorker(parts: AppParts): Promise<void> {
  const { config, env, records, debugSessions, escalation, audit, logger } = parts;
  const { evidenceMs, evidenceBytes: maxBytes } = config;
  const evidenceStore = createEvidenceStore(records, { keepMs: evidenceMs, maxBytes });
  const version = readVersion();
  const keepEvidence: WorkerOptions['keepEvidence'] = async (runId, evidence, focus, forMs) => {
    await evidenceStore
      .keep(runId, typeof evidence === 'string' ? evidence : { evidence, focus, version }, forMs)
      .catch((error: unknown) => logger.warn({ err: error, run: runId }, 'evidence not stored'));
  };
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, env), logger });
  await startWorker({
    ...parts,
    concurrency: config.concurrency,
    selfCheck: (job) => parts.selfChecks.work(job),
    // Outermost: while it waits, the check is not recorded as connecting.
    collect: limitSessions(
      instrumentCollect(withDebugSessionRegistry(collect, { debugSessions, logger }), parts),
      // Binds only at jump hosts: the queue itself runs no more jobs at once.
      createSessionLimits(config.concurrency),
    ),
    onSweepStarted({ id: run, group, replyTo: { channel, team } }) {
      const actor = { user: 'ftm-check', channel, team };
      const device = groupLabel(group?.name ?? '');
      recordOrLog(audit, { event: 'request.accepted', actor, run, kind: 'sweep', device }, logger);
    },
    measured: (work) => measureWork(work, parts),
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
