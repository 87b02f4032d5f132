import type { Escalation, OutboxEntry, ThreadRef } from '../core/escalation.ts';
import { retryEntry } from '../core/machine.ts';
import { directMessage } from '../thread/direct-message.ts';
import { fixedBlocks, levelMessage } from '../thread/messages.ts';
import { shownText } from '../thread/status-view.ts';
import type { Person, PostedAt, ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';

/** An entry to perform. `started`: an earlier attempt ended without a recorded result. */
export interface OutboxStep extends EngineContext {
  readonly escalation: Escalation;
  readonly entry: OutboxEntry;
}

interface PageMessage {
  /** Distinguishes the messages of a page. */
  readonly id: string;
  readonly to: ThreadRef | Person;
  readonly message: ThreadMessage;
  readonly alsoInChannel?: boolean;
}

/** Posts a message. Posting has no idempotency key: an attempt that may have succeeded is looked up first. */
export async function postOnce(step: OutboxStep, posting: PageMessage): Promise<ThreadResult<PostedAt>> {
  const { escalation, entry, thread: slack } = step;
  const { to, message, alsoInChannel } = posting;
  const mark = `${escalation.id}/${posting.id}`;
  const since = entry.started ? escalation.openedAt : undefined;
  const posted =
    'user' in to
      ? await slack.postDirect(to, message, mark, since)
      : await slack.post(to, message, mark, { alsoInChannel, since });
  if (posted.kind === 'done') await keepCopy(step, posted.value, mark, message);
  return posted;
}

/** A message with buttons is known from now on: it shows what is pressed at any of them. */
async function keepCopy(
  step: OutboxStep,
  place: PostedAt,
  mark: string,
  { text, blocks }: ThreadMessage,
): Promise<void> {
  const fixed = fixedBlocks(blocks);
  if (fixed.length === blocks.length) return;
  const copy = { ...place, mark, text, blocks: [...fixed], shown: shownText(step.escalation) };
  await updateEscalation(step, step.escalation.id, (latest) =>
    latest.copies.some((each) => each.mark === mark)
      ? latest
      : { ...latest, copies: [...latest.copies, copy] },
  );
}

/** Mentions the people of a level in the page's thread. `whom`: Slack mrkdwn. */
export async function mentionOnce(step: OutboxStep, whom: string): Promise<ThreadResult<PostedAt>> {
  const { escalation, entry, now } = step;
  const message = levelMessage(escalation, whom, entry.level ?? 0);
  const { id } = entry.kind === 'mention' ? entry : retryEntry('mention', entry, now(), whom);
  return await postOnce(step, { id, to: escalation.thread, message, alsoInChannel: true });
}

export async function messageOnce(step: OutboxStep, user: string): Promise<ThreadResult<PostedAt>> {
  const { escalation, entry, now } = step;
  const { id } = entry.kind === 'direct' ? entry : retryEntry('direct', entry, now(), user);
  const to = { user, team: escalation.thread.team };
  return await postOnce(step, { id, to, message: directMessage(escalation, entry) });
}
