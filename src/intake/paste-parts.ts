import { webApi } from '@slack/bolt';
import { FtmError } from '../ftm-error.ts';
import type { RequestService } from '../requests/ports.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import { isReadableFile } from './fetch-file.ts';
import { type IncomingMessage, isSpoken, readMessage } from './incoming-message.ts';

/** People paste the next part while the last one is still on the screen. A later log is another case: much may have been changed. */
const NEXT_PART_WITHIN_S = 120;
const ALL_PARTS_WITHIN_S = 600;
/** A part of a configuration may hold nothing that is typical for one, but it is long. */
const LINES_OF_A_PART = 8;

/** True for what may continue a paste, though it does not look like evidence by itself. */
export function mayContinue(text: string): boolean {
  return text.split('\n', LINES_OF_A_PART).length >= LINES_OF_A_PART;
}

/**
 * The messages right before this one, in the same thread and by the same person, that are parts of the same paste; oldest
 * first. None where Slack does not let us look; rejects where it is away: a part alone would be answered as if it were the
 * whole, or not at all.
 */
export async function earlierParts(
  message: IncomingMessage,
  client: webApi.WebClient,
  looksLikeEvidence: RequestService['looksLikeEvidence'],
): Promise<readonly IncomingMessage[]> {
  const { channel, user, ts, thread_ts: thread } = message;
  if (thread === undefined || thread === ts) return [];
  const replies = await client.conversations
    .replies({ channel, ts: thread, oldest: String(Number(ts) - ALL_PARTS_WITHIN_S), latest: ts, limit: 100 })
    .catch((error: unknown) => {
      if (error instanceof webApi.WebAPIPlatformError && kindOfRefusal(error.data.error) !== 'temporary') {
        return { messages: [] };
      }
      throw new FtmError(
        'ftm_slack_failed',
        'The earlier messages could not be read: Slack did not answer.',
        {
          advice: 'Nothing was started. If it is a log to check, please send its last part again.',
          retryable: true,
          cause: error,
        },
      );
    });
  const before = (replies.messages ?? [])
    .flatMap((each) => readMessage({ ...each, channel }) ?? [])
    .filter((each) => each.user === user && isSpoken(each) && Number(each.ts) < Number(ts))
    .sort((a, b) => Number(b.ts) - Number(a.ts));

  const parts: IncomingMessage[] = [];
  let next = Number(ts);
  for (const each of before) {
    if (next - Number(each.ts) > NEXT_PART_WITHIN_S) break;
    if (!looksLikeEvidence(each.text) && !each.files.some(isReadableFile) && !mayContinue(each.text))
      continue;
    parts.unshift(each);
    next = Number(each.ts);
  }
  // What leads the case has to be evidence: a long message alone is talk.
  const first = parts.findIndex((each) => looksLikeEvidence(each.text) || each.files.some(isReadableFile));
  return first === -1 ? [] : parts.slice(first);
}
