import { aliasesEverywhere, allowedAliases, type Decision, decide } from '../access/decide.ts';
import { createLookUpLimit } from '../access/look-up-limit.ts';
import type { UserGroupsOf } from '../access/user-groups-of.ts';
import type { Inventory } from '../config/inventory-types.ts';
import { nearNames } from '../fortios/near-names.ts';
import { FtmError } from '../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import type { Enqueued, JobQueue, NewJob } from '../queue/job-queue.ts';
import { redactSideText } from '../redact/side-text.ts';
import type { CheckRequest, RunJob, RunOutcome } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import { toRun } from '../runs/to-run.ts';
import { type AnnounceOptions, announceRun, type PostQueued } from './announce-run.ts';
import { createLatestProgress } from './latest-progress.ts';
import { liveRefusal } from './live-refusal.ts';
import type { PastRuns } from './past-runs-port.ts';
import type { Accepted, Caller, NewRun, Permission, Refused, RequestService } from './ports.ts';
import { reconcileEnqueue } from './reconcile-enqueue.ts';

export interface RequestServiceOptions {
  readonly inventory: Inventory;
  readonly queue: JobQueue<RunJob, RunOutcome>;
  readonly runs: RunStore;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly looksLikeEvidence: RequestService['looksLikeEvidence'];
  readonly redact: RequestService['redact'];
  readonly userGroupsOf: UserGroupsOf;
  /** Posts the run's message before its turn comes. */
  readonly announce: PostQueued;
  readonly waits: AnnounceOptions['waits'];
  readonly autodetect: RequestService['autodetect'];
  readonly past: PastRuns;
}

/** What the ways in may ask of the house: authorise, remember, enqueue. Nothing here touches a device. */
export function createRequestService(options: RequestServiceOptions): RequestService {
  const { inventory, queue, runs, logger, now } = options;
  const lookUps = createLookUpLimit(now);
  const progress = createLatestProgress();
  queue.onProgress((id, value) => progress.note(id, value));

  async function withGroups<C extends Omit<Caller, 'channel'>>(
    caller: C,
  ): Promise<C & { readonly userGroups: readonly string[] }> {
    return { ...caller, userGroups: await options.userGroupsOf(caller) };
  }

  async function authorise(
    request: Caller & { readonly alias?: string; readonly live?: number },
  ): Promise<Permission> {
    const decision = limited(decide(inventory, await withGroups(request)), request);
    if (decision.kind === 'refused') {
      const { user, channel } = request;
      const alias = request.alias === undefined ? undefined : redactSideText(request.alias);
      logger.warn({ audit: 'refused', user, channel, alias, reason: decision.reason }, 'request refused');
    }
    return decision.kind === 'allowed' ? { kind: 'allowed' } : decision;
  }

  /** Only failures are counted: a device that the person may check is never refused for them. */
  function limited(decision: Decision, { user, team, home }: Caller): Decision {
    if (decision.kind === 'allowed' || decision.reason !== 'not-this-device') return decision;
    const isWithin = lookUps.count(`${home ?? team ?? ''} ${user}`);
    return isWithin ? decision : { kind: 'refused', reason: 'too-many-look-ups' };
  }

  async function accept(request: NewRun, refused: Refused = () => {}): Promise<Accepted> {
    const decision = decide(inventory, await withGroups(callerOf(request)));
    if (decision.kind !== 'allowed') return { state: 'refused', error: refusalOf(decision, request) };

    const job = withoutSecrets(withCanonicalAlias({ ...request, acceptedAt: now() }, decision.device?.alias));
    let enqueued: Enqueued;
    try {
      enqueued = await queue.enqueue(toQueueJob(job));
    } catch (error) {
      logger.error({ run: job.runId, err: error }, 'request could not be enqueued');
      const refusal = asRefusal(error);
      return {
        state: 'refused',
        error: refusal,
        withdraw: () => reconcileEnqueue(job, refusal, { queue, runs, logger }),
      };
    }
    logger.info({ run: job.runId, alias: aliasOf(job), state: enqueued.state }, 'request accepted');
    if (enqueued.state !== 'duplicate') await remember(job, enqueued, refused);
    return enqueued;
  }

  /**
   * Comes after the queue has the job: so there is no record of anything that nobody will answer. Whatever fails here,
   * the job alone is enough for its worker.
   */
  async function remember(job: RunJob, enqueued: Enqueued, refused: Refused): Promise<void> {
    try {
      const run = await runs.create(toRun(job));
      await announceRun(run, enqueued, { ...options, progress, refused });
    } catch (error) {
      logger.warn({ run: job.runId, err: error }, 'its worker has to remember the run');
    }
  }

  return {
    authorise,
    accept,
    visibleDevices: async (caller) => [...allowedAliases(inventory, await withGroups(caller))].sort(),
    suggestDevices: async (caller, name) =>
      nearNames(allowedAliases(inventory, await withGroups(caller)), name),
    devicesEverywhere: async (person) => [...aliasesEverywhere(inventory, await withGroups(person))].sort(),
    filesDenied({ channel, team }, count) {
      logger.error(
        { channel, team, files: count },
        'uploads were not read: Slack does not give them to the app. Its token is not good any more, or lacks files:read; ftm-check doctor says which, and installing the app again mends both',
      );
    },
    autodetect: options.autodetect,
    looksLikeEvidence: options.looksLikeEvidence,
    redact: options.redact,
    past: options.past,
  };
}

