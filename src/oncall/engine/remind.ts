import { isSlackUser } from '../../platform/runs/run.ts';
import { type Escalation, findHolder, type OutboxEntry } from '../core/escalation.ts';
import { completeEntry, delayEntry, repeatReminder } from '../core/machine.ts';
import { reminderMessage } from '../thread/messages.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import type { EngineContext } from './engine-context.ts';
import { postDirectOnce, postOnce } from './post-once.ts';

/**
 * Reminds the person whose page it is that the page is still open: by direct message, or in the thread if they are not
 * in Slack.
 */
export async function remind(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<(latest: Escalation) => Escalation> {
  if (escalation.state !== 'acknowledged') return (latest) => completeEntry(latest, entry);
  const message = reminderMessage(escalation);
  const { thread } = escalation;
  const user = findHolder(escalation)?.user;
  let sent: ThreadResult<unknown> = { kind: 'refused', reason: 'the person is not in Slack.' };
  if (user !== undefined && isSlackUser(user)) {
    const person = { user, team: thread.team };
    sent = await postDirectOnce(escalation, entry.id, mayBeDone, { person, message }, parts);
  }
  if (sent.kind === 'refused') {
    sent = await postOnce(escalation, entry.id, mayBeDone, { thread, message }, parts);
  }
  const at = parts.now();
  if (sent.kind === 'later') {
    const later = sent;
    return (latest) => delayEntry(latest, entry, at, later);
  }
  return (latest) => repeatReminder(latest, entry, at, parts.settings.remind);
}
