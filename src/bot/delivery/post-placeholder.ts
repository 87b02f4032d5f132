import { isAlertRun, type Run } from '../../platform/runs/run.ts';
import { callSlack, findPosted, findRecent, type SearchPlace, type Settled } from './find-posted.ts';
import { turnOff } from './progress-lines.ts';
import { progressMessage, rootText } from './progress-view.ts';
import {
  acquireLease,
  LEASE_LOST,
  type Lease,
  type LeaseOptions,
  releaseLease,
  renewLease,
} from './run-lease.ts';
import type { RunMark } from './slack-port.ts';
import type { Placeholder, Rendering, RunProgress } from './types.ts';

/**
 * The bot posts at once. A run that is older and has neither message nor lease may have lost both in a failover of Redis,
 * which keeps no write of its last moments.
 */
const FRESH_MS = 1000;

export interface PlaceholderOptions {
  /** No earlier attempt of this run can have posted, unless the store lost it; only another process may be posting now. */
  readonly firstTry: boolean;
  readonly progress: RunProgress;
  readonly rendering: Rendering;
  /** Text of the root message, if this run starts its own thread. Slack mrkdwn. */
  readonly root?: string | undefined;
}

/**
 * See `Delivery.postPlaceholder`. Bot and worker may both call it: one has the lease, the other waits for its
 * message.
 */
export async function postPlaceholder(
  known: Run,
  wanted: PlaceholderOptions,
  options: LeaseOptions,
): Promise<Placeholder> {
  for (;;) {
    const lease = await acquireLease(known, options);
    if (lease.state === 'posted') return lease.placeholder;
    try {
      return await postUnderLease(lease, wanted, options);
    } catch (error) {
      if (error !== LEASE_LOST) throw error;
    } finally {
      await releaseLease(known, options);
    }
  }
}

async function postUnderLease(
  { run, isFirst }: Lease,
  wanted: PlaceholderOptions,
  options: LeaseOptions,
): Promise<Placeholder> {
  const mayExist = mayBePosted(run, isFirst && wanted.firstTry, options);
  const thread = await ensureThread(run, mayExist, wanted.root ?? rootText(run), options);
  if (thread.state === 'refused') return thread;
  const answer = await postInThread(run, thread, wanted, options);
  if (answer.kind === 'refused') return { state: 'refused', error: answer.error };
  const answerTs = answer.value.ts;
  await options.runs.update(run.id, { answerTs });
  const { rootTs } = thread;
  return { state: 'ready', run: { ...run, rootTs, answerTs } };
}

interface ReadyThread {
  readonly state: 'ready';
  readonly ts: string;
  readonly rootTs?: string;
  readonly mayHaveReplies: MayExist;
}

type Thread = ReadyThread | { readonly state: 'refused'; readonly error: string };

/** An earlier attempt may have posted the message; `hardly`: only if the store lost what it did. */
type MayExist = boolean | 'hardly';

function mayBePosted(run: Run, isFirst: boolean, { clock }: LeaseOptions): MayExist {
  if (!isFirst) return true;
  return clock.now() - run.acceptedAt < FRESH_MS ? false : 'hardly';
}

/** The thread of the request, or a new one. */
async function ensureThread(
  run: Run,
  mayHaveReplies: MayExist,
  text: string,
  options: LeaseOptions,
): Promise<Thread> {
  if (run.replyTo.thread !== undefined) return { state: 'ready', ts: run.replyTo.thread, mayHaveReplies };
  if (run.rootTs !== undefined) {
    return { state: 'ready', ts: run.rootTs, rootTs: run.rootTs, mayHaveReplies };
  }
  // An alert that comes again has the same id, also where the store lost the run that it started.
  const mayExist = mayHaveReplies === false && isAlertRun(run) ? 'hardly' : mayHaveReplies;
  const root = await postOnce(run, { role: 'root', text, mayExist }, options);
  if (root.kind === 'refused') return { state: 'refused', error: root.error };
  const { ts, isNew: isNewRoot } = root.value;
  await options.runs.update(run.id, { rootTs: ts });
  return { state: 'ready', ts, rootTs: ts, mayHaveReplies: !isNewRoot };
}

/** Uses task cards where Slack accepts them. */
async function postInThread(
  run: Run,
  thread: ReadyThread,
  { progress, rendering }: PlaceholderOptions,
  options: LeaseOptions,
): Promise<Settled<Posted>> {
  const place = {
    role: 'answer',
    thread: thread.ts,
    // A root that was found may be older than this record of the run.
    since: thread.rootTs === undefined ? run.acceptedAt : Number(thread.rootTs) * 1000,
    mayExist: thread.mayHaveReplies,
  } as const;
  const posted = await postOnce(run, { ...place, ...progressMessage(run, progress, rendering) }, options);
  if (posted.kind === 'done' || !turnOff('cards', posted.error, rendering, options.logger)) return posted;
  return await postOnce(run, { ...place, ...progressMessage(run, progress, rendering) }, options);
}

interface Posted {
  readonly ts: string;
  readonly isNew: boolean;
}

interface Posting {
  readonly role: RunMark['role'];
  readonly text: string;
  readonly blocks?: ReturnType<typeof progressMessage>['blocks'];
  readonly thread?: string;
  /** Milliseconds since the Unix epoch; by default when the run was accepted. */
  readonly since?: number;
  readonly mayExist: MayExist;
}

/** Posting has no idempotency key, so an attempt that may have succeeded is looked up first. */
async function postOnce(
  run: Run,
  { role, thread, since = run.acceptedAt, mayExist, ...content }: Posting,
  options: LeaseOptions,
): Promise<Settled<Posted>> {
  const { slack, clock } = options;
  const port = slack(run.replyTo.team);
  const { channel } = run.replyTo;
  const mark: RunMark = { runId: run.id, role };
  const place: SearchPlace = { channel, since, thread };
  const found = (ts: string | undefined) => (ts === undefined ? undefined : { ts, isNew: false });
  const find = async (): Promise<Posted | undefined> => found(await findPosted(port, place, mark, clock));

  const before =
    mayExist === 'hardly'
      ? found(await findRecent(port, place, mark, clock))
      : mayExist
        ? await find()
        : undefined;
  if (before) return { kind: 'done', value: before };
  return await callSlack(
    async () => {
      // Slack may have made us wait for longer than the lease lasts.
      await renewLease(run, options);
      const posted = await port.post({ channel, ...content, mark, thread });
      return posted.kind === 'done' ? { kind: 'done', value: { ts: posted.value.ts, isNew: true } } : posted;
    },
    { clock, recover: find },
  );
}
