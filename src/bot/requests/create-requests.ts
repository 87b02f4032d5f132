import { textSize } from '../../engine/evidence/redacted-case.ts';
import { redactSideText } from '../../engine/evidence/side-text.ts';
import { nearNames } from '../../engine/fortios/near-names.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { UserGroupsOf } from '../../platform/access/decide.ts';
import { aliasesEverywhere, allowedAliases, type Decision, decide } from '../../platform/access/decide.ts';
import { createFailureLimit } from '../../platform/access/failure-limit.ts';
import { findDevice, listGroups } from '../../platform/config/listed-devices.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { readVersion } from '../../platform/observe/version.ts';
import type { Enqueued, NewJob } from '../../platform/queue/job-queue.ts';
import { groupLabel } from '../../platform/runs/group.ts';
import { type QueueJob, type RequestJob, toRun } from '../../platform/runs/queue-job.ts';
import { isAlertRun, type Run } from '../../platform/runs/run.ts';
import { putJobEvidence } from '../../platform/store/kept-evidence.ts';
import type { RunProgress } from '../delivery/types.ts';
import { redactEvidence } from '../intake/intake-thread.ts';
import { type ActVerb, type Caller, createAct, VERBS, type WhoMay } from './act.ts';
import type { PastRuns } from './past-runs.ts';
import type { Acceptance, Intention, NewRun, OnPostRefused, Permission, Requests } from './ports.ts';
import { reconcileEnqueue } from './reconcile-enqueue.ts';
import { toRefusal } from './refusal.ts';

/** Long enough for a person who is told to log in now. */
const WATCH_SECONDS = 60;

/** Requests for devices that a person, or a sender of alerts, may not check. */
const LOOK_UPS = { max: 10, windowMs: 10 * 60_000 } as const;

/** Characters of evidence in a job. */
const MAX_IN_JOB = 1_000_000;

export interface RequestServiceOptions
  extends Pick<Dependencies, 'inventory' | 'queue' | 'runs' | 'records' | 'logger' | 'now'> {
  readonly userGroupsOf: UserGroupsOf;
  /** Posts the run's message before its turn comes. Resolves with Slack's error code if it refuses. Never rejects. */
  readonly postQueued: (run: Run, progress: RunProgress) => Promise<string | undefined>;
  readonly onWaiting: (run: Run, ahead: number) => void;
  readonly autodetect: Requests['autodetect'];
  readonly past: PastRuns;
  readonly groupLimit: number;
}

