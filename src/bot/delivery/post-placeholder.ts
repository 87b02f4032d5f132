import { isAlertRun, type Run } from '../../platform/runs/run.ts';
import { callSlack, findPosted, findRecent, type Search, type Settled } from './find-posted.ts';
import { turnOff } from './progress-lines.ts';
import { progressMessage, rootText } from './progress-view.ts';
import { type LeasedRun, withLease } from './run-lease.ts';
import type { RunMark } from './slack-port.ts';
import type { DeliveryOptions, Placeholder, Rendering, RunProgress } from './types.ts';

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
export function postPlaceholder(
  known: Run,
  wanted: PlaceholderOptions,
  options: DeliveryOptions,
): Promise<Placeholder> {
  return withLease(known, options, async (leased) => {
    const { run } = leased;
    if (run.answeredAt !== undefined) return { state: 'already-answered', run };
    if (run.answerTs !== undefined) return { state: 'ready', run: { ...run, answerTs: run.answerTs } };
    return await postUnderLease({ ...options, ...wanted, ...leased });
  });
}

interface Posting extends DeliveryOptions, PlaceholderOptions, LeasedRun {}

async function postUnderLease(posting: Posting): Promise<Placeholder> {
  const { run, runs } = posting;
  const thread = await ensureThread(posting);
  if (thread.kind === 'refused') return { state: 'refused', error: thread.error };
  const answer = await postInThread(thread.value, posting);
  if (answer.kind === 'refused') return { state: 'refused', error: answer.error };
  const answerTs = answer.value.ts;
  await runs.update(run.id, { answerTs });
  const { rootTs } = thread.value;
  return { state: 'ready', run: { ...run, rootTs, answerTs } };
}

interface Thread {
  readonly ts: string;
  readonly rootTs?: string;
  readonly mayHaveReplies: MayExist;
}

/** An earlier attempt may have posted the message; `hardly`: only if the store lost what it did. */
type MayExist = boolean | 'hardly';

async function ensureThread(posting: Posting): Promise<Settled<Thread>> {
  const { run, runs, clock, isFirst, firstTry } = posting;
  const isFresh = clock.now() - run.acceptedAt < FRESH_MS;
  const mayHaveReplies: MayExist = isFirst && firstTry ? (isFresh ? false : 'hardly') : true;
  const { thread = run.rootTs } = run.replyTo;
  if (thread !== undefined) {
    const rootTs = run.replyTo.thread === undefined ? thread : undefined;
    return { kind: 'done', value: { ts: thread, mayHaveReplies, rootTs } };
  }
  // An alert that comes again has the same id, also where the store lost the run that it started.
  const mayExist = mayHaveReplies === false && isAlertRun(run) ? 'hardly' : mayHaveReplies;
  const root = await postOnce({ role: 'root', text: posting.root ?? rootText(run), mayExist }, posting);
  if (root.kind === 'refused') return root;
  const { ts, isNew } = root.value;
  await runs.update(run.id, { rootTs: ts });
  return { kind: 'done', value: { ts, rootTs: ts, mayHaveReplies: !isNew } };
}

/** Uses task cards where Slack accepts them. */
async function postInThread(thread: Thread, posting: Posting): Promise<Settled<Posted>> {
  const { run, progress, rendering, logger } = posting;
  const place = {
    role: 'answer',
    thread: thread.ts,
    // A root that was found may be older than this record of the run.
    since: thread.rootTs === undefined ? run.acceptedAt : Number(thread.rootTs) * 1000,
    mayExist: thread.mayHaveReplies,
  } as const;
  const post = () => postOnce({ ...place, ...progressMessage(run, progress, rendering) }, posting);
  const posted = await post();
  if (posted.kind === 'done' || !turnOff('cards', posted.error, rendering, logger)) return posted;
  return await post();
}

interface Posted {
  readonly ts: string;
  readonly isNew: boolean;
}

interface Message {
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
  { role, thread, since, mayExist, ...content }: Message,
  { run, slack, clock, renew }: Posting,
): Promise<Settled<Posted>> {
  const port = slack(run.replyTo.team);
  const { channel } = run.replyTo;
  const mark: RunMark = { runId: run.id, role };
  const search: Search = { port, clock, channel, since: since ?? run.acceptedAt, thread };
  const look = async (find: typeof findPosted): Promise<Posted | undefined> => {
    const ts = await find(search, mark);
    return ts === undefined ? undefined : { ts, isNew: false };
  };
  const before = mayExist ? await look(mayExist === 'hardly' ? findRecent : findPosted) : undefined;
  if (before) return { kind: 'done', value: before };
  return await callSlack(
    async () => {
      await renew();
      const posted = await port.post({ channel, ...content, mark, thread });
      return posted.kind === 'done' ? { kind: 'done', value: { ts: posted.value.ts, isNew: true } } : posted;
    },
    { clock, recover: () => look(findPosted) },
  );
}
