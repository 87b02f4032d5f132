import type { Act, ActVerb } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { authorise, findTarget, spellAlias } from '../shared/authorise.ts';
import { writeFormPlace } from '../shared/form-place.ts';
import type { RequestContext } from '../shared/request-context.ts';
import {
  confirmedTexts,
  nothingToEscalateText,
  personCalledText,
  pressEscalateText,
} from '../text/escalation.ts';
import {
  cannotBundleText,
  cannotEscalateText,
  reportAttachedText,
  reportThereText,
} from '../text/replies.ts';
import { escalationForm } from '../views/escalation-form.ts';
import { personForm } from '../views/pager-forms.ts';
import { PAGER_USAGE, type PagerWords } from './parse-oncall.ts';

const MAX_RUNS_READ = 10;

/** `escalate [host]`: the last answer about the device, or the person's last answer. */
export async function escalateRequest(
  _act: Act<'page'>,
  { alias }: { readonly alias?: string },
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply, openForm } = request;
  if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
  const found = await findLastAnswer('page', alias, request, requests);
  if (found === undefined) return;
  if (openForm === undefined) return await reply(pressEscalateText);
  const { run } = found;
  const preview = await requests.onCall.preview(run);
  if (preview === undefined) return await reply(nothingToEscalateText(alias));
  await openForm(escalationForm(preview, placeOfRun(run)));
}

/**
 * `page @person [host]`: about the device; without a device about the only open escalation, or the person's last answer.
 * An open escalation about the same cause is added to. Without a person's id a form asks for the person.
 */
export async function alertPerson(
  _act: Act<'page'>,
  { wanted: { person, alias } }: { readonly wanted: PagerWords },
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply, openForm, runId: requestId } = request;
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  const only = alias === undefined ? await findOnlyEscalated(request, requests) : undefined;
  const found =
    only === undefined
      ? await findLastAnswer('page', alias, request, requests)
      : await authoriseRun('page', only, request, requests);
  if (found === undefined) return;
  const { act, run } = found;
  if (person === undefined) {
    if (openForm === undefined) return await reply(PAGER_USAGE);
    return await openForm(personForm(placeOfRun(run), false));
  }
  const confirmed = await onCall.confirm({ act, run, requestId, person });
  await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
}

async function findOnlyEscalated({ caller }: RequestContext, requests: Requests): Promise<Run | undefined> {
  const id = await requests.onCall?.findOnlyOpenRun(await requests.visibleDevices(caller));
  return id === undefined ? undefined : await requests.past.find(id);
}

/** `bundle [host]`: attaches everything about the last answer as an archive to its thread. */
export async function bundleRequest(
  _act: Act<'bundle'>,
  { alias }: { readonly alias?: string },
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply } = request;
  if (requests.onCall === undefined) return await reply(cannotBundleText);
  const found = await findLastAnswer('bundle', alias, request, requests);
  if (found === undefined) return;
  const state = await requests.onCall.bundle(found.act, found.run);
  if (state.kind === 'refused') return await reply(state.reason);
  await reply(state.kind === 'there' ? reportThereText : reportAttachedText);
}

/** `handover`: open escalations of the devices that the person may see here. */
export async function handoverRequest({ caller, reply }: RequestContext, requests: Requests): Promise<void> {
  if (requests.onCall === undefined) return await reply(cannotEscalateText);
  await reply(await requests.onCall.handover(await requests.visibleDevices(caller)));
}

interface AuthorisedRun<V extends ActVerb> {
  readonly act: Act<V>;
  readonly run: Run;
}

/** Tells the person if there is no answer, or none they may see. */
async function findLastAnswer<V extends ActVerb>(
  verb: V,
  alias: string | undefined,
  request: RequestContext,
  requests: Requests,
): Promise<AuthorisedRun<V> | undefined> {
  const { caller, reply } = request;
  const known = alias === undefined ? undefined : await spellAlias(alias, caller, requests);
  const runs =
    known === undefined
      ? await requests.past.ofAsker(caller.user, MAX_RUNS_READ)
      : await requests.past.ofDevice(known, MAX_RUNS_READ);
  const run = runs.find(({ answeredAt }) => answeredAt !== undefined);
  if (run === undefined) {
    await reply(nothingToEscalateText(known));
    return undefined;
  }
  return await authoriseRun(verb, run, request, requests);
}

async function authoriseRun<V extends ActVerb>(
  verb: V,
  run: Run,
  request: RequestContext,
  requests: Requests,
): Promise<AuthorisedRun<V> | undefined> {
  const act = await authorise(verb, findTarget(run), request, requests);
  return act && { act, run };
}

function placeOfRun({ id: runId, replyTo, rootTs }: Run): string {
  return writeFormPlace({ runId, channel: replyTo.channel, thread: replyTo.thread ?? rootTs });
}