/** The use cases of handlers and webhooks: authorise, store, enqueue. Nothing here connects to a device. */
export function createRequestService(options: RequestServiceOptions): Requests {
  const { inventory, queue, runs, logger, now } = options;
  const lookUps = createFailureLimit(now, LOOK_UPS);

  async function withGroups<C extends Omit<Caller, 'channel'>>(
    caller: C,
  ): Promise<C & { readonly userGroups: readonly string[] }> {
    return { ...caller, userGroups: await options.userGroupsOf(caller) };
  }

  async function authorise<V extends ActVerb>(intention: Intention<V>): Promise<Permission<V>> {
    const { verb, way, isCalled = false, alias, group, live, ...caller } = intention;
    const { user, channel } = caller;
    const whoMay: WhoMay = VERBS[verb];
    const isOpen = whoMay === 'everybody' || (whoMay === 'device-or-called' && isCalled);
    if (!isOpen) {
      const asked = { ...(await withGroups(caller)), alias, group, live };
      const decision = limitLookUps(decide(inventory, asked), caller);
      if (decision.kind === 'refused') {
        const named = alias === undefined ? undefined : redactSideText(alias);
        const { reason } = decision;
        logger.warn({ audit: 'refused', user, channel, verb, alias: named, reason }, 'request refused');
        return decision;
      }
    }
    const device = group === undefined ? alias : groupLabel(group);
    return { kind: 'allowed', act: createAct({ verb, way, caller, device }) };
  }

  /** Only failures are counted: a device that the person may check is never refused for them. */
  function limitLookUps(decision: Decision, { user, team, home }: Caller): Decision {
    const isGuess =
      decision.kind === 'refused' && ['not-this-device', 'not-this-group'].includes(decision.reason);
    if (!isGuess) return decision;
    const isWithin = lookUps.count(`${home ?? team ?? ''} ${user}`);
    return isWithin ? decision : { kind: 'refused', reason: 'too-many-look-ups' };
  }

  async function accept(request: NewRun, onPostRefused: OnPostRefused = () => {}): Promise<Acceptance> {
    const asked = toCaller(request);
    const decision = decide(inventory, await withGroups(asked));
    if (decision.kind === 'refused') return { state: 'refused', error: toRefusal(decision, asked) };

    const wanted = completeJob(request, decision, now());
    if (wanted.kind === 'group' && wanted.aliases.length > options.groupLimit)
      return { state: 'refused', error: tooManyDevices(wanted.aliases.length, options.groupLimit) };
    const job = withoutSecrets(wanted);
    let enqueued: Enqueued;
    try {
      enqueued = await enqueue(job);
    } catch (error) {
      logger.error({ run: job.runId, err: error }, 'request could not be enqueued');
      const refusal = asRefusal(error);
      return {
        state: 'refused',
        error: refusal,
        withdraw: () => reconcileEnqueue(job, refusal, { queue, runs, logger }),
      };
    }
    const alias = job.kind === 'check' ? job.alias : undefined;
    logger.info({ run: job.runId, alias, state: enqueued.state }, 'request accepted');
    if (enqueued.state !== 'duplicate') await storeAndAnnounce(job, enqueued, onPostRefused);
    return enqueued;
  }

  async function enqueue(job: RequestJob): Promise<Enqueued> {
    if (job.kind !== 'analyze' || job.evidence === undefined || textSize(job.evidence) <= MAX_IN_JOB)
      return await queue.enqueue(toNewJob(job));
    const { runId, evidence, acceptedAt: readAt, ...rest } = job;
    // First: a worker may take the job at once.
    await putJobEvidence(options.records, runId, { evidence, focus: { readAt }, version: readVersion() });
    return await queue.enqueue(toNewJob({ ...rest, runId, acceptedAt: readAt }));
  }

  /**
   * Runs after the queue accepted the job, so that every recorded run is answered. If it fails,
   * the job alone is sufficient for its worker.
   */
  async function storeAndAnnounce(
    job: RequestJob,
    enqueued: Enqueued,
    onPostRefused: OnPostRefused,
  ): Promise<void> {
    try {
      const run = await runs.create(toRun(job));
      const progress = await progressAtFirst(run, enqueued);
      // Does not wait for Slack: the worker posts the message if this fails.
      void options.postQueued(run, progress).then((error) => error !== undefined && onPostRefused(error));
    } catch (error) {
      logger.warn({ run: job.runId, err: error }, 'run not stored or not announced: its worker will do that');
    }
  }

  async function progressAtFirst(run: Run, enqueued: Enqueued): Promise<RunProgress> {
    if (enqueued.state !== 'joined') {
      const ahead = enqueued.state === 'queued' ? enqueued.ahead : 0;
      // A group is in the queue only for a short time: its devices wait.
      if (run.kind !== 'group') options.onWaiting(run, ahead);
      return { phase: 'queued', ahead };
    }
    const { leader } = enqueued;
    // The leader's worker shows its progress here too.
    await runs.update(run.id, { joined: leader });
    const first = await runs.get(leader);
    const shares = first && { asker: first.asker, agoMs: Math.max(0, now() - first.acceptedAt) };
    return { phase: 'queued', shares };
  }

  return {
    authorise,
    accept,
    record: () => {},
    visibleDevices: async (caller) => [...allowedAliases(inventory, await withGroups(caller))].sort(),
    suggestDevices: async (caller, name) =>
      nearNames(allowedAliases(inventory, await withGroups(caller)), name),
    async suggestGroups(caller, name) {
      const devices = allowedAliases(inventory, await withGroups(caller)).flatMap(
        (alias) => findDevice(inventory, alias) ?? [],
      );
      return nearNames(devices.flatMap(listGroups), name);
    },
    watchSeconds(alias) {
      const live = findDevice(inventory, alias)?.live;
      return live && Math.min(live.maxSeconds, WATCH_SECONDS);
    },
    devicesEverywhere: async (person) => [...aliasesEverywhere(inventory, await withGroups(person))].sort(),
    filesDenied({ channel, team }, count) {
      logger.error(
        { channel, team, files: count },
        'uploads not read: the token is invalid or lacks files:read. ftm-check doctor says which; installing the app again fixes both',
      );
    },
    unknownDevices: {
      count: ({ user }) => lookUps.count(user),
      areTooMany: ({ user }) => lookUps.isReached(user),
    },
    autodetect: options.autodetect,
    redact: redactEvidence,
    past: options.past,
  };
}

