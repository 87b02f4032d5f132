import type { Act } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { endedSilencesText, onCallText, shiftText, silencedText, silencesText } from '../text/on-call.ts';
import { cannotEscalateText } from '../text/replies.ts';
import type { OnCallRequest } from './parse-oncall.ts';
import type { ParsedRequest } from './parse-request.ts';

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

/** `silence`: lists, makes and ends silences of devices that the person may check here. */
export async function silenceRequest(
  act: Act<'silence'>,
  { wanted, alias, group }: Extract<ParsedRequest, { kind: 'silence' }>,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  const visible = await requests.visibleDevices(caller);
  if (wanted.action === 'list') return await reply(silencesText(await onCall.listSilences(visible)));
  const target = { alias, group };
  if (wanted.action === 'end')
    return await reply(endedSilencesText(await onCall.endSilence({ act, target, visible })));
  const { minutes, reason } = wanted;
  await reply(silencedText(await onCall.silence({ act, target, visible, minutes, reason })));
}
