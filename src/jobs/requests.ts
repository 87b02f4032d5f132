import type { Accepted, Caller, NewRun, Permission, Services } from '../../handlers/services.ts';
import { allowedAliases, type Decision, decide } from '../access/decide.ts';
import { nearAliases } from '../config/find-device.ts';
import type { Inventory } from '../config/inventory-types.ts';
import { FtmError } from '../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import type { JobQueue, NewJob } from '../queue/job-queue.ts';
import type { Run, RunJob, RunOutcome } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';

export interface RequestsOptions {
  readonly inventory: Inventory;
  readonly queue: JobQueue<RunJob, RunOutcome>;
  readonly runs: RunStore;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly looksLikeEvidence: Services['looksLikeEvidence'];
  readonly redact: Services['redact'];
}

/** What the ways in may ask of the house: authorise, remember, enqueue. Nothing here touches a device. */
export function createRequests(options: RequestsOptions): Services {
  const { inventory, queue, runs, logger, now } = options;

  function authorise(request: Caller & { readonly alias?: string }): Permission {
    const decision = decide(inventory, request);
    if (decision.kind === 'refused') {
      const { user, channel, alias } = request;
      logger.warn({ audit: 'refused', user, channel, alias, reason: decision.reason }, 'request refused');
    }
    return decision.kind === 'allowed' ? { kind: 'allowed' } : decision;
  }

  async function accept(request: NewRun): Promise<Accepted> {
    const decision = decide(inventory, callerOf(request));
    if (decision.kind !== 'allowed') return { state: 'refused', error: refusalOf(decision, request) };

    const job = withCanonicalAlias({ ...request, acceptedAt: now() }, decision.device?.alias);
    try {
      await runs.create(toRun(job));
      const enqueued = await queue.enqueue(toQueueJob(job));
      logger.info({ run: job.runId, alias: aliasOf(job), state: enqueued.state }, 'request accepted');
      return enqueued;
    } catch (error) {
      logger.error({ run: job.runId, err: error }, 'request could not be enqueued');
      return { state: 'refused', error: asRefusal(error) };
    }
  }

  return {
    authorise,
    accept,
    visibleDevices: (caller) => [...allowedAliases(inventory, caller)].sort(),
    suggestDevices: (caller, name) => nearAliases(allowedAliases(inventory, caller), name),
    looksLikeEvidence: options.looksLikeEvidence,
    redact: options.redact,
  };
}

function callerOf({ asker, replyTo, request }: NewRun): Caller & { readonly alias?: string } {
  return {
    user: asker.id,
    channel: replyTo.channel,
    ...(request.kind === 'check' ? { alias: request.alias } : {}),
  };
}

/** People write `FGT-Branch-07`; lanes and joined requests must see one device. */
function withCanonicalAlias(job: RunJob, alias: string | undefined): RunJob {
  if (job.request.kind !== 'check' || alias === undefined) return job;
  return { ...job, request: { ...job.request, alias } };
}

function aliasOf({ request }: RunJob): string | undefined {
  return request.kind === 'check' ? request.alias : undefined;
}

function toRun(job: RunJob): Run {
  const alias = aliasOf(job);
  return {
    id: job.runId,
    asker: job.asker,
    replyTo: job.replyTo,
    acceptedAt: job.acceptedAt,
    kind: job.request.kind,
    ...(alias === undefined ? {} : { alias }),
  };
}

function toQueueJob(job: RunJob): NewJob<RunJob> {
  const { request } = job;
  if (request.kind === 'analyze') return { id: job.runId, data: job };
  return {
    id: job.runId,
    data: job,
    lane: request.alias,
    joinKey: JSON.stringify([request.alias, request.user ?? null, request.vdom ?? null]),
  };
}

function refusalOf(decision: Exclude<Decision, { kind: 'allowed' }>, { request }: NewRun): FtmError {
  if (decision.kind === 'unknown-device') {
    const name = request.kind === 'check' ? request.alias : 'that device';
    return new FtmError('ftm_unknown_device', `There is no device named ${name}.`);
  }
  return new FtmError('ftm_not_allowed', 'You may not ask for this here.', {
    advice: 'Whoever runs ftm-check can add you, or this channel, under `access` in the inventory.',
  });
}

function asRefusal(error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  return new FtmError('ftm_internal', 'The request could not be accepted.', {
    advice: 'Nothing was started. Please try again; if it happens again, tell whoever runs ftm-check.',
    cause: error,
  });
}
