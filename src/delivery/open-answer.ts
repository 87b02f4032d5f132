import type { Run } from '../runs/run.ts';
import { callSlack, type Settled } from './call-slack.ts';
import type { DeliveryOptions, Rendering } from './delivery-options.ts';
import { findPosted, type Place } from './find-posted.ts';
import { progressMessage } from './progress-view.ts';
import { kindOfRefusal } from './refusals.ts';
import type { RunMark } from './slack-port.ts';
import { rootText } from './texts.ts';
import type { Opened, Progress } from './types.ts';

export interface Opening {
  /** No earlier try of this run can have posted: only another process that is at it right now. */
  readonly firstTry: boolean;
  readonly progress: Progress;
  readonly rendering: Rendering;
}

/** Longer than a call to Slack may take, so that the other process has posted, or will not any more. */
const OTHER_POSTS_WITHIN_MS = 11_000;
const LOOK_EVERY_MS = 250;

/** See `Delivery.open`. */
export async function openAnswer(known: Run, opening: Opening, options: DeliveryOptions): Promise<Opened> {
  const { runs } = options;
  const stored = await runs.get(known.id);
  const run = stored ?? known;
  const settled = settledState(run);
  if (settled) return settled;

  // On a first try, whoever claims the run knows that nothing was posted for it.
  const isClaimed = await runs.claimOpening(run.id);
  if (!isClaimed && opening.firstTry && stored) {
    const other = await postedByOther(run.id, options);
    if (other) return other;
  }
  const thread = await ensureThread(run, isClaimed && opening.firstTry, options);
  if (thread.state === 'refused') return thread;
  const answer = await postAnswer(run, thread, opening, options);
  if (answer.kind === 'refused') return { state: 'refused', error: answer.error };
  const answerTs = answer.value.ts;
  await runs.update(run.id, { answerTs });
  const { rootTs } = thread;
  return { state: 'ready', run: { ...run, ...(rootTs === undefined ? {} : { rootTs }), answerTs } };
}

function settledState(run: Run): Opened | undefined {
  if (run.answeredAt !== undefined) return { state: 'already-answered', run };
  return run.answerTs === undefined ? undefined : { state: 'ready', run: { ...run, answerTs: run.answerTs } };
}

async function postedByOther(id: string, { runs, clock }: DeliveryOptions): Promise<Opened | undefined> {
  for (let waited = 0; waited < OTHER_POSTS_WITHIN_MS; waited += LOOK_EVERY_MS) {
    await clock.sleep(LOOK_EVERY_MS);
    const run = await runs.get(id);
    if (run === undefined) return undefined;
    const settled = settledState(run);
    if (settled) return settled;
  }
  return undefined;
}

interface ReadyThread {
  readonly state: 'ready';
  readonly ts: string;
  readonly rootTs?: string;
  readonly mayHaveReplies: boolean;
}

type Thread = ReadyThread | { readonly state: 'refused'; readonly error: string };

/** The thread that was asked in, or one of our own. */
async function ensureThread(run: Run, isNew: boolean, options: DeliveryOptions): Promise<Thread> {
  const mayHaveReplies = !isNew;
  if (run.replyTo.thread !== undefined) return { state: 'ready', ts: run.replyTo.thread, mayHaveReplies };
  if (run.rootTs !== undefined) {
    return { state: 'ready', ts: run.rootTs, rootTs: run.rootTs, mayHaveReplies };
  }
  const root = await postOnce(run, { role: 'root', text: rootText(run), mayExist: !isNew }, options);
  if (root.kind === 'refused') return { state: 'refused', error: root.error };
  const { ts, isNew: isNewRoot } = root.value;
  await options.runs.update(run.id, { rootTs: ts });
  return { state: 'ready', ts, rootTs: ts, mayHaveReplies: !isNewRoot };
}

/** With task cards where Slack takes them. */
async function postAnswer(
  run: Run,
  thread: ReadyThread,
  { progress, rendering }: Opening,
  options: DeliveryOptions,
): Promise<Settled<Posted>> {
  const place = { role: 'answer', thread: thread.ts, mayExist: thread.mayHaveReplies } as const;
  const posted = await postOnce(run, { ...place, ...progressMessage(run, progress, rendering) }, options);
  if (posted.kind === 'done' || kindOfRefusal(posted.error) !== 'format') return posted;
  options.logger.warn({ error: posted.error }, 'Slack refuses task cards: progress goes on in plain words');
  rendering.cards = false;
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
  /** An earlier try may have posted it. */
  readonly mayExist: boolean;
}

/** Posting has no idempotency key, so whenever it may have happened before we look first. */
async function postOnce(
  run: Run,
  { role, thread, mayExist, ...content }: Posting,
  { slack, clock }: DeliveryOptions,
): Promise<Settled<Posted>> {
  const port = slack(run.replyTo.team);
  const { channel } = run.replyTo;
  const mark: RunMark = { runId: run.id, role };
  const inThread = thread === undefined ? {} : { thread };
  const place: Place = { channel, since: run.acceptedAt, ...inThread };
  const find = async (): Promise<Posted | undefined> => {
    const ts = await findPosted(port, place, mark, clock);
    return ts === undefined ? undefined : { ts, isNew: false };
  };

  const before = mayExist ? await find() : undefined;
  if (before) return { kind: 'done', value: before };
  return await callSlack(
    async () => {
      const posted = await port.post({ channel, ...content, mark, ...inThread });
      return posted.kind === 'done' ? { kind: 'done', value: { ts: posted.value.ts, isNew: true } } : posted;
    },
    { clock, recover: find },
  );
}
