import { FtmError } from '../../engine/ftm-error.ts';
import type { MessagePlace } from '../slack/read-messages.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import type { PostedMessage, RunMark, SlackPort, SlackResult } from './slack-port.ts';
import type { Clock, DeliveryOptions, PlacedRun } from './types.ts';

/** `since`: when the run was accepted; its messages are not older. */
export interface Search extends Omit<MessagePlace, 'cursor'> {
  readonly port: SlackPort;
  readonly clock: Clock;
}

/**
 * 2,010 messages with 15 on a page, which is what Slack gives apps that are distributed outside its Marketplace; others
 * get 200 on a page.
 */
const MAX_PAGES = 134;
/** Tolerance between Slack's clock and this machine's. */
const CLOCK_SKEW_MS = 60_000;
const RECENT_MS = 3_600_000;

/** Finds the message with this metadata. Also undefined if Slack refuses the search. Rejects rather than miss it. */
export async function findPosted(search: Search, mark: RunMark): Promise<string | undefined> {
  return (await findMessage(search, hasMark(mark)))?.ts;
}

function hasMark({ runId, role }: RunMark): (message: PostedMessage) => boolean {
  return ({ mark }) => mark?.runId === runId && mark.role === role;
}

/**
 * The same in the newest page of the last hour, for a message that is hardly ever there: one call, and undefined where
 * Slack limits the rate. While Slack fails, the search is repeated: a message posted meanwhile would be the second one.
 */
export async function findRecent(search: Search, mark: RunMark): Promise<string | undefined> {
  const { port, clock, ...place } = search;
  async function read(): Promise<SlackResult<readonly PostedMessage[]>> {
    const result = await port.readMessages({ ...place, since: place.since - RECENT_MS });
    if (result.kind === 'rate-limited') return { kind: 'done', value: [] };
    return result.kind === 'done' ? { kind: 'done', value: result.value.messages } : result;
  }
  const result = await callSlack(read, { clock });
  return result.kind === 'done' ? result.value.find(hasMark(mark))?.ts : undefined;
}

/** Whether the answer of a run stands in its message. False where Slack refuses the search. */
export async function isFinalShown(
  { id, answerTs, acceptedAt: since, replyTo, rootTs }: PlacedRun,
  { slack, clock }: DeliveryOptions,
): Promise<boolean> {
  const { channel, team, thread = rootTs } = replyTo;
  const found = await findMessage(
    { port: slack(team), clock, channel, thread, since },
    ({ ts, mark }) => ts === answerTs && mark?.runId === id && mark.isFinal === true,
  );
  return found !== undefined;
}

export async function findMessage(
  search: Search,
  matches: (message: PostedMessage) => boolean,
): Promise<PostedMessage | undefined> {
  for await (const message of readPosted(search)) if (matches(message)) return message;
  return undefined;
}

/** Every message; none where Slack refuses the search. Rejects rather than miss one. */
export async function* readPosted({ port, clock, ...place }: Search): AsyncGenerator<PostedMessage> {
  const since = place.since - CLOCK_SKEW_MS;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const request = { ...place, since, cursor };
    const result = await callSlack(() => port.readMessages(request), { clock });
    if (result.kind === 'refused') return;
    yield* result.value.messages;
    if (result.value.cursor === undefined) return;
    cursor = result.value.cursor;
  }
  // Posting a second time is worse than a late answer.
  throw new FtmError('ftm_slack_failed', 'Slack has more messages here than are searched for an answer.', {
    advice: 'It is retried automatically.',
    retryable: true,
  });
}

/** Results that the caller handles; everything else was retried or became an error. */
export type Settled<T> = Extract<SlackResult<T>, { kind: 'done' } | { kind: 'refused' }>;

interface CallOptions<T> {
  readonly clock: Clock;
  /** Looks for the effect of the last attempt before a retry, because Slack may have performed it. */
  readonly recover?: () => Promise<T | undefined>;
  /** Longest pause before another attempt, in milliseconds. */
  readonly maxWaitMs?: number | undefined;
}

const MAX_ATTEMPTS = 4;
const MIN_RETRY_DELAY_MS = 500;
/** Longer waits are left to the queue, so that no worker slot is blocked. */
const MAX_WAIT_MS = 60_000;

/**
 * Calls Slack until it accepts or refuses: waits as long as Slack asks, and retries when it is unavailable. Then
 * rejects with a retryable `ftm_slack_failed`.
 */
export async function callSlack<T>(
  call: () => Promise<SlackResult<T>>,
  { clock, recover, maxWaitMs = MAX_WAIT_MS }: CallOptions<T>,
): Promise<Settled<T>> {
  let last: SlackResult<T> | undefined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    last = await call();
    if (last.kind === 'done') return last;
    if (last.kind === 'refused' && kindOfRefusal(last.error) !== 'temporary') return last;
    const pause = last.kind === 'rate-limited' ? last.retryAfterMs : MIN_RETRY_DELAY_MS * 2 ** (attempt - 1);
    if (attempt === MAX_ATTEMPTS || pause > maxWaitMs) break;
    await clock.sleep(pause);
    if (last.kind !== 'no-answer') continue;
    const recovered = await recover?.();
    if (recovered !== undefined) return { kind: 'done', value: recovered };
  }
  const why = last?.kind === 'refused' ? last.error : last?.kind;
  throw new FtmError('ftm_slack_failed', 'Slack does not answer, or limits the rate.', {
    advice: 'It is retried automatically.',
    retryable: true,
    cause: last?.kind === 'no-answer' ? last.cause : new Error(why),
  });
}
