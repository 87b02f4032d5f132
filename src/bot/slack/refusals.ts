import { webApi } from '@slack/bolt';

/**
 * Groups Slack's error codes by what they mean here. Source: the error lists of chat.postMessage, chat.update and
 * auth.test.
 */

const TEMPORARY = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
]);

const FORMAT = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_attachments',
  'block_mismatch',
]);

const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

const PLACES: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not a member of {channel}. Type `/invite @ftm-check` there, then ask again.',
  channel_not_found:
    'I cannot see {channel}: it is private and I am not in it. Type `/invite @ftm-check` there, then ask again.',
  is_archived: '{channel} is archived, so nobody can post there. Ask again in another channel.',
  restricted_action:
    'A rule of this workspace prevents me from posting in {channel}. Ask in another channel, or ask an administrator of the workspace.',
  missing_scope:
    'This app lacks a permission in {channel}. The operator of ftm-check can compare its scopes with `ftm-check manifest` and install it again.',
};

const TOKENS = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'not_installed',
]);

const TOKEN_TEXT =
  'Slack no longer accepts my token, so I cannot post in {channel}. The operator of ftm-check must install the app again and set the new token; `ftm-check doctor` shows it. Your request is kept for some days and answered then.';

/** `token`: nothing can be posted in the workspace until the token is fixed. */
export type Refusal = 'temporary' | 'format' | 'gone' | 'place' | 'token' | 'other';

export type SlackFailure =
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number }
  /** Slack refused; `error` is its error code. */
  | { readonly kind: 'refused'; readonly error: string }
  /** No response: the call may have succeeded all the same. */
  | { readonly kind: 'no-answer'; readonly cause: unknown };

/** What a call of Slack's SDK rejected with. */
export function classifySlackError(error: unknown): SlackFailure {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'rate-limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIPlatformError) return { kind: 'refused', error: error.data.error };
  return { kind: 'no-answer', cause: error };
}

/** Undefined unless Slack refused. */
export function kindOfSlackError(error: unknown): Refusal | undefined {
  const failure = classifySlackError(error);
  return failure.kind === 'refused' ? kindOfRefusal(failure.error) : undefined;
}

export function kindOfRefusal(error: string): Refusal {
  if (TEMPORARY.has(error)) return 'temporary';
  if (FORMAT.has(error)) return 'format';
  if (GONE.has(error)) return 'gone';
  if (TOKENS.has(error)) return 'token';
  return error in PLACES ? 'place' : 'other';
}

/** Explains why there is no answer in the channel, and what the person can do; Slack mrkdwn. */
export function explainRefusal(error: string, channel = ''): string {
  const sentence = TOKENS.has(error) ? TOKEN_TEXT : (PLACES[error] ?? 'Slack refused it in {channel}.');
  return sentence.replace(
    '{channel}',
    /^[CG][A-Z0-9]+$/.test(channel) ? `<#${channel}>` : 'this conversation',
  );
}
