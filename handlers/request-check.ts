import type { ReplyTo } from '../src/runs/run.ts';
import type { ParsedCheck } from './parse-check.ts';
import type { PrivateReply } from './private-reply.ts';
import {
  errorText,
  helpText,
  joinedText,
  refusedText,
  unclearText,
  unknownDeviceText,
  waitingText,
} from './replies.ts';
import type { Accepted, Caller, Services } from './services.ts';

export interface Request {
  readonly runId: string;
  readonly caller: Caller;
  /** As Slack spells it. */
  readonly callerName?: string;
  readonly replyTo: ReplyTo;
  readonly reply: PrivateReply;
}

/** Every way to ask for a device ends here: help, a kind refusal, or an accepted run. */
export async function requestCheck(parsed: ParsedCheck, request: Request, services: Services): Promise<void> {
  const { caller, reply, runId, replyTo } = request;
  if (parsed.kind !== 'check') {
    const devices = await services.visibleDevices(caller);
    await reply(parsed.kind === 'help' ? helpText(devices) : unclearText(parsed.reason, devices));
    return;
  }
  const { kind, alias, ...focus } = parsed;
  const permission = await services.authorise({ ...caller, alias });
  if (permission.kind === 'unknown-device') {
    const suggestions = await services.suggestDevices(caller, alias);
    await reply(unknownDeviceText(alias, suggestions, await services.visibleDevices(caller)));
    return;
  }
  if (permission.kind === 'refused') {
    await reply(refusedText(permission, alias, await services.visibleDevices(caller)));
    return;
  }
  const accepted = await services.accept({
    runId,
    asker: askerOf(request),
    replyTo,
    request: { kind, alias, ...focus },
  });
  await tellHowItWent(accepted, reply);
}

export function askerOf({ caller, callerName }: Request): { readonly id: string; readonly name?: string } {
  return { id: caller.user, ...(callerName === undefined ? {} : { name: callerName }) };
}

/** Silent when all is well: the answer's own message says it. */
export async function tellHowItWent(accepted: Accepted, reply: PrivateReply): Promise<void> {
  switch (accepted.state) {
    case 'refused':
      return await reply(errorText(accepted.error));
    case 'joined':
      return await reply(joinedText);
    case 'queued':
      return accepted.ahead > 0 ? await reply(waitingText(accepted.ahead)) : undefined;
    case 'duplicate':
      return undefined;
  }
}
