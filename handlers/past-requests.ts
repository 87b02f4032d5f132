import type { Run } from '../src/runs/run.ts';
import { allowedDevice } from './allowed-device.ts';
import type { ParsedCheck } from './parse-check.ts';
import { deviceListText, historyText } from './past-texts.ts';
import { cancelReason, nothingRunsText, stoppedText } from './replies.ts';
import type { Request } from './request.ts';
import type { Services } from './services.ts';

const MOST_DEVICES = 30;
const MOST_RUNS = 10;
const LOOK_BACK = 20;
/** What has no answer after so long does not run any more. */
const LONGEST_RUN_MS = 60 * 60_000;

/** `list`: what somebody may check here, and how each was the last time. */
export async function listDevices({ caller, reply }: Request, services: Services): Promise<void> {
  const aliases = await services.visibleDevices(caller);
  const listed = await Promise.all(
    aliases.slice(0, MOST_DEVICES).map(async (alias) => {
      const [last] = await services.past.ofDevice(alias, 1);
      return { alias, ...(last === undefined ? {} : { last }) };
    }),
  );
  await reply(deviceListText(listed, aliases.length - listed.length));
}

export async function showHistory(alias: string, request: Request, services: Services): Promise<void> {
  const known = await allowedDevice(alias, request, services);
  if (known === undefined) return;
  await request.reply(historyText(known, await services.past.ofDevice(known, MOST_RUNS)));
}

/** Of a device: one's own requests, else the one that runs. Without a device: all of one's own. */
export async function cancelRuns(
  { alias }: Extract<ParsedCheck, { kind: 'cancel' }>,
  request: Request,
  services: Services,
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
  services: Services,
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
  return outcome === undefined && answeredAt === undefined && acceptedAt + LONGEST_RUN_MS > Date.now();
}
