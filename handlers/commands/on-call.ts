import type { Requests } from '../../src/bot/requests/ports.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { onCallText, shiftText } from '../text/on-call.ts';
import { cannotEscalateText, refusedText } from '../text/replies.ts';
import type { OnCallRequest } from './parse-oncall.ts';

/** `oncall`: who is on call, and taking, giving or releasing a shift. Needs any grant here. */
export async function onCallRequest(
  wanted: OnCallRequest,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  const permission = await requests.authorise(caller);
  if (permission.kind === 'refused') return await reply(refusedText(permission));
  if (wanted.action === 'show') return await reply(onCallText(await onCall.listShifts()));
  const { schedule } = wanted;
  if (wanted.action === 'release') return await reply(shiftText(await onCall.releaseShift({ schedule })));
  const user = wanted.action === 'give' ? wanted.user : caller.user;
  const { minutes } = wanted;
  const { team, user: by } = caller;
  await reply(shiftText(await onCall.takeShift({ user, by, schedule, minutes, team })));
}
