import { setImmediate } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { looksLikeEvidence } from '../../engine/evidence/looks-like-evidence.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { kindOfSlackError } from '../slack/refusals.ts';
import { isReadableFile } from './fetch-file.ts';
import { type IncomingMessage, isFromPerson, readMessage } from './incoming-message.ts';

/** People paste the next part at once. A later log is a separate case, because much may have changed. */
const MAX_GAP_S = 120;
const MAX_SPAN_S = 600;
/** A part of a configuration may contain nothing typical, but it is long. */
const MIN_PART_LINES = 8;

/** True for a message that may continue a paste without looking like evidence itself. */
export function mayContinue(text: string): boolean {
  return text.split('\n', MIN_PART_LINES).length >= MIN_PART_LINES;
}

/**
 * Returns the preceding messages by the same person in the same thread that are parts of the same paste, oldest
 * first. Empty if Slack refuses access; rejects when Slack is unavailable, because a part alone would be answered as
 * if it were the whole.
 */
export async function earlierParts(
  message: IncomingMessage,
  client: webApi.WebClient,
  counts: (text: string) => boolean = looksLikeEvidence,
): Promise<readonly IncomingMessage[]> {
  const { channel, user, ts, thread_ts: thread } = message;
  if (thread === undefined || thread === ts) return [];
  const replies = await client.conversations
    .replies({ channel, ts: thread, oldest: String(Number(ts) - MAX_SPAN_S), latest: ts, limit: 100 })
    .catch((error: unknown) => {
      if (!['temporary', undefined].includes(kindOfSlackError(error))) return { messages: [] };
      const message = 'The earlier messages could not be read: Slack did not answer.';
      throw new FtmError('ftm_slack_failed', message, {
        advice: 'Nothing was started. If it is a log to check, please send its last part again.',
        retryable: true,
        cause: error,
      });
    });
  const before = (replies.messages ?? [])
    .flatMap((each) => readMessage({ ...each, channel }) ?? [])
    .filter((each) => each.user === user && isFromPerson(each) && Number(each.ts) < Number(ts))
    .sort((a, b) => Number(b.ts) - Number(a.ts));

  const parts: { readonly message: IncomingMessage; readonly isEvidence: boolean }[] = [];
  let next = Number(ts);
  for (const each of before) {
    if (next - Number(each.ts) > MAX_GAP_S) break;
    // A thread may hold 100 messages of 40,000 characters: other requests are acknowledged between two of them.
    await setImmediate();
    const isEvidence = each.files.some(isReadableFile) || counts(each.text);
    if (!isEvidence && !mayContinue(each.text)) continue;
    parts.unshift({ message: each, isEvidence });
    next = Number(each.ts);
  }
  // The first part must be evidence: a long message alone may be conversation.
  const first = parts.findIndex(({ isEvidence }) => isEvidence);
  return first === -1 ? [] : parts.slice(first).map((part) => part.message);
}
