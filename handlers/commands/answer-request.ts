import type { Act, ActVerb, Caller } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { explainPostRefused, replyToAcceptance } from '../shared/acceptance-reply.ts';
import { authorise, refuseNearDevice, type Target } from '../shared/authorise.ts';
import { type RequestContext, toAsker } from '../shared/request-context.ts';
import { autodetectText, didYouMeanUserText, type HelpFor, helpText, unclearText } from '../text/replies.ts';
import { deviceQuestion, whichDeviceText } from '../views/device-question.ts';
import { alertPerson, bundleRequest, escalateRequest, handoverRequest } from './escalation.ts';
import { explainRule } from './explain.ts';
import { onCallRequest, silenceRequest } from './on-call.ts';
import type { ParsedRequest } from './parse-request.ts';
import { cancelRuns, listDevices, showFleetHistory, showHistory } from './past-requests.ts';

type Kind = ParsedRequest['kind'];
type Parsed<K extends Kind> = Extract<ParsedRequest, { readonly kind: K }>;
type Answer<P> = (parsed: P, request: RequestContext, requests: Requests) => Promise<void>;

/** Every command has its verb, and is authorised for the device or group that it names before anything is done. */
const COMMANDS: { readonly [K in Kind]: Answer<Parsed<K>> } = {
  nothing: command('help', nothing, showHelp),
  help: command('help', nothing, showHelp),
  unclear: command('help', nothing, answerUnclear),
  explain: command('explain', nothing, (_act, { rule }, request) => explainRule(rule, request)),
  list: command('list', nothing, (_act, _parsed, request, requests) => listDevices(request, requests)),
  history: command(
    ({ alias }) => (alias === undefined ? 'list' : 'read'),
    ({ alias }) => ({ alias }),
    (_act, { alias }, request, requests) =>
      alias === undefined ? showFleetHistory(request, requests) : showHistory(alias, request, requests),
  ),
  cancel: command('cancel', ({ alias }) => ({ alias }), cancelRuns),
  escalate: command('page', ({ alias }) => ({ alias }), escalateRequest),
  page: command('page', ({ wanted }) => ({ alias: wanted.alias }), alertPerson),
  bundle: command('bundle', ({ alias }) => ({ alias }), bundleRequest),
  handover: command('handover', nothing, (_act, _parsed, request, requests) =>
    handoverRequest(request, requests),
  ),
  oncall: command('shift', nothing, onCallRequest),
  silence: command('silence', ({ alias, group }) => ({ alias, group }), silenceRequest),
  auto: command('autodetect', nothing, switchAutodetect),
  group: command('check', ({ group }: Parsed<'group'>) => ({ group }), acceptRequest),
  check: command('check', ({ alias, live }: Parsed<'check'>) => ({ alias, live }), acceptRequest),
};

/** Answers every typed request: with help, past runs, a refusal or an accepted run. */
export async function answerRequest<K extends Kind>(
  parsed: Parsed<K>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const answer: Answer<Parsed<K>> = COMMANDS[parsed.kind];
  await answer(parsed, request, requests);
}

function command<P, V extends ActVerb>(
  verb: V | ((parsed: P) => V),
  about: (parsed: P) => Target,
  work: (act: Act<V>, parsed: P, request: RequestContext, requests: Requests) => Promise<void>,
): Answer<P> {
  return async (parsed, request, requests) => {
    const wanted = typeof verb === 'function' ? verb(parsed) : verb;
    const act = await authorise(wanted, about(parsed), request, requests);
    if (act !== undefined) await work(act, parsed, request, requests);
  };
}

/** For commands that name no device. */
function nothing(): Target {
  return {};
}

async function showHelp(
  _act: Act,
  _parsed: unknown,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  await reply(helpText(await helpFor(caller, requests)));
}

export async function helpFor(caller: Caller, requests: Requests): Promise<HelpFor> {
  return { devices: await requests.visibleDevices(caller), paging: requests.onCall?.isConfigured() === true };
}

/** With a button for what was probably meant, of devices that the person may check. */
async function answerUnclear(
  _act: Act,
  { reason, meant = [] }: Parsed<'unclear'>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { caller, reply } = request;
  const help = await helpFor(caller, requests);
  const { devices } = help;
  const known = meant.flatMap((target) => {
    const alias = devices.find((each) => each.toLowerCase() === target.alias.toLowerCase());
    return alias === undefined ? [] : [{ ...target, alias }];
  });
  const [device, ...others] = known;
  if (device === undefined) return await reply(unclearText(reason, help));
  if (others.length > 0) {
    const question = whichDeviceText(known);
    return await reply(question, deviceQuestion(question, known, request));
  }
  const names = meant.filter(({ alias }) => alias.toLowerCase() !== device.alias.toLowerCase());
  const words = names.map(({ alias }) => alias);
  if (await refuseNearDevice(words, request, requests)) return;
  const [user] = names;
  if (names.length > 1 || (user !== undefined && device.user !== undefined))
    return await reply(unclearText(reason, help));
  const target = user === undefined ? device : { ...device, user: user.alias };
  const question = user === undefined ? reason : didYouMeanUserText(device.alias, user.alias);
  await reply(question, deviceQuestion(question, [target], request));
}

/** `accept` decides again, because alerts come to it without `authorise`. */
async function acceptRequest(
  act: Act<'check'>,
  parsed: Parsed<'check' | 'group'>,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply, runId, replyTo } = request;
  const acceptance = await requests.accept(
    { runId, asker: toAsker(request), replyTo, ...parsed },
    explainPostRefused(reply, replyTo.channel),
    act.way,
  );
  await replyToAcceptance(acceptance, reply);
}

/**
 * `auto [on|off]`: whether pasted logs in this channel are analysed without a request. For anyone who may ask here.
 */
async function switchAutodetect(
  act: Act<'autodetect'>,
  { value }: Extract<ParsedRequest, { kind: 'auto' }>,
  { caller, reply }: RequestContext,
  requests: Requests,
): Promise<void> {
  if (value === undefined) return await reply(autodetectText(await requests.autodetect.isOn(caller)));
  const on = value === 'on';
  const outcome = await requests.autodetect.set(act, on);
  await reply(outcome === 'forbidden' ? autodetectText('forbidden') : autodetectText(on));
}
