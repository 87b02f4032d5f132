import type { Run } from '../../src/platform/runs/run.ts';
import { type RequestContext, spellAlias } from '../shared/request-context.ts';
import { deviceListText, fleetHistoryReply, historyText } from '../text/past-runs.ts';
import { cancelReason, nothingRunsText, stoppedText } from '../text/replies.ts';
import type { Command } from './parse-request.ts';

const MAX_DEVICES = 30;
const MAX_RUNS = 10;
const MAX_RUNS_READ = 20;
/** A run without an answer after this time has ended. */
const MAX_RUN_MS = 60 * 60_000;

/** `list`: the devices the person may check here, with their last results. */
export async function listDevices({ caller, reply, requests }: RequestContext): Promise<void> {
  const aliases = await requests.visibleDevices(caller);
  const listed = await Promise.all(
    aliases.slice(0, MAX_DEVICES).map(async (alias) => {
      const [last] = await requests.past.listByDevice(alias, 1);
      return { ...requests.past.nameDevice(alias), last };
    }),
  );
  await reply(deviceListText(listed, aliases.length - listed.length));
}

export async function showHistory(request: Command<'history'>): Promise<void> {
  const { parsed, caller, requests } = request;
  const known = await spellAlias(parsed.alias ?? '', request);
  const [runs, [history]] = await Promise.all([
    requests.past.listByDevice(known, MAX_RUNS),
    requests.past.listChecks([known]),
  ]);
  const view = { checks: history?.checks ?? [], until: Date.now() };
  await request.reply(historyText(requests.past.nameDevice(known), runs, caller.user, view));
}

/** `history` without a device: all that the person may check here. */
export async function showFleetHistory({ caller, reply, requests }: RequestContext): Promise<void> {
  const devices = await requests.past.listChecks(await requests.visibleDevices(caller));
  await reply(fleetHistoryReply(devices, Date.now()));
}

/** With a device: the person's own requests for it, else its running one. Without: all of the person's requests. */
export async function cancelRuns(request: Command<'cancel', 'cancel'>): Promise<void> {
  const { act, parsed, caller, callerName, reply, requests } = request;
  const open = await findOpenRuns(parsed.alias, request);
  const reason = cancelReason(callerName ?? open.find(({ asker }) => asker.id === caller.user)?.asker.name);
  const stopped = await Promise.all(open.map(({ id }) => requests.past.cancel(act, id, reason)));
  const count = stopped.filter(Boolean).length;
  await reply(count === 0 ? nothingRunsText : stoppedText(count));
}

async function findOpenRuns(alias: string | undefined, request: RequestContext): Promise<readonly Run[]> {
  const { past } = request.requests;
  const { user } = request.caller;
  if (alias === undefined) return (await past.listByAsker(user, MAX_RUNS_READ)).filter(isOpen);
  const known = await spellAlias(alias, request);
  const open = (await past.listByDevice(known, MAX_RUNS_READ)).filter(isOpen);
  const byPerson = open.filter(({ asker }) => asker.id === user);
  return byPerson.length > 0 ? byPerson : open.slice(-1);
}

function isOpen({ outcome, answeredAt, acceptedAt }: Run): boolean {
  return outcome === undefined && answeredAt === undefined && acceptedAt + MAX_RUN_MS > Date.now();
}
