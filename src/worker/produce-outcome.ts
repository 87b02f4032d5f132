import { decide } from '../access/decide.ts';
import type { UserGroupsOf } from '../access/user-groups-of.ts';
import { diagnoseCase } from '../case/diagnose-case.ts';
import type { Device, Inventory } from '../config/inventory-types.ts';
import type { Collect, CollectionProgress } from '../device/collector.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { FtmError } from '../ftm-error.ts';
import type { RedactedCase } from '../redact/types.ts';
import type { RunJob, RunOutcome } from '../runs/run.ts';
import { diagnoseItems, readDevice } from './check-device.ts';

export interface ProduceOptions {
  readonly inventory: Inventory;
  readonly collect: Collect;
  readonly userGroupsOf: UserGroupsOf;
  /** Keeps what a run read for a while; never rejects. */
  readonly keep?: (runId: string, evidence: RedactedCase) => Promise<void>;
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
  options: ProduceOptions,
): Promise<Diagnosis> {
  const { request, acceptedAt: readAt } = job;
  if (request.kind === 'analyze') {
    await options.keep?.(job.runId, request.evidence);
    return diagnoseCase(request.evidence, { readAt });
  }
  const { alias, user, vdom, live } = request;
  const check = {
    device: await deviceFor(job, { alias, live }, options),
    user,
    vdom,
    live,
    readAt,
    signal,
    onProgress,
  };
  const reading = await readDevice(check, options.collect);
  await options.keep?.(job.runId, reading.evidence);
  return diagnoseItems(check, reading);
}

/** Decided again: minutes may have passed since it was accepted, and this process may have another inventory. */
async function deviceFor(
  { asker, replyTo }: RunJob,
  asked: { readonly alias: string; readonly live?: number },
  { inventory, userGroupsOf }: ProduceOptions,
): Promise<Device> {
  const { channel, team } = replyTo;
  const person = { user: asker.id, team };
  const userGroups = await userGroupsOf(person);
  const home = asker.home === undefined ? {} : { home: asker.home };
  const decision = decide(inventory, { ...person, ...home, userGroups, channel, ...asked });
  if (decision.kind === 'allowed' && decision.device) return decision.device;
  throw new FtmError('ftm_not_allowed', `${asked.alias} may not be checked like this from here (any more).`, {
    advice: 'The inventory was changed after the request was accepted. Ask whoever runs ftm-check.',
  });
}
