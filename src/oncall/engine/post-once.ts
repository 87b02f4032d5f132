import type { Escalation, OutboxEntry, ThreadRef } from '../core/escalation.ts';
import { directId, mentionId } from '../core/outbox-entries.ts';
import { directMessage } from '../thread/direct-message.ts';
import { fixedBlocks, levelMessage } from '../thread/messages.ts';
import { shownText } from '../thread/status-view.ts';
import type { DirectMessage, Person, ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';

type Slack = Pick<EngineContext, 'thread' | 'store' | 'onHappened'>;

/** An entry to perform. `started`: an earlier attempt ended without a recorded result. */
export interface OutboxStep {
  readonly escalation: Escalation;
  readonly entry: OutboxEntry;
}

/** Posts in a thread. Posting has no idempotency key: an attempt that may have succeeded is looked up first. */
export async function postOnce(
  { escalation, entry }: OutboxStep,
  id: string,
  { thread, message, alsoInChannel = false }: PostOptions,
  parts: Slack,
): Promise<ThreadResult<string>> {
  const { thread: slack } = parts;
  const mark = `${escalation.id}/${id}`;
  const found = entry.started ? await slack.find(thread, mark, escalation.openedAt) : NOT_FOUND;
  if (found.kind !== 'done') return found;
  const posted: ThreadResult<string> =
    found.value === undefined
      ? await slack.post(thread, message, mark, { alsoInChannel })
      : { kind: 'done', value: found.value };
  if (posted.kind === 'done')
    await keepCopy(escalation, { channel: thread.channel, ts: posted.value }, mark, message, parts);
  return posted;
}

const NOT_FOUND = { kind: 'done', value: undefined } as const;

/** A message with buttons is known from now on: it shows what is pressed at any of them. */
async function keepCopy(
  escalation: Escalation,
  place: DirectMessage,
  mark: string,
  { text, blocks }: ThreadMessage,
  parts: Slack,
): Promise<void> {
  const fixed = fixedBlocks(blocks);
  if (fixed.length === blocks.length) return;
  const copy = { ...place, mark, text, blocks: [...fixed], shown: shownText(escalation) };
  await updateEscalation(parts, escalation.id, (latest) =>
    latest.copies.some((each) => each.mark === mark)
      ? latest
      : { ...latest, copies: [...latest.copies, copy] },
  );
}

interface PostOptions {
  readonly thread: ThreadRef;
  readonly message: ThreadMessage;
  readonly alsoInChannel?: boolean;
}

/** Mentions the people of a level in the page's thread. `whom`: Slack mrkdwn. */
export async function mentionOnce(
  step: OutboxStep,
  whom: string,
  parts: Slack,
): Promise<ThreadResult<string>> {
  const { escalation, entry: call } = step;
  const message = levelMessage(escalation, whom, call.level ?? 0);
  const { thread } = escalation;
  const id = call.kind === 'mention' ? call.id : mentionId(call);
  return await postOnce(step, id, { thread, message, alsoInChannel: true }, parts);
}

/** Sends a person of a level the page. */
export async function messageOnce(
  step: OutboxStep,
  user: string,
  parts: Slack,
): Promise<ThreadResult<DirectMessage>> {
  const { escalation, entry: call } = step;
  const id = call.kind === 'direct' ? call.id : directId(call, user);
  const person = { user, team: escalation.thread.team };
  const message = directMessage(escalation, call);
  return await postDirectOnce(step, id, { person, message }, parts);
}

/** The same as `postOnce` for a direct message. */
export async function postDirectOnce(
  { escalation, entry }: OutboxStep,
  id: string,
  { person, message }: { readonly person: Person; readonly message: ThreadMessage },
  parts: Slack,
): Promise<ThreadResult<DirectMessage>> {
  const { thread: slack } = parts;
  const mark = `${escalation.id}/${id}`;
  const found = entry.started ? await slack.findDirect(person, mark, escalation.openedAt) : NOT_FOUND;
  if (found.kind !== 'done') return found;
  const posted: ThreadResult<DirectMessage> =
    found.value === undefined
      ? await slack.postDirect(person, message, mark)
      : { kind: 'done', value: found.value };
  if (posted.kind === 'done') await keepCopy(escalation, posted.value, mark, message, parts);
  return posted;
}
