import type { RequestService } from '../../src/bot/requests/ports.ts';
import { explainPostRefused, replyToAcceptance } from '../shared/acceptance-reply.ts';
import { replyRefused } from '../shared/allowed-device.ts';
import { askerOf, type RequestContext } from '../shared/request-context.ts';
import { helpText, refusedText, unclearText } from '../text/replies.ts';
import { switchAutodetect } from './autodetect.ts';
import { bundleRequest, escalateRequest, handoverRequest, pageRequest } from './escalation.ts';
import { explainRule } from './explain.ts';
import { onCallRequest } from './on-call.ts';
import type { ParsedRequest } from './parse-request.ts';
import { cancelRuns, listDevices, showFleetHistory, showHistory } from './past-requests.ts';

/** Answers every typed request: with help, past runs, a refusal or an accepted run. */
export async function answerRequest(
  parsed: ParsedRequest,
  request: RequestContext,
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
      return await requestCheck(parsed, request, services);
  }
}

async function requestCheck(
  parsed: Extract<ParsedRequest, { kind: 'check' }>,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { alias, live } = parsed;
  const permission = await services.authorise({ ...request.caller, alias, live });
  if (permission.kind === 'refused') return await replyRefused(permission, alias, request, services);
  await acceptRequest(parsed, request, services);
}

async function requestGroup(
  parsed: Extract<ParsedRequest, { kind: 'group' }>,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { caller, reply } = request;
  const { group } = parsed;
  const permission = await services.authorise({ ...caller, group });
  if (permission.kind === 'refused') {
    return await reply(refusedText(permission, { group, devices: await services.visibleDevices(caller) }));
  }
  await acceptRequest(parsed, request, services);
}

/** `accept` decides again, because re-checks come to it without `authorise`. */
async function acceptRequest(
  parsed: Extract<ParsedRequest, { kind: 'check' | 'group' }>,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { reply, runId, replyTo } = request;
  const acceptance = await services.accept(
    { runId, asker: askerOf(request), replyTo, ...parsed },
    explainPostRefused(reply, replyTo.channel),
  );
  await replyToAcceptance(acceptance, reply);
}
