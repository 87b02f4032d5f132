import { z } from 'zod';
import type { Run } from '../../platform/runs/run.ts';
import type { Records } from '../../platform/store/records.ts';
import { ACTIONS, CHOOSE_DEVICE } from '../../report/block-kit/action-ids.ts';
import { triggerRunId } from '../requests/run-ids.ts';
import { enqueueLateAnswer, isPending, MIN_AGE_MS, type RecoveryOptions } from './recover-orphaned-runs.ts';

type StoredPendingAck = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt'>;

/** The old name: it is stored. */
const SET = 'owed';
const RETENTION_MS = 24 * 3_600_000;
/**
 * Reading a long thread may take minutes, because Slack limits how fast pages are read; the process refreshes its
 * entry meanwhile.
 */
const REFRESH_INTERVAL_MS = 30_000;
/** An older request counts as hanging. */
const MAX_AGE_MS = 30 * 60_000;

/**
 * Records who waits for a request that is acknowledged before it is in the queue, so that the person is notified if
 * this process crashes in between. The record holds nothing of the request's text.
 */
export function createPendingAckRecorder(
  records: Records,
  now: () => number,
  intervalMs = REFRESH_INTERVAL_MS,
) {
  return async (body: unknown): Promise<(() => Promise<void>) | undefined> => {
    const pending = pendingAckFor(body);
    if (pending === undefined) return undefined;
    if (pending === 'nothing') return async () => {};
    const stored: StoredPendingAck = { ...pending, acceptedAt: now() };
    const member = JSON.stringify(stored);
    await records.addMember(SET, member, stored.acceptedAt, RETENTION_MS);
    let last: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      if (now() - stored.acceptedAt > MAX_AGE_MS) clearInterval(timer);
      else last = records.addMember(SET, member, now(), RETENTION_MS).catch(() => undefined);
    }, intervalMs).unref();
    return async () => {
      clearInterval(timer);
      await last;
      await records.removeMember(SET, member);
    };
  };
}

/** Notifies people whose request was lost without a run. A living process has cleared its entry by then. */
export async function recoverPendingAcks(
  options: RecoveryOptions & { readonly records: Records },
): Promise<number> {
  const { records, queue, runs, now, logger } = options;
  const at = now();
  let recovered = 0;
  const all = await records.membersSince(SET, at - RETENTION_MS);
  const recent = new Set(await records.membersSince(SET, at - MIN_AGE_MS));
  for (const member of all) {
    if (recent.has(member)) continue;
    const pending = JSON.parse(member) as StoredPendingAck;
    const isAccepted = (await runs.get(pending.id)) !== undefined || (await isPending(pending.id, queue));
    if (!isAccepted && (await enqueueLateAnswer(pending, options))) {
      recovered += 1;
      logger.warn({ run: pending.id }, 'request lost before it was enqueued');
    }
    await records.removeMember(SET, member);
  }
  return recovered;
}

/** A person who waits for a reply: about which request, and where. */
type PendingAck = Omit<StoredPendingAck, 'acceptedAt'>;

const id = z.string();
const command = z
  .object({ command: id, trigger_id: id, user_id: id, channel_id: id, team_id: id.optional() })
  .transform(({ trigger_id, user_id, channel_id: channel, team_id: team }): PendingAck => {
    return { id: triggerRunId(trigger_id), asker: { id: user_id }, replyTo: { channel, team } };
  });
const shortcut = z
  .object({
    type: z.literal('message_action'),
    trigger_id: id,
    user: z.object({ id }),
    channel: z.object({ id }),
    team: z.object({ id }).nullish(),
    message: z.object({ ts: id, thread_ts: id.optional() }),
  })
  .transform(({ trigger_id, user, channel, team, message }): PendingAck => {
    const replyTo = { channel: channel.id, thread: message.thread_ts ?? message.ts, team: team?.id };
    return { id: triggerRunId(trigger_id), asker: { id: user.id }, replyTo };
  });
const asked = z.union([command, shortcut]);
const press = z.object({ type: z.literal('block_actions'), actions: z.array(z.object({ action_id: id })) });

/**
 * The pending acknowledgement of a slow request from Slack. `nothing`: it requests no run, so nothing is lost with
 * it. `undefined`: an event, which Slack redelivers, or a request whose failure Slack itself shows.
 */
function pendingAckFor(body: unknown): PendingAck | 'nothing' | undefined {
  const waiting = asked.safeParse(body).data;
  if (waiting !== undefined) return waiting;
  const pressed = press.safeParse(body).data;
  const isRun = pressed?.actions.some(({ action_id }) => STARTS_RUN.test(action_id)) ?? true;
  return isRun ? undefined : 'nothing';
}

const STARTS_RUN = new RegExp(
  `^(?:${ACTIONS.recheck}|${ACTIONS.pasted}|${ACTIONS.watch})$|^${CHOOSE_DEVICE}`,
);
