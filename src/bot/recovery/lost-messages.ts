import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { ReplyTo } from '../../platform/runs/run.ts';
import type { Records } from '../../platform/store/records.ts';
import { readPosted } from '../delivery/find-posted.ts';
import type { PostedMessage, SlackPort } from '../delivery/slack-port.ts';
import type { Clock } from '../delivery/types.ts';
import { enqueueLateAnswer, MIN_AGE_MS, type RecoveryOptions } from './recover-orphaned-runs.ts';

type Place = Pick<ReplyTo, 'channel' | 'team'>;

/** Places in which the bot answered; those of the last 30 days are kept. */
export type AnswerPlaces = ReturnType<typeof createAnswerPlaces>;

const PLACES = 'answer-places';
const KEEP_MS = 30 * 24 * 3_600_000;

export function createAnswerPlaces(records: Records, now: () => number) {
  const noted = new Set<string>();
  return {
    /** The same port, which notes where it posts. */
    noting: (port: SlackPort, team: string | undefined): SlackPort => ({
      ...port,
      post(message) {
        const place = JSON.stringify({ channel: message.channel, team } satisfies Place);
        if (!noted.has(place))
          records.addMember(PLACES, place, now(), KEEP_MS).catch(() => noted.delete(place));
        noted.add(place);
        return port.post(message);
      },
    }),
    list: async () =>
      (await records.membersSince(PLACES, now() - KEEP_MS)).map((text) => JSON.parse(text) as Place),
  };
}

export interface LostMessagesOptions extends RecoveryOptions, Pick<Dependencies, 'records' | 'inventory'> {
  readonly places: Pick<AnswerPlaces, 'list'>;
  readonly slack: (team: string | undefined) => SlackPort;
  readonly clock: Clock;
}

/** When the recovery last ran, in any process: what Redis lost was written since. */
const LAST = 'last-recovery';
const CLAIM_MS = 15 * 60_000;
/** Slack may allow one read a minute: what is not found in this time stays, the newest messages come first. */
const LOOK_MS = 10 * 60_000;
/** The recovery runs every minute, also while the replicas of a bot are replaced one by one. */
const GAP_MS = 3 * 60_000;
const MAX_AGE_MS = 3 * 24 * 3_600_000;
/** A thread that is older gets no further answer. */
const THREAD_AGE_MS = 24 * 3_600_000;

/**
 * Finds messages in progress whose run the store does not know, as after a restore of Redis from an older backup, and has
 * each closed with the reason. Looks where no recovery ran for a while, or where its last time went back.
 */
export function createLostMessageRecovery(options: LostMessagesOptions): () => Promise<number> {
  const { records, places, inventory, runs, queue, slack, clock, now, logger } = options;
  let ownLast: number | undefined;

  async function look(since: number): Promise<number> {
    const all = [...(await places.list()), ...listChannels(inventory)];
    const distinct = new Map(all.map((place) => [JSON.stringify([place.team ?? '', place.channel]), place]));
    let closed = 0;
    let failed = 0;
    const endAt = now() + LOOK_MS;
    for (const place of distinct.values()) {
      if (now() > endAt) break;
      closed += await closeLost(place, since, endAt).catch((error: unknown) => {
        failed += 1;
        // Slack is away: another recovery looks again.
        if (failed === distinct.size) throw error;
        logger.warn({ err: error, channel: place.channel }, 'messages without a run could not be looked for');
        return 0;
      });
    }
    if (closed > 0)
      logger.error({ closed, since }, 'messages without a run: Redis lost what was written since');
    return closed;
  }

  async function closeLost(place: Place, since: number, endAt: number): Promise<number> {
    let closed = 0;
    const all = { port: slack(place.team), clock, channel: place.channel };
    for await (const root of readPosted({ ...all, since: since - THREAD_AGE_MS })) {
      if (now() > endAt) break;
      if (await closeIfLost(root, place, since)) closed += 1;
      if ((root.latestReply ?? 0) < since) continue;
      for await (const reply of readPosted({ ...all, thread: root.ts, since })) {
        const inThread = { ...place, thread: root.ts };
        if (reply.ts !== root.ts && (await closeIfLost(reply, inThread, since))) closed += 1;
      }
    }
    return closed;
  }

  async function closeIfLost({ ts, mark }: PostedMessage, replyTo: ReplyTo, since: number): Promise<boolean> {
    const acceptedAt = Math.floor(Number(ts) * 1000);
    const isInProgress = mark?.role === 'answer' && mark.isFinal !== true;
    if (!isInProgress || acceptedAt < since || acceptedAt > now() - MIN_AGE_MS) return false;
    if ((await runs.get(mark.runId)) !== undefined) return false;
    const run = { id: mark.runId, asker: { id: UNKNOWN }, replyTo, acceptedAt, kind: 'check' } as const;
    await runs.create(run);
    await runs.update(run.id, { answerTs: ts });
    return await enqueueLateAnswer({ ...run, isRestored: true }, { queue, now });
  }

  return async () => {
    const at = now();
    const stored = await records.get(LAST);
    const last = Number(stored?.text ?? 0);
    const isRunning = at - last < GAP_MS && (ownLast === undefined || last >= ownLast);
    if (!isRunning && !(await records.claim('lost-messages', CLAIM_MS))) return 0;
    const closed = isRunning ? 0 : await look(Math.max(last, at - MAX_AGE_MS));
    if (await records.put(LAST, String(at), stored?.version ?? 0, KEEP_MS)) ownLast = at;
    return closed;
  };
}

/** Where the store lost everything, they are all that is known. */
function listChannels({ grants, channels, sweeps, escalation }: Inventory): readonly Place[] {
  const named = [...channels.keys(), ...grants.flatMap((grant) => grant.channels ?? [])];
  return [
    ...named.filter((channel) => channel !== '*').map((channel) => ({ channel })),
    ...[...sweeps.values()].map(({ channel, team }) => ({ channel, team })),
    ...(escalation?.alerts?.channels ?? []).map(({ channel, team }) => ({ channel, team })),
  ];
}

/** In place of a Slack user id. */
const UNKNOWN = 'unknown';
