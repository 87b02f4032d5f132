import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { authoriseRun } from '../actions/on-run-action.ts';
import { allowedDevice } from '../shared/allowed-device.ts';
import { writePagerFormPlace } from '../shared/pager-form-place.ts';
import type { RequestContext } from '../shared/request-context.ts';
import {
  confirmedTexts,
  nothingToEscalateText,
  personCalledText,
  pressEscalateText,
} from '../text/escalation.ts';
import { cannotEscalateText, reportAttachedText, reportThereText } from '../text/replies.ts';
import { escalationForm } from '../views/escalation-form.ts';
import { personForm } from '../views/pager-forms.ts';
import { PAGER_USAGE, type PagerWords } from './parse-pager.ts';

const MAX_RUNS_READ = 10;

/** `escalate [host]`: the last answer about the device, or the person's last answer. */
export async function escalateRequest(
  alias: string | undefined,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply, openForm } = request;
  if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
  const run = await lastAnswered(alias, request, requests);
  if (run === undefined) return;
  if (openForm === undefined) return await reply(pressEscalateText);
  const preview = await requests.onCall.preview(run);
  if (preview === undefined) return await reply(nothingToEscalateText(alias));
  const thread = run.replyTo.thread ?? run.rootTs;
  const where = { runId: run.id, channel: run.replyTo.channel, thread };
  await openForm(escalationForm(preview, writePagerFormPlace(where)));
}

/**
 * `page @person [host]`: about the device; without a device about the only open escalation, or the person's last answer. An
 * open escalation about the same cause is added to. Without a person's id a form asks for the person.
 */
export async function alertPerson(
  { person, alias }: PagerWords,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { caller, reply, openForm, runId: requestId } = request;
  const { onCall } = requests;
  if (!onCall?.isConfigured()) return await reply(cannotEscalateText);
  const run =
    (alias === undefined ? await onlyPaged(request, requests) : undefined) ??
    (await lastAnswered(alias, request, requests));
  if (run === undefined) return;
  if (person === undefined) {
    if (openForm === undefined) return await reply(PAGER_USAGE);
    const where = { runId: run.id, channel: run.replyTo.channel, thread: run.replyTo.thread ?? run.rootTs };
    return await openForm(personForm(writePagerFormPlace(where), false));
  }
  const confirmed = await onCall.confirm({ run, user: caller.user, requestId, person });
  await reply(confirmed === 'gone' ? confirmedTexts.gone : personCalledText(person));
}

async function onlyPaged({ caller }: RequestContext, requests: Requests): Promise<Run | undefined> {
  const id = await requests.onCall?.findOnlyOpenRun(await requests.visibleDevices(caller));
  return id === undefined ? undefined : await requests.past.find(id);
}

/** `bundle [host]`: attaches everything about the last answer as an archive to its thread. */
export async function bundleRequest(
  alias: string | undefined,
  request: RequestContext,
  requests: Requests,
): Promise<void> {
  const { reply } = request;
  if (requests.onCall === undefined) return await reply(cannotEscalateText);
  const run = await lastAnswered(alias, request, requests);
  if (run === undefined) return;
  const state = await requests.onCall.bundle(run);
  if (state.kind === 'refused') return await reply(state.reason);
  await reply(state.kind === 'there' ? reportThereText : reportAttachedText);
}

/** `handover`: open escalations of the devices that the person may see here. */
export async function handoverRequest({ caller, reply }: RequestContext, requests: Requests): Promise<void> {
  if (requests.onCall === undefined) return await reply(cannotEscalateText);
  await reply(await requests.onCall.handover(await requests.visibleDevices(caller)));
}

/** Tells the person if there is no answer, or none they may see. */
async function lastAnswered(
  alias: string | undefined,
  request: RequestContext,
  requests: Requests,
): Promise<Run | undefined> {
  const { caller, reply } = request;
  // Authorised first, so that the reply does not reveal whether a device was ever checked.
  const known = alias === undefined ? undefined : await allowedDevice(alias, request, requests);
  if (alias !== undefined && known === undefined) return undefined;
  const runs =
    known === undefined
      ? await requests.past.ofAsker(caller.user, MAX_RUNS_READ)
      : await requests.past.ofDevice(known, MAX_RUNS_READ);
  const run = runs.find(({ answeredAt }) => answeredAt !== undefined);
  if (run === undefined) {
    await reply(nothingToEscalateText(known));
    return undefined;
  }
  return (await authoriseRun(run, caller, reply, requests)) ? run : undefined;
}