function callerOf({
  asker,
  replyTo,
  request,
}: NewRun): Caller & { readonly alias?: string; readonly live?: number } {
  return {
    user: asker.id,
    channel: replyTo.channel,
    team: replyTo.team,
    home: asker.home,
    ...(request.kind === 'check' ? { alias: request.alias } : {}),
    ...(request.kind === 'check' && request.live !== undefined ? { live: request.live } : {}),
  };
}

/** People write `FGT-Branch-07`; lanes and joined requests must see one device. */
function withCanonicalAlias(job: RunJob, alias: string | undefined): RunJob {
  if (job.request.kind !== 'check' || alias === undefined) return job;
  return { ...job, request: { ...job.request, alias } };
}

/** What stands beside the evidence, before the queue, the store, Slack and the log see it. */
function withoutSecrets(job: RunJob): RunJob {
  const { asker, request } = job;
  const { name } = asker;
  return {
    ...job,
    asker: { ...asker, ...(name === undefined ? {} : { name: redactSideText(name) }) },
    request: request.kind === 'check' ? withoutSecretsInFocus(request) : request,
  };
}

function withoutSecretsInFocus(request: CheckRequest): CheckRequest {
  const { user, vdom } = request;
  return {
    ...request,
    ...(user === undefined ? {} : { user: redactSideText(user) }),
    ...(vdom === undefined ? {} : { vdom: redactSideText(vdom) }),
  };
}

function aliasOf({ request }: RunJob): string | undefined {
  return request.kind === 'check' ? request.alias : undefined;
}

function toQueueJob(job: RunJob): NewJob<RunJob> {
  const { request } = job;
  if (request.kind === 'analyze') return { id: job.runId, data: job };
  // Who asks for a live check logs in during their own window: nobody shares another's, or its answer.
  if (request.live !== undefined) return { id: job.runId, data: job, lane: request.alias };
  return {
    id: job.runId,
    data: job,
    lane: request.alias,
    joinKey: JSON.stringify([request.alias, request.user ?? null, request.vdom ?? null]),
  };
}

function refusalOf(decision: Exclude<Decision, { kind: 'allowed' }>, { request }: NewRun): FtmError {
  if (decision.reason === 'not-this-device' && request.kind === 'check') {
    return new FtmError(
      'ftm_not_allowed',
      `I know no device named ${request.alias} that you may check here.`,
    );
  }
  if (request.kind === 'check') {
    const live = liveRefusal(decision, request.alias);
    if (live) return live;
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
