import { endedSilencesText, onCallText, shiftText, silencedText, silencesText } from '../text/on-call.ts';
import { cannotEscalateText } from '../text/replies.ts';
import type { Command } from './parse-request.ts';

/** `oncall`: who is on call, and taking, giving or releasing a shift. Needs any grant here. */
export async function onCallRequest(request: Command<'oncall', 'shift'>): Promise<void> {
  const { act, parsed, caller, reply, requests } = request;
  const { wanted } = parsed;
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
export async function silenceRequest(request: Command<'silence', 'silence'>): Promise<void> {
  const { act, parsed, caller, reply, requests } = request;
  const { wanted, alias, group } = parsed;
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
