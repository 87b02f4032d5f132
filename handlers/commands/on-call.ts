import type { Act } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { onCallText, shiftText } from '../text/on-call.ts';
import { cannotEscalateText } from '../text/replies.ts';
import type { OnCallRequest } from './parse-oncall.ts';

/** `oncall`: who is on call, and taking, giving or releasing a shift. Needs any grant here. */
export async function onCallRequest(
  act: Act<'shift'>,
  { wanted }: { readonly wanted: OnCallRequest },
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  if (wanted.action === 'show') return await reply(onCallText(await onCall.listShifts()));
  const { schedule } = wanted;
  if (wanted.action === 'release')
    return await reply(shiftText(await onCall.releaseShift({ act, schedule })));
  const user = wanted.action === 'give' ? wanted.user : caller.user;
  const { minutes } = wanted;
  await reply(shiftText(await onCall.takeShift({ act, user, schedule, minutes })));
}
