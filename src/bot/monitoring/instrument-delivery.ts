import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import type { RunHandler } from '../../platform/queue/run-queue.ts';
import { type RunOutcome, verdictOrCode } from '../../platform/runs/run.ts';
import type { Delivery } from '../delivery/types.ts';

/** Adds audit records, counts and timing of final answers to a delivery. */
export function instrumentDelivery(
  delivery: Delivery,
  { audit, logger, metrics, now }: Pick<Dependencies, 'audit' | 'logger' | 'metrics' | 'now'>,
): Delivery {
  return {
    ...delivery,
    async deliverGroup(run, answer) {
      const began = now();
      await inSpan('answer', { kind: 'client' }, () => delivery.deliverGroup(run, answer));
      metrics.phase('delivery', Math.max(0, now() - began));
      recordOrLog(audit, { event: 'run.answered', run: run.id, outcome: 'group' }, logger);
    },
    async deliver(run, outcome, options) {
      const began = now();
      await inSpan('answer', { kind: 'client' }, () => delivery.deliver(run, outcome, options));
      const ended = now();
      metrics.delivered(Math.max(0, ended - began));
      metrics.phase('delivery', Math.max(0, ended - began));
      metrics.phase('total', Math.max(0, ended - run.acceptedAt));
      metrics.answered({ kind: run.kind, verdict: verdictOf(outcome), rules: rulesOf(outcome) });
      recordOrLog(audit, { event: 'run.answered', run: run.id, outcome: verdictOrCode(outcome) }, logger);
    },
  };
}

function verdictOf(outcome: RunOutcome): string {
  return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : 'failed';
}

function rulesOf(outcome: RunOutcome): readonly string[] {
  return outcome.kind === 'diagnosed' ? outcome.diagnosis.findings.map(({ rule }) => rule) : [];
}

/** Measures the time from acceptance to the first attempt and continues traces. */
export function measureWork(
  work: RunHandler,
  { metrics, now }: Pick<Dependencies, 'metrics' | 'now'>,
): RunHandler {
  return (job, context) => {
    if (context.attempt === 1 && (job.kind === 'check' || job.kind === 'analyze'))
      metrics.phase('waiting', Math.max(0, now() - job.acceptedAt));
    const attributes = { 'ftm.run': job.runId, 'ftm.attempt': context.attempt };
    return inSpan('run', { kind: 'consumer', parent: job.trace, attributes }, () => work(job, context));
  };
}
