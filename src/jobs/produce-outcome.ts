import { decide } from '../access/decide.ts';
import { diagnoseCase } from '../case/diagnose-case.ts';
import type { Device, Inventory } from '../config/inventory-types.ts';
import type { Collect, CollectionProgress } from '../device/collector.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { FtmError } from '../ftm-error.ts';
import type { RunJob, RunOutcome } from '../runs/run.ts';
import { checkDevice } from './check-device.ts';

export interface ProduceOptions {
  readonly inventory: Inventory;
  readonly collect: Collect;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface ProduceContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CollectionProgress) => void;
}

/** From an accepted request to what is said about it. Rejects with an `FtmError` where no diagnosis could be had. */
export async function produceOutcome(
  job: RunJob,
  context: ProduceContext,
  options: ProduceOptions,
): Promise<RunOutcome> {
  context.signal.throwIfAborted();
  const diagnosis = await diagnose(job, context, options);
  return { kind: 'diagnosed', diagnosis, tookMs: Math.max(0, options.now() - job.acceptedAt) };
}

async function diagnose(
  job: RunJob,
  { signal, onProgress }: ProduceContext,
  { inventory, collect }: ProduceOptions,
): Promise<Diagnosis> {
  const { request } = job;
  if (request.kind === 'analyze') return diagnoseCase(request.evidence);
  const { user, vdom } = request;
  return checkDevice(
    {
      device: deviceFor(job, request.alias, inventory),
      ...(user === undefined ? {} : { user }),
      ...(vdom === undefined ? {} : { vdom }),
      signal,
      onProgress,
    },
    collect,
  );
}

/** Decided again: minutes may have passed since it was accepted, and this process may have another inventory. */
function deviceFor(job: RunJob, alias: string, inventory: Inventory): Device {
  const decision = decide(inventory, { user: job.asker.id, channel: job.replyTo.channel, alias });
  if (decision.kind === 'allowed' && decision.device) return decision.device;
  throw new FtmError('ftm_not_allowed', `${alias} may not be checked from here (any more).`, {
    advice: 'The inventory was changed after the request was accepted. Ask whoever runs ftm-check.',
  });
}
