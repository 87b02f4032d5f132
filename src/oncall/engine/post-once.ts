import type { Escalation, OutboxEntry, ThreadRef } from '../core/escalation.ts';
import { directId, mentionId } from '../core/outbox-entries.ts';
import { directMessage } from '../thread/direct-message.ts';
import { levelMessage } from '../thread/messages.ts';
import type { DirectMessage, Person, ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import type { EngineContext } from './engine-context.ts';

type Slack = Pick<EngineContext, 'thread'>;

/**
 * Posts in a thread. Posting has no idempotency key: `mayBeDone`, an attempt that may have succeeded, is looked up
 * first.
 */
export async function postOnce(
  escalation: Escalation,
  entryId: string,
  mayBeDone: boolean,
  { thread, message, alsoInChannel = false }: PostOptions,
  { thread: slack }: Slack,
): Promise<ThreadResult<string>> {
  const mark = `${escalation.id}/${entryId}`;
  if (mayBeDone) {
    const found = await slack.find(thread, mark, escalation.openedAt);
    if (found.kind !== 'done') return found;
    if (found.value !== undefined) return { kind: 'done', value: found.value };
  }
  return await slack.post(thread, message, mark, { alsoInChannel });
}

interface PostOptions {
  readonly thread: ThreadRef;
  readonly message: ThreadMessage;
  readonly alsoInChannel?: boolean;
}

/** Mentions the people of a level in the page's thread. `whom`: Slack mrkdwn. */
export async function mentionOnce(
  escalation: Escalation,
  call: OutboxEntry,
  whom: string,
  mayBeDone: boolean,
  parts: Slack,
): Promise<ThreadResult<string>> {
  const message = levelMessage(escalation, whom, call.level ?? 0);
  const { thread } = escalation;
  const id = call.kind === 'mention' ? call.id : mentionId(call);
  return await postOnce(escalation, id, mayBeDone, { thread, message, alsoInChannel: true }, parts);
}

/** Sends a person of a level the page. */
export async function messageOnce(
  escalation: Escalation,
  call: OutboxEntry,
  user: string,
  mayBeDone: boolean,
  parts: Slack,
): Promise<ThreadResult<DirectMessage>> {
  const id = call.kind === 'direct' ? call.id : directId(call, user);
  const person = { user, team: escalation.thread.team };
  const message = directMessage(escalation, call);
  return await postDirectOnce(escalation, id, mayBeDone, { person, message }, parts);
}

/** The same as `postOnce` for a direct message. */
export async function postDirectOnce(
  escalation: Escalation,
  entryId: string,
  mayBeDone: boolean,
  { person, message }: { readonly person: Person; readonly message: ThreadMessage },
  { thread: slack }: Slack,
): Promise<ThreadResult<DirectMessage>> {
  const mark = `${escalation.id}/${entryId}`;
  if (mayBeDone) {
    const found = await slack.findDirect(person, mark, escalation.openedAt);
    if (found.kind !== 'done') return found;
    if (found.value !== undefined) return { kind: 'done', value: found.value };
  }
  return await slack.postDirect(person, message, mark);
}
