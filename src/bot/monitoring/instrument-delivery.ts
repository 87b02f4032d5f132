import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import { type RunOutcome, verdictOrCode } from '../../platform/runs/run.ts';
import type { Delivery } from '../delivery/types.ts';
import type { InstrumentOptions } from './instrument-options.ts';

/** Adds audit records, counts and timing of final answers to a delivery. */
export function instrumentDelivery(
  delivery: Delivery,
  { audit, logger, metrics, now }: InstrumentOptions,
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
