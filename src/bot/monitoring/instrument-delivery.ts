import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import type { RunHandler } from '../../platform/queue/run-queue.ts';
import { verdictOrCode } from '../../platform/runs/run.ts';
import type { Delivery } from '../delivery/create-delivery.ts';

export function instrumentDelivery(
  delivery: Delivery,
  { audit, logger, metrics, now }: Pick<Dependencies, 'audit' | 'logger' | 'metrics' | 'now'>,
): Delivery {
  return {
    ...delivery,
    async deliverGroup(run, answer) {
      const began = now();
      await inSpan('answer', { kind: 'client' }, () => delivery.deliverGroup(run, answer));
      metrics.observe('phase_seconds', now() - began, { phase: 'delivery' });
      recordOrLog(audit, { event: 'run.answered', run: run.id, outcome: 'group' }, logger);
    },
    async deliver(run, outcome, options) {
      const began = now();
      await inSpan('answer', { kind: 'client' }, () => delivery.deliver(run, outcome, options));
      const ended = now();
      metrics.observe('slack_delivery_seconds', ended - began);
      metrics.observe('phase_seconds', ended - began, { phase: 'delivery' });
      metrics.observe('phase_seconds', ended - run.acceptedAt, { phase: 'total' });
      const diagnosis = outcome.kind === 'diagnosed' ? outcome.diagnosis : undefined;
      metrics.count('runs_total', { kind: run.kind, verdict: diagnosis?.verdict ?? 'failed' });
      for (const { rule } of diagnosis?.findings ?? []) metrics.count('findings_total', { rule });
      recordOrLog(audit, { event: 'run.answered', run: run.id, outcome: verdictOrCode(outcome) }, logger);
    },
  };
}

export function measureWork(
  work: RunHandler,
  { metrics, now }: Pick<Dependencies, 'metrics' | 'now'>,
): RunHandler {
  return (job, context) => {
    if (context.attempt === 1 && (job.kind === 'check' || job.kind === 'analyze'))
      metrics.observe('phase_seconds', now() - job.acceptedAt, { phase: 'waiting' });
    const attributes = { 'ftm.run': job.runId, 'ftm.attempt': context.attempt };
    return inSpan('run', { kind: 'consumer', parent: job.trace, attributes }, () => work(job, context));
  };
}
