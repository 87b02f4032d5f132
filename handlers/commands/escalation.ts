import type { RequestService } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { authoriseRun } from '../actions/on-run-action.ts';
import { allowedDevice } from '../shared/allowed-device.ts';
import { writePageFormPlace } from '../shared/page-form-place.ts';
import type { RequestContext } from '../shared/request-context.ts';
import {
  confirmedTexts,
  nothingToEscalateText,
  personPagedText,
  pressEscalateText,
} from '../text/escalation.ts';
import { cannotEscalateText, reportAttachedText, reportThereText } from '../text/replies.ts';
import { escalationView } from '../views/escalation.ts';
import { personForm } from '../views/page-forms.ts';
import { PAGE_USAGE, type PageRequestWords } from './parse-page.ts';

const MAX_RUNS_READ = 10;

/** `escalate [host]`: the last answer about the device, or the person's last answer. */
export async function escalateRequest(
  alias: string | undefined,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { reply, openForm } = request;
  if (!services.paging?.canPage()) return await reply(cannotEscalateText);
  const run = await lastAnswered(alias, request, services);
  if (run === undefined) return;
  if (openForm === undefined) return await reply(pressEscalateText);
  const preview = await services.paging.preview(run);
  if (preview === undefined) return await reply(nothingToEscalateText(alias));
  const thread = run.replyTo.thread ?? run.rootTs;
  const where = { runId: run.id, channel: run.replyTo.channel, thread };
  await openForm(escalationView(preview, writePageFormPlace(where)));
}

/**
 * `page @person [host]`: about the device; without a device about the only open page, or the person's last answer. An
 * open page about the same cause is added to. Without a person's id a form asks for the person.
 */
export async function pageRequest(
  { person, alias }: PageRequestWords,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { caller, reply, openForm, runId: requestId } = request;
  const { paging } = services;
  if (!paging?.canPage()) return await reply(cannotEscalateText);
  const run =
    (alias === undefined ? await onlyPaged(request, services) : undefined) ??
    (await lastAnswered(alias, request, services));
  if (run === undefined) return;
  if (person === undefined) {
    if (openForm === undefined) return await reply(PAGE_USAGE);
    const where = { runId: run.id, channel: run.replyTo.channel, thread: run.replyTo.thread ?? run.rootTs };
    return await openForm(personForm(writePageFormPlace(where), false));
  }
  const confirmed = await paging.confirm({ run, user: caller.user, requestId, person });
  await reply(confirmed === 'gone' ? confirmedTexts.gone : personPagedText(person));
}

async function onlyPaged({ caller }: RequestContext, services: RequestService): Promise<Run | undefined> {
  const id = await services.paging?.runOfOnlyPage(await services.visibleDevices(caller));
  return id === undefined ? undefined : await services.past.find(id);
}

/** `bundle [host]`: attaches everything about the last answer as an archive to its thread. */
export async function bundleRequest(
  alias: string | undefined,
  request: RequestContext,
  services: RequestService,
): Promise<void> {
  const { reply } = request;
  if (services.paging === undefined) return await reply(cannotEscalateText);
  const run = await lastAnswered(alias, request, services);
  if (run === undefined) return;
  const state = await services.paging.bundle(run);
  if (state.kind === 'refused') return await reply(state.reason);
  await reply(state.kind === 'there' ? reportThereText : reportAttachedText);
}

/** `handover`: open pages of the devices that the person may see here. */
export async function handoverRequest(
  { caller, reply }: RequestContext,
  services: RequestService,
): Promise<void> {
  if (services.paging === undefined) return await reply(cannotEscalateText);
  await reply(await services.paging.handover(await services.visibleDevices(caller)));
}

/** Tells the person if there is no answer, or none they may see. */
async function lastAnswered(
  alias: string | undefined,
  request: RequestContext,
  services: RequestService,
): Promise<Run | undefined> {
  const { caller, reply } = request;
  // Authorised first, so that the reply does not reveal whether a device was ever checked.
  const known = alias === undefined ? undefined : await allowedDevice(alias, request, services);
  if (alias !== undefined && known === undefined) return undefined;
  const runs =
    known === undefined
      ? await services.past.ofAsker(caller.user, MAX_RUNS_READ)
      : await services.past.ofDevice(known, MAX_RUNS_READ);
  const run = runs.find(({ answeredAt }) => answeredAt !== undefined);
  if (run === undefined) {
    await reply(nothingToEscalateText(known));
    return undefined;
  }
  return (await authoriseRun(run, caller, reply, services)) ? run : undefined;
}
