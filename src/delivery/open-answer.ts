import type { Run } from '../runs/run.ts';
import { callSlack, type Settled } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findPosted, type Place } from './find-posted.ts';
import type { RunMark } from './slack-port.ts';
import { placeholderText, rootText } from './texts.ts';
import type { Opened } from './types.ts';

/** See `Delivery.open`. */
export async function openAnswer(known: Run, firstTry: boolean, options: DeliveryOptions): Promise<Opened> {
  const { runs } = options;
  const run = (await runs.get(known.id)) ?? known;
  if (run.answeredAt !== undefined) return { state: 'already-answered', run };
  if (run.answerTs !== undefined) return { state: 'ready', run: { ...run, answerTs: run.answerTs } };

  const thread = await ensureThread(run, firstTry, options);
  if (thread.state === 'refused') return thread;
  const answer = await postOnce(
    run,
    { role: 'answer', text: placeholderText(run), thread: thread.ts, mayExist: thread.mayHaveReplies },
    options,
  );
  if (answer.kind === 'refused') return { state: 'refused', error: answer.error };
  const answerTs = answer.value.ts;
  await runs.update(run.id, { answerTs });
  const { rootTs } = thread;
  return { state: 'ready', run: { ...run, ...(rootTs === undefined ? {} : { rootTs }), answerTs } };
}

type Thread =
  | {
      readonly state: 'ready';
      readonly ts: string;
      readonly rootTs?: string;
      readonly mayHaveReplies: boolean;
    }
  | { readonly state: 'refused'; readonly error: string };

/** The thread that was asked in, or one of our own. */
async function ensureThread(run: Run, firstTry: boolean, options: DeliveryOptions): Promise<Thread> {
  const mayHaveReplies = !firstTry;
  if (run.replyTo.thread !== undefined) return { state: 'ready', ts: run.replyTo.thread, mayHaveReplies };
  if (run.rootTs !== undefined) {
    return { state: 'ready', ts: run.rootTs, rootTs: run.rootTs, mayHaveReplies };
  }
  const root = await postOnce(run, { role: 'root', text: rootText(run), mayExist: !firstTry }, options);
  if (root.kind === 'refused') return { state: 'refused', error: root.error };
  const { ts, isNew } = root.value;
  await options.runs.update(run.id, { rootTs: ts });
  return { state: 'ready', ts, rootTs: ts, mayHaveReplies: !isNew };
}

interface Posting {
  readonly role: RunMark['role'];
  readonly text: string;
  readonly thread?: string;
  /** An earlier try may have posted it. */
  readonly mayExist: boolean;
}

/** Posting has no idempotency key, so whenever it may have happened before we look first. */
async function postOnce(
  run: Run,
  { role, text, thread, mayExist }: Posting,
  { slack, clock }: DeliveryOptions,
): Promise<Settled<{ readonly ts: string; readonly isNew: boolean }>> {
  const port = slack(run.replyTo.team);
  const { channel } = run.replyTo;
  const mark: RunMark = { runId: run.id, role };
  const inThread = thread === undefined ? {} : { thread };
  const place: Place = { channel, since: run.acceptedAt, ...inThread };
  const find = async (): Promise<{ ts: string; isNew: boolean } | undefined> => {
    const ts = await findPosted(port, place, mark, clock);
    return ts === undefined ? undefined : { ts, isNew: false };
  };

  const before = mayExist ? await find() : undefined;
  if (before) return { kind: 'done', value: before };
  return await callSlack(
    async () => {
      const posted = await port.post({ channel, text, mark, ...inThread });
      return posted.kind === 'done' ? { kind: 'done', value: { ts: posted.value.ts, isNew: true } } : posted;
    },
    { clock, recover: find },
  );
}
