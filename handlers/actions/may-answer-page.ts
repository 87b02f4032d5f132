import type { Caller, Requests } from '../../src/bot/requests/ports.ts';
import type { PrivateReply } from '../shared/private-reply.ts';
import { refusedText } from '../text/replies.ts';

/** People of other workspaces see the thread of a shared channel too: they need a grant. */
export async function mayAnswerPage(
  caller: Caller,
  reply: PrivateReply,
  requests: Requests,
): Promise<boolean> {
  if (caller.home === undefined) return true;
  const permission = await requests.authorise(caller);
  if (permission.kind === 'refused') await reply(refusedText(permission));
  return permission.kind === 'allowed';
}
