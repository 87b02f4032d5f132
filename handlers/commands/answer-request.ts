import type { ActVerb } from '../../src/bot/requests/act.ts';
import {
  acceptRun,
  authorise,
  type RequestContext,
  refuseNearDevice,
  type Target,
} from '../shared/request-context.ts';
import { autodetectText, didYouMeanUserText, type HelpFor, helpText, unclearText } from '../text/replies.ts';
import { askAboutDevices, whichDeviceText } from '../views/device-question.ts';
import { alertPerson, bundleRequest, escalateRequest, handoverRequest } from './escalation.ts';
import { explainRule } from './explain.ts';
import { onCallRequest, silenceRequest } from './on-call.ts';
import type { Command, Kind, Parsed } from './parse-request.ts';
import { cancelRuns, listDevices, showFleetHistory, showHistory } from './past-requests.ts';

type Answer<P> = (parsed: P, request: RequestContext) => Promise<void>;

/** Every command has its verb, and is authorised for the device or group that it names before anything is done. */
const COMMANDS: { readonly [K in Kind]: Answer<Parsed<K>> } = {
  nothing: command('help', showHelp),
  help: command('help', showHelp),
  unclear: command('help', answerUnclear),
  explain: command('explain', explainRule),
  list: command('list', listDevices),
  history: async (parsed, request) =>
    parsed.alias === undefined
      ? await command('list', showFleetHistory)(parsed, request)
      : await command('read', showHistory, ({ alias }) => ({ alias }))(parsed, request),
  cancel: command('cancel', cancelRuns, ({ alias }) => ({ alias })),
  escalate: command('page', escalateRequest, ({ alias }) => ({ alias })),
  page: command('page', alertPerson, ({ wanted: { alias } }) => ({ alias })),
  bundle: command('bundle', bundleRequest, ({ alias }) => ({ alias })),
  handover: command('handover', handoverRequest),
  oncall: command('shift', onCallRequest),
  silence: command('silence', silenceRequest, ({ alias, group }) => ({ alias, group })),
  auto: command('autodetect', switchAutodetect),
  group: command('check', acceptRequest, ({ group }: Parsed<'group'>) => ({ group })),
  check: command('check', acceptRequest, ({ alias, live }: Parsed<'check'>) => ({ alias, live })),
};

export async function answerRequest<K extends Kind>(
  parsed: Parsed<K>,
  request: RequestContext,
): Promise<void> {
  const answer: Answer<Parsed<K>> = COMMANDS[parsed.kind];
  await answer(parsed, request);
}

/** `about`: the device or group that the command names; none by default. */
function command<K extends Kind, V extends ActVerb>(
  verb: V,
  work: (command: Command<K, V>) => Promise<void>,
  about: (parsed: Parsed<K>) => Target = () => ({}),
): Answer<Parsed<K>> {
  return async (parsed, request) => {
    const act = await authorise(verb, about(parsed), request);
    if (act !== undefined) await work({ ...request, act, parsed });
  };
}

async function showHelp(request: RequestContext): Promise<void> {
  await request.reply(helpText(await helpFor(request)));
}

export async function helpFor({ caller, requests }: RequestContext): Promise<HelpFor> {
  return { devices: await requests.visibleDevices(caller), paging: requests.onCall?.isConfigured() === true };
}

/** With a button for what was probably meant, of devices that the person may check. */
async function answerUnclear(request: Command<'unclear'>): Promise<void> {
  const { reason, meant = [] } = request.parsed;
  const { reply } = request;
  const help = await helpFor(request);
  const { devices } = help;
  const known = meant.flatMap((target) => {
    const alias = devices.find((each) => each.toLowerCase() === target.alias.toLowerCase());
    return alias === undefined ? [] : [{ ...target, alias }];
  });
  const [device, ...others] = known;
  if (device === undefined) return await reply(unclearText(reason, help));
  if (others.length > 0) return await askAboutDevices(whichDeviceText(known), known, request);
  const names = meant.filter(({ alias }) => alias.toLowerCase() !== device.alias.toLowerCase());
  const words = names.map(({ alias }) => alias);
  if (await refuseNearDevice(words, request)) return;
  const [user] = names;
  if (names.length > 1 || (user !== undefined && device.user !== undefined))
    return await reply(unclearText(reason, help));
  const target = user === undefined ? device : { ...device, user: user.alias };
  const question = user === undefined ? reason : didYouMeanUserText(device.alias, user.alias);
  await askAboutDevices(question, [target], request);
}

async function acceptRequest<K extends 'check' | 'group'>(request: Command<K>): Promise<void> {
  const { parsed, runId, replyTo } = request;
  await acceptRun({ runId, replyTo, ...parsed }, request);
}

/**
 * `auto [on|off]`: whether pasted logs in this channel are analysed without a request. For anyone who may ask here.
 */
async function switchAutodetect(request: Command<'auto', 'autodetect'>): Promise<void> {
  const { act, parsed, caller, reply, requests } = request;
  const { value } = parsed;
  if (value === undefined) return await reply(autodetectText(await requests.autodetect.isOn(caller)));
  const on = value === 'on';
  const outcome = await requests.autodetect.set(act, on);
  await reply(outcome === 'forbidden' ? autodetectText('forbidden') : autodetectText(on));
}
