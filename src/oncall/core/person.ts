import type { Escalation, OutboxEntry, PersonRequest } from './escalation.ts';
import { mentionEntry, personEntry, withoutEntry } from './outbox-entries.ts';

/** Time that a person who was chosen has to acknowledge before the routes of the page follow: a level's default. */
export const PERSON_TIMEOUT_MS = 10 * 60_000;
const RETRY_DELAY_MS = 5000;

/** Pages a chosen person, beside the routes. Does nothing if the request was taken before. */
export function askForPerson(escalation: Escalation, request: PersonRequest, at: number): Escalation {
  if (escalation.state === 'resolved' || escalation.asked.includes(request.id)) return escalation;
  return {
    ...escalation,
    asked: [...escalation.asked, request.id],
    outbox: [...escalation.outbox, personEntry(request, at)],
  };
}

/** Slack took the direct message. `mentionLater`: the message in the thread is tried again. */
export function recordPerson(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  mentionLater: boolean,
): Escalation {
  const next = withoutEntry(escalation, entry.id);
  const { by, role, user = '' } = entry;
  const whom = mention(entry);
  const isAssigned = role === 'assignee';
  return {
    ...next,
    state: next.state === 'confirmed' ? 'paged' : next.state,
    ...(isAssigned ? { assignee: user } : {}),
    outbox: [...next.outbox, ...(mentionLater ? [mentionEntry(entry, whom, at + RETRY_DELAY_MS)] : [])],
    history: [
      ...next.history,
      { at, what: 'paged', whom, by },
      ...(isAssigned ? [{ at, what: 'assigned' as const, whom, by }] : []),
    ],
  };
}

/** Slack does not take the direct message. While the page has reached no person, its routes need not wait for this person. */
export function skipPerson(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  reason: string,
): Escalation {
  const next = withoutEntry(escalation, entry.id);
  const isFirst = next.history.every(({ what }) => what === 'opened' || what === 'retrying');
  return {
    ...next,
    outbox: isFirst
      ? next.outbox.map((each) => (each.kind === 'page' ? { ...each, notBefore: at } : each))
      : next.outbox,
    history: [...next.history, { at, what: 'not-reached', whom: mention(entry), by: entry.by, reason }],
  };
}

/** Slack mrkdwn that notifies the person. */
function mention({ user = '' }: OutboxEntry): string {
  return `<@${user}>`;
}
