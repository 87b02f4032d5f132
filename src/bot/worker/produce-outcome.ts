import type { CollectionProgress } from '../../device/collector.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { decide } from '../../platform/access/decide.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { findDevice, listsDevice } from '../../platform/config/listed-devices.ts';
import type { AnalyzeJob, CheckJob, MemberJob, RequestJob } from '../../platform/runs/queue-job.ts';
import type { RunOutcome } from '../../platform/runs/run.ts';
import { getJobEvidence } from '../../platform/store/kept-evidence.ts';
import { type DeviceCheck, diagnoseReading, readDevice, toFocus } from './check-device.ts';
import { diagnoseEvidence } from './diagnose-evidence.ts';
import { requestLost } from './failed-outcome.ts';
import type { WorkerOptions } from './worker-options.ts';

export interface ProduceContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CollectionProgress) => void;
}

/** Reads the device and diagnoses it. Rejects with an `FtmError` if no diagnosis is possible. */
export async function deviceOutcome(
  job: CheckJob,
  { signal, onProgress }: ProduceContext,
  options: WorkerOptions,
): Promise<RunOutcome> {
  signal.throwIfAborted();
  const { user, vdom, live, details, acceptedAt: readAt } = job;
  const device = await deviceFor(job, options);
  const check = { device, user, vdom, live, details, readAt, signal, onProgress };
  return await readAndDiagnose(job, check, options);
}

/** The same for one device of a group. `keepMs`: how long its evidence is kept. */
export async function memberOutcome(
  job: MemberJob,
  signal: AbortSignal,
  keepMs: number,
  options: WorkerOptions,
): Promise<RunOutcome> {
  signal.throwIfAborted();
  const { user, vdom } = job;
  const readAt = options.now();
  const device = await memberDevice(job, options);
  const { upgradeTo } = options.inventory.sweeps.get(job.member.sweep ?? '') ?? {};
  const isSweep = user === undefined;
  const check = { device, user, vdom, upgradeTo, readAt, signal, background: true, isSweep };
  // The time in the queue says nothing about the device.
  return await readAndDiagnose({ ...job, acceptedAt: readAt }, check, options, keepMs);
}

async function readAndDiagnose(
  job: Pick<CheckJob, 'runId' | 'alias' | 'vdom' | 'acceptedAt'>,
  check: DeviceCheck,
  options: WorkerOptions,
  keepMs?: number,
): Promise<RunOutcome> {
  const reading = await readDevice(check, options.collect);
  await options.keepEvidence?.(job.runId, reading.evidence, toFocus(check, reading), keepMs);
  const found = await diagnoseReading(check, reading);
  // What a release would change says nothing about the device as it was.
  const isOfUpgrade = found.diagnosis.upgradeTo !== undefined;
  const sinceHealthy = isOfUpgrade ? undefined : await options.compareWithHealthy?.(job, found);
  const outcome = toDiagnosedOutcome(job, found.diagnosis, options);
  return sinceHealthy === undefined ? outcome : { ...outcome, sinceHealthy };
}

export async function textOutcome(
  job: AnalyzeJob,
  { signal }: ProduceContext,
  options: Pick<WorkerOptions, 'keepEvidence' | 'now'> & {
    /** Has the evidence that is too long for a job. */
    readonly records: Pick<WorkerOptions['records'], 'get' | 'remove'>;
  },
): Promise<RunOutcome> {
  signal.throwIfAborted();
  const { runId, acceptedAt: readAt } = job;
  const evidence = job.evidence ?? (await getJobEvidence(options.records, runId));
  if (evidence === undefined) return await requestLost();
  await options.keepEvidence?.(runId, evidence, { readAt });
  return toDiagnosedOutcome(job, await diagnoseEvidence(evidence, { readAt }), options);
}

function toDiagnosedOutcome(
  { acceptedAt }: Pick<RequestJob, 'acceptedAt'>,
  diagnosis: Diagnosis,
  { now }: Pick<WorkerOptions, 'now'>,
): Extract<RunOutcome, { kind: 'diagnosed' }> {
  return { kind: 'diagnosed', diagnosis, tookMs: Math.max(0, now() - acceptedAt) };
}

/** The inventory decides which devices a sweep reads; a person has to be allowed to. */
async function memberDevice(job: MemberJob, options: WorkerOptions): Promise<Device> {
  const { sweep } = job.member;
  if (sweep === undefined) return await deviceFor(job, options);
  const group = options.inventory.sweeps.get(sweep)?.group;
  const device = findDevice(options.inventory, job.alias);
  if (device && group !== undefined && listsDevice([group], device)) return device;
  throw new FtmError('ftm_not_allowed', `The sweep ${sweep} no longer has ${job.alias}.`);
}

/** Authorises again, because minutes may have passed and this process may have a newer inventory. */
async function deviceFor(
  { asker, replyTo, alias, live }: Pick<CheckJob, 'asker' | 'replyTo' | 'alias' | 'live'>,
  { inventory, userGroupsOf }: WorkerOptions,
): Promise<Device> {
  const { channel, team } = replyTo;
  const person = { user: asker.id, team };
  const userGroups = await userGroupsOf(person);
  const decision = decide(inventory, { ...person, home: asker.home, userGroups, channel, alias, live });
  if (decision.kind === 'allowed' && decision.device) return decision.device;
  throw new FtmError('ftm_not_allowed', `This check of ${alias} is no longer allowed here.`, {
    advice: 'The inventory was changed after the request was accepted. Ask the operator of ftm-check.',
  });
}
