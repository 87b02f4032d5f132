import { z } from 'zod';
import type { Asker, ReplyTo } from '../../platform/runs/run.ts';
import { ACTIONS, CHOOSE_DEVICE } from '../../report/block-kit/action-ids.ts';
import { triggerRunId } from './run-ids.ts';

/** A person who waits for a reply: about which request, and where. */
export interface PendingAck {
  /** Id of the run that it requests. */
  readonly id: string;
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
}

const id = z.string();
const command = z.object({
  command: id,
  trigger_id: id,
  user_id: id,
  channel_id: id,
  team_id: id.optional(),
});
const shortcut = z.object({
  type: z.literal('message_action'),
  trigger_id: id,
  user: z.object({ id }),
  channel: z.object({ id }),
  team: z.object({ id }).nullish(),
  message: z.object({ ts: id, thread_ts: id.optional() }),
});
const press = z.object({ type: z.literal('block_actions'), actions: z.array(z.object({ action_id: id })) });

/**
 * The pending acknowledgement of a slow request from Slack. `nothing`: it requests no run, so nothing is lost with
 * it. `undefined`: an event, which Slack redelivers, or a request whose failure Slack itself shows.
 */
export function pendingAckFor(body: unknown): PendingAck | 'nothing' | undefined {
  const asked = command.safeParse(body).data;
  if (asked !== undefined) {
    const { trigger_id, user_id, channel_id, team_id } = asked;
    return {
      id: triggerRunId(trigger_id),
      asker: { id: user_id },
      replyTo: { channel: channel_id, team: team_id },
    };
  }
  const chosen = shortcut.safeParse(body).data;
  if (chosen !== undefined) {
    const { trigger_id, user, channel, team, message } = chosen;
    const place = { channel: channel.id, thread: message.thread_ts ?? message.ts };
    return { id: triggerRunId(trigger_id), asker: { id: user.id }, replyTo: { ...place, team: team?.id } };
  }
  const pressed = press.safeParse(body).data;
  const isRun = pressed?.actions.some(({ action_id }) => startsRun(action_id)) ?? true;
  return isRun ? undefined : 'nothing';
}

function startsRun(actionId: string): boolean {
  return (
    [ACTIONS.recheck, ACTIONS.pasted, ACTIONS.watch].some((id) => id === actionId) ||
    actionId.startsWith(CHOOSE_DEVICE)
  );
}
