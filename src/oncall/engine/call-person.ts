import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { entryDelayed, entryRefused } from '../core/machine.ts';
import { personReached } from '../core/person.ts';
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
  if (sent.kind === 'later') return (latest) => entryDelayed(latest, entry, at, sent);
  if (sent.kind === 'refused') return (latest) => entryRefused(latest, entry, at, sent.reason);
  const mention = await mentionOnce(escalation, entry, `<@${user}>`, mayBeDone, parts);
  return (latest) => personReached(latest, entry, at, mention.kind === 'later');
}
