import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { delayEntry, refuseEntry } from '../core/machine.ts';
import { recordPerson } from '../core/person.ts';
import type { EngineContext } from './engine-context.ts';
import { mentionOnce, messageOnce } from './post-once.ts';

/**
 * Pages a chosen person as a level does: by direct message, and with a mention in the thread. The person counts as
 * paged when Slack took the direct message.
 */
export async function callPerson(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<(latest: Escalation) => Escalation> {
  const { user = '' } = entry;
  const sent = await messageOnce(escalation, entry, user, mayBeDone, parts);
  const at = parts.now();
  if (sent.kind === 'later') return (latest) => delayEntry(latest, entry, at, sent);
  if (sent.kind === 'refused') return (latest) => refuseEntry(latest, entry, at, sent.reason);
  const mention = await mentionOnce(escalation, entry, `<@${user}>`, mayBeDone, parts);
  return (latest) => recordPerson(latest, entry, at, mention.kind === 'later');
}
