import type { App } from '@slack/bolt';
import type { Run } from '../src/runs/run.ts';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { onPress, type Press } from './press.ts';
import { cannotRecheckText, recheckRunningText } from './replies.ts';
import { askerOf, tellHowItWent, tellRefusal } from './request-check.ts';
import { recheckRunId } from './run-id.ts';
import type { Services } from './services.ts';

const MOST = 50;
/** A re-check without an answer after so long was lost, and does not stand in the way of another. */
const LOST_AFTER_MS = 20 * 60_000;

/** Asks the same again, and has the answer compared with this one. */
export function handleRecheck(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.recheck, (press) => recheck(press, services));
}

async function recheck(press: Press, services: Services): Promise<void> {
  const { run, thread, reply } = press;
  const { alias, user, vdom } = run;
  if (alias === undefined) return await reply(cannotRecheckText);
  const recent = await services.past.ofDevice(alias, MOST);
  const round = recent.filter((each) => each.comparesTo === run.id && isOver(each)).length;
  const accepted = await services.accept(
    {
      runId: recheckRunId(run.id, round),
      asker: askerOf(press),
      replyTo: { ...run.replyTo, thread },
      request: {
        kind: 'check',
        alias,
        ...(user === undefined ? {} : { user }),
        ...(vdom === undefined ? {} : { vdom }),
      },
      comparesTo: run.id,
    },
    tellRefusal(reply, run.replyTo.channel),
  );
  if (accepted.state === 'duplicate') return await reply(recheckRunningText);
  await tellHowItWent(accepted, reply);
}

function isOver({ answeredAt, acceptedAt }: Run): boolean {
  return answeredAt !== undefined || acceptedAt + LOST_AFTER_MS < Date.now();
}
