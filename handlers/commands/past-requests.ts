import type { RequestService } from '../../src/requests/ports.ts';
import type { Run } from '../../src/runs/run.ts';
import { allowedDevice } from '../shared/allowed-device.ts';
import type { ParsedCheck } from '../shared/parse-check.ts';
import type { Request } from '../shared/request.ts';
import { withLinks } from '../shared/with-links.ts';
import { deviceListText, historyText } from '../text/past-runs.ts';
import { cancelReason, nothingRunsText, stoppedText } from '../text/replies.ts';

const MAX_DEVICES = 30;
const MAX_RUNS = 10;
const LOOK_BACK = 20;
/** What has no answer after so long does not run any more. */
const MAX_RUN_MS = 60 * 60_000;

/** `list`: what somebody may check here, and how each was the last time. */
export async function listDevices({ caller, reply }: Request, services: RequestService): Promise<void> {
  const aliases = await services.visibleDevices(caller);
  const listed = await Promise.all(
    aliases.slice(0, MAX_DEVICES).map(async (alias) => {
      const [last] = await services.past.ofDevice(alias, 1);
      return { alias, last };
    }),
  );
  await reply(deviceListText(listed, aliases.length - listed.length));
}

export async function showHistory(alias: string, request: Request, services: RequestService): Promise<void> {
  const known = await allowedDevice(alias, request, services);
  if (known === undefined) return;
  const runs = await services.past.ofDevice(known, MAX_RUNS);
  await request.reply(historyText(known, await withLinks(runs, services)));
}

/** Of a device: one's own requests, else the one that runs. Without a device: all of one's own. */
export async function cancelRuns(
  { alias }: Extract<ParsedCheck, { kind: 'cancel' }>,
  request: Request,
  services: RequestService,
): Promise<void> {
  const { caller, callerName, reply } = request;
  const open = await openRuns(alias, request, services);
  if (open === undefined) return;
  const reason = cancelReason(callerName ?? caller.user);
  const stopped = await Promise.all(open.map(({ id }) => services.past.cancel(id, reason)));
  const count = stopped.filter(Boolean).length;
  await reply(count === 0 ? nothingRunsText : stoppedText(count));
}

async function openRuns(
  alias: string | undefined,
  request: Request,
  services: RequestService,
): Promise<readonly Run[] | undefined> {
  const { user } = request.caller;
  if (alias === undefined) return (await services.past.ofAsker(user, LOOK_BACK)).filter(isOpen);
  const known = await allowedDevice(alias, request, services);
  if (known === undefined) return undefined;
  const open = (await services.past.ofDevice(known, LOOK_BACK)).filter(isOpen);
  const own = open.filter(({ asker }) => asker.id === user);
  return own.length > 0 ? own : open.slice(-1);
}

function isOpen({ outcome, answeredAt, acceptedAt }: Run): boolean {
  return outcome === undefined && answeredAt === undefined && acceptedAt + MAX_RUN_MS > Date.now();
}
