import type { Act, ActVerb } from '../../src/bot/requests/act.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { writeFormPlace } from '../shared/listeners.ts';
import { authorise, findTarget, type RequestContext, spellAlias } from '../shared/request-context.ts';
import {
  confirmedTexts,
  nothingToEscalateText,
  personCalledText,
  pressEscalateText,
} from '../text/on-call.ts';
import {
  cannotBundleText,
  cannotEscalateText,
  reportAttachedText,
  reportThereText,
} from '../text/replies.ts';
import { escalationForm, personForm } from '../views/pager-forms.ts';
import { PAGER_USAGE } from './parse-oncall.ts';
import type { Command } from './parse-request.ts';

const MAX_RUNS_READ = 10;

/** `escalate [host]`: the last answer about the device, or the person's last answer. */
export async function escalateRequest(request: Command<'escalate'>): Promise<void> {
  const { parsed, reply, openForm, requests } = request;
  if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
  const found = await findLastAnswer('page', parsed.alias, request);
  if (found === undefined) return;
  if (openForm === undefined) return await reply(pressEscalateText);
  const { run } = found;
  const preview = await requests.onCall.preview(run);
  if (preview === undefined) return await reply(nothingToEscalateText(parsed.alias));
  await openForm(escalationForm(preview, placeOfRun(run)));
}

/**
 * `page @person [host]`: about the device; without a device about the only open escalation, or the person's last answer.
 * An open escalation about the same cause is added to. Without a person's id a form asks for the person.
 */
export async function alertPerson(request: Command<'page'>): Promise<void> {
  const { parsed, reply, openForm, runId: requestId, requests } = request;
  const { person, alias } = parsed.wanted;
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  const only = alias === undefined ? await findOnlyEscalated(request) : undefined;
  const found =
    only === undefined
      ? await findLastAnswer('page', alias, request)
      : await authoriseRun('page', only, request);
  if (found === undefined) return;
  const { act, run } = found;
  if (person === undefined) {
    if (openForm === undefined) return await reply(PAGER_USAGE);
    return await openForm(personForm(placeOfRun(run), false));
  }
  const confirmed = await onCall.confirm({ act, run, requestId, person });
  await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
}

async function findOnlyEscalated({ caller, requests }: RequestContext): Promise<Run | undefined> {
  const id = await requests.onCall?.findOnlyOpenRun(await requests.visibleDevices(caller));
  return id === undefined ? undefined : await requests.past.find(id);
}

/** `bundle [host]`: attaches everything about the last answer as an archive to its thread. */
export async function bundleRequest(request: Command<'bundle'>): Promise<void> {
  const { parsed, reply, requests } = request;
  if (requests.onCall === undefined) return await reply(cannotBundleText);
  const found = await findLastAnswer('bundle', parsed.alias, request);
  if (found === undefined) return;
  const state = await requests.onCall.bundle(found.act, found.run);
  if (state.kind === 'refused') return await reply(state.reason);
  await reply(state.kind === 'there' ? reportThereText : reportAttachedText);
}

/** `handover`: open escalations of the devices that the person may see here. */
export async function handoverRequest({ caller, reply, requests }: RequestContext): Promise<void> {
  if (requests.onCall === undefined) return await reply(cannotEscalateText);
  await reply(await requests.onCall.handover(await requests.visibleDevices(caller)));
}

type AuthorisedRun<V extends ActVerb> = { readonly act: Act<V>; readonly run: Run } | undefined;

/** Tells the person if there is no answer, or none they may see. */
async function findLastAnswer<V extends ActVerb>(
  verb: V,
  alias: string | undefined,
  request: RequestContext,
): Promise<AuthorisedRun<V>> {
  const { caller, reply, requests } = request;
  const known = alias === undefined ? undefined : await spellAlias(alias, request);
  const runs =
    known === undefined
      ? await requests.past.listByAsker(caller.user, MAX_RUNS_READ)
      : await requests.past.listByDevice(known, MAX_RUNS_READ);
  const run = runs.find(({ answeredAt }) => answeredAt !== undefined);
  if (run !== undefined) return await authoriseRun(verb, run, request);
  await reply(nothingToEscalateText(known));
  return undefined;
}

async function authoriseRun<V extends ActVerb>(
  verb: V,
  run: Run,
  request: RequestContext,
): Promise<AuthorisedRun<V>> {
  const act = await authorise(verb, findTarget(run), request);
  return act && { act, run };
}

function placeOfRun({ id: runId, replyTo, rootTs }: Run): string {
  return writeFormPlace({ runId, channel: replyTo.channel, thread: replyTo.thread ?? rootTs });
}