function toCaller(
  run: NewRun,
): Caller & { readonly alias?: string; readonly group?: string; readonly live?: number } {
  const { asker, replyTo } = run;
  const caller = { user: asker.id, channel: replyTo.channel, team: replyTo.team, home: asker.home };
  if (run.kind === 'group') return { ...caller, group: run.group };
  return run.kind === 'check' ? { ...caller, alias: run.alias, live: run.live } : caller;
}

function completeJob(
  request: NewRun,
  { device, devices = [] }: Extract<Decision, { kind: 'allowed' }>,
  acceptedAt: number,
): RequestJob {
  if (request.kind === 'group') return { ...request, acceptedAt, aliases: devices.map(({ alias }) => alias) };
  const job = { ...request, acceptedAt };
  // People write `FGT-Branch-07`; job groups and joined requests must see one device.
  return job.kind === 'check' && device !== undefined ? { ...job, alias: device.alias } : job;
}

/**
 * Redacts the texts besides the evidence before the queue, the store, Slack and the log get them. What was typed in Slack
 * is redacted already; alerts and buttons come here directly.
 */
function withoutSecrets(job: RequestJob): RequestJob {
  const asker = { ...job.asker, name: redactOptional(job.asker.name) };
  if (job.kind === 'analyze') return { ...job, asker };
  return { ...job, asker, user: redactOptional(job.user), vdom: redactOptional(job.vdom) };
}

function redactOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactSideText(text);
}

function toNewJob(job: RequestJob): NewJob<QueueJob> {
  const { runId: id } = job;
  if (job.kind !== 'check') return { id, data: job };
  const { alias: jobGroup, user, vdom, live, details } = job;
  // The asker of a live check logs in during its live session: the session and its answer are not shared.
  if (live !== undefined) return { id, data: job, jobGroup };
  if (job.comparesTo !== undefined) {
    // Many alerts about a device end at once, some time after their cause: one reading serves the threads of all.
    if (isAlertRun(job)) return { id, data: job, jobGroup, dedupId: JSON.stringify(['over', jobGroup]) };
    // A person re-checks what changed: the result of a check that was already running would be too old.
    return { id, data: job, jobGroup };
  }
  const dedupId = JSON.stringify([jobGroup, user ?? null, vdom ?? null, details ?? null]);
  return { id, data: job, jobGroup, dedupId };
}

function tooManyDevices(count: number, limit: number): FtmError {
  return new FtmError('ftm_usage', `These are ${count} devices; one request may check ${limit}.`, {
    advice: 'Choose a smaller group. The operator of ftm-check can raise FTM_CHECK_GROUP_LIMIT.',
  });
}

function asRefusal(error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  return new FtmError('ftm_internal', 'The request could not be accepted.', {
    advice: 'Nothing was started. Please try again. If it happens again, tell the operator of ftm-check.',
    cause: error,
  });
}
