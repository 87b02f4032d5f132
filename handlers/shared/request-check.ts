import type { Accepted, Reconciliation, Refused, RequestService } from '../../src/requests/ports.ts';
import type { Asker } from '../../src/runs/run.ts';
import { explainRefusal } from '../../src/slack/refusals.ts';
import { switchAutodetect } from '../commands/autodetect.ts';
import { bundleRequest, escalateRequest, handoverRequest, pageRequest } from '../commands/escalation.ts';
import { explainRule } from '../commands/explain.ts';
import { onCallRequest } from '../commands/on-call.ts';
import { cancelRuns, listDevices, showFleetHistory, showHistory } from '../commands/past-requests.ts';
import { correctionText, errorText, helpText, refusedText, unclearText } from '../text/replies.ts';
import { replyRefused } from './allowed-device.ts';
import type { ParsedCheck } from './parse-check.ts';
import type { PrivateReply } from './private-reply.ts';
import type { Request } from './request.ts';

/** Answers every typed request: with help, past runs, a refusal or an accepted run. */
export async function requestCheck(
  parsed: ParsedCheck,
  request: Request,
  services: RequestService,
): Promise<void> {
  const { caller, reply } = request;
  switch (parsed.kind) {
    case 'nothing':
    case 'help':
      return await reply(helpText(await services.visibleDevices(caller)));
    case 'unclear':
      return await reply(unclearText(parsed.reason, await services.visibleDevices(caller)));
    case 'list':
      return await listDevices(request, services);
    case 'history':
      return await (parsed.alias === undefined
        ? showFleetHistory(request, services)
        : showHistory(parsed.alias, request, services));
    case 'cancel':
      return await cancelRuns(parsed, request, services);
    case 'escalate':
      return await escalateRequest(parsed.alias, request, services);
    case 'bundle':
      return await bundleRequest(parsed.alias, request, services);
    case 'page':
      return await pageRequest(parsed.wanted, request, services);
    case 'handover':
      return await handoverRequest(request, services);
    case 'oncall':
      return await onCallRequest(parsed.wanted, request, services);
    case 'explain':
      return await explainRule(parsed.rule, request);
    case 'auto':
      return await switchAutodetect(parsed, request, services);
    case 'group':
      return await requestGroup(parsed, request, services);
    case 'check':
      return await requestDevice(parsed, request, services);
  }
}

async function requestDevice(
  parsed: Extract<ParsedCheck, { kind: 'check' }>,
  request: Request,
  services: RequestService,
): Promise<void> {
  const { caller, reply, runId, replyTo } = request;
  const { alias, live } = parsed;
  const permission = await services.authorise({ ...caller, alias, live });
  if (permission.kind === 'refused') return await replyRefused(permission, alias, request, services);
  const accepted = await services.accept(
    { runId, asker: askerOf(request), replyTo, ...parsed },
    onRefusedBySlack(reply, replyTo.channel),
  );
  await replyIfNeeded(accepted, reply);
}

async function requestGroup(
  parsed: Extract<ParsedCheck, { kind: 'group' }>,
  request: Request,
  services: RequestService,
): Promise<void> {
  const { caller, reply, runId, replyTo } = request;
  const { group } = parsed;
  const permission = await services.authorise({ ...caller, group });
  if (permission.kind === 'refused') {
    return await reply(refusedText(permission, { group, devices: await services.visibleDevices(caller) }));
  }
  const accepted = await services.accept(
    { runId, asker: askerOf(request), replyTo, ...parsed },
    onRefusedBySlack(reply, replyTo.channel),
  );
  await replyIfNeeded(accepted, reply);
}

export function askerOf({ caller, callerName }: Pick<Request, 'caller' | 'callerName'>): Asker {
  const { user: id, home } = caller;
  return {
    id,
    name: callerName,
    home,
  };
}

/** Runs in the background, because the queue may be unavailable for minutes. */
async function reportReconciliation(
  reply: PrivateReply,
  withdraw?: () => Promise<Reconciliation | undefined>,
): Promise<void> {
  const reconciled = await withdraw?.();
  if (reconciled !== undefined) await reply(correctionText(reconciled));
}

/** The answer then comes by direct message, if possible; this reply says how to fix it. */
export function onRefusedBySlack(reply: PrivateReply, channel: string): Refused {
  return (error) => void reply(explainRefusal(error, channel));
}

/** Says nothing if the request was accepted as usual. */
export async function replyIfNeeded(accepted: Accepted, reply: PrivateReply): Promise<void> {
  switch (accepted.state) {
    case 'refused':
      await reply(errorText(accepted.error));
      void reportReconciliation(reply, accepted.withdraw);
      return undefined;
    // The message of the joined run says it.
    case 'joined':
    case 'queued':
    case 'duplicate':
      return undefined;
  }
}
