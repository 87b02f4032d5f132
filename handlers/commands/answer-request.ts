import type { Requests } from '../../src/bot/requests/ports.ts';
import { explainPostRefused, replyToAcceptance } from '../shared/acceptance-reply.ts';
import { replyRefused } from '../shared/allowed-device.ts';
import { askerOf, type RequestContext } from '../shared/request-context.ts';
import { helpText, refusedText, unclearText } from '../text/replies.ts';
import { switchAutodetect } from './autodetect.ts';
import { alertPerson, bundleRequest, escalateRequest, handoverRequest } from './escalation.ts';
import { explainRule } from './explain.ts';
import { onCallRequest } from './on-call.ts';
import type { ParsedRequest } from './parse-request.ts';
import { cancelRuns, listDevices, showFleetHistory, showHistory } from './past-requests.ts';

/** Answers every typed request: with help, past runs, a refusal or an accepted run. */
export async function answerRequest(
  parsed: ParsedRequest,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { caller, reply } = request;
  switch (parsed.kind) {
    case 'nothing':
    case 'help':
      return await reply(helpText(await requests.visibleDevices(caller)));
    case 'unclear':
      return await reply(unclearText(parsed.reason, await requests.visibleDevices(caller)));
    case 'list':
      return await listDevices(request, requests);
    case 'history':
      return await (parsed.alias === undefined
        ? showFleetHistory(request, requests)
        : showHistory(parsed.alias, request, requests));
    case 'cancel':
      return await cancelRuns(parsed, request, requests);
    case 'escalate':
      return await escalateRequest(parsed.alias, request, requests);
    case 'bundle':
      return await bundleRequest(parsed.alias, request, requests);
    case 'page':
      return await alertPerson(parsed.wanted, request, requests);
    case 'handover':
      return await handoverRequest(request, requests);
    case 'oncall':
      return await onCallRequest(parsed.wanted, request, requests);
    case 'explain':
      return await explainRule(parsed.rule, request);
    case 'auto':
      return await switchAutodetect(parsed, request, requests);
    case 'group':
      return await requestGroup(parsed, request, requests);
    case 'check':
      return await requestCheck(parsed, request, requests);
  }
}

async function requestCheck(
  parsed: Extract<ParsedRequest, { kind: 'check' }>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { alias, live } = parsed;
  const permission = await requests.authorise({ ...request.caller, alias, live });
  if (permission.kind === 'refused') return await replyRefused(permission, alias, request, requests);
  await acceptRequest(parsed, request, requests);
}

async function requestGroup(
  parsed: Extract<ParsedRequest, { kind: 'group' }>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { caller, reply } = request;
  const { group } = parsed;
  const permission = await requests.authorise({ ...caller, group });
  if (permission.kind === 'refused') {
    return await reply(refusedText(permission, { group, devices: await requests.visibleDevices(caller) }));
  }
  await acceptRequest(parsed, request, requests);
}

/** `accept` decides again, because re-checks come to it without `authorise`. */
async function acceptRequest(
  parsed: Extract<ParsedRequest, { kind: 'check' | 'group' }>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply, runId, replyTo } = request;
  const acceptance = await requests.accept(
    { runId, asker: askerOf(request), replyTo, ...parsed },
    explainPostRefused(reply, replyTo.channel),
  );
  await replyToAcceptance(acceptance, reply);
}
