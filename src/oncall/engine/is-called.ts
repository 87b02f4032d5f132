import type { Escalation } from '../core/escalation.ts';
import type { ThreadPort } from '../thread/thread-port.ts';

const USER = /<@([UW][A-Z0-9]+)>/g; // <@U0WREN>
const USER_GROUP = /<!subteam\^(S[A-Z0-9]+)>/g; // <!subteam^S0NETOPS>

/** Whether an escalation called this person: by a level, or because somebody chose them. */
export async function isCalled(
  { history, outbox, assignee, thread: { team } }: Escalation,
  user: string,
  thread: Pick<ThreadPort, 'members'>,
): Promise<boolean> {
  if (assignee === user || outbox.some((entry) => entry.kind === 'direct' && entry.user === user))
    return true;
  const whom = history
    .filter(({ what }) => what === 'paged' || what === 'called' || what === 'assigned')
    .map((entry) => entry.whom ?? '')
    .join(' ');
  if ([...whom.matchAll(USER)].some(([, id]) => id === user)) return true;
  for (const [, group = ''] of whom.matchAll(USER_GROUP)) {
    const members = await thread.members(group, team);
    if (members.kind === 'done' && members.value.includes(user)) return true;
  }
  return false;
}
