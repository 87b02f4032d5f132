/** Slack's own names (`snake_case`), as in its API. */
export interface SlackMessage {
  readonly type: 'message';
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
  readonly blocks?: readonly unknown[];
  readonly metadata?: MessageMetadata;
  readonly files?: readonly SlackFile[];
  readonly edited?: { readonly user: string; readonly ts: string };
  /** Not part of Slack's API: set if only this user sees the message. */
  readonly ephemeral_to?: string;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly filetype: string;
  readonly mimetype: string;
  readonly size: number;
  readonly mode: 'snippet' | 'hosted';
  readonly url_private: string;
  readonly url_private_download: string;
  readonly alt_txt?: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im';
  /** Whether the bot is a member. */
  readonly member: boolean;
  readonly archived: boolean;
  /** Not part of Slack's API: the error code for posts of the bot, which still receives messages. */
  readonly refuses?: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  /** Deactivated. */
  readonly deleted?: boolean;
}

/** What the next call of a method does instead of, or besides, its work. */
export interface Fault {
  /** HTTP status; 429 comes with `Retry-After: retryAfter`. */
  readonly status?: number;
  /** `{ ok: false, error }`. */
  readonly error?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Does the work, then closes the connection without a response. */
  readonly dropResponse?: boolean;
  /** Does nothing, and never answers. */
  readonly hang?: boolean;
  /** Does the work after this time. */
  readonly delayMs?: number;
}

export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** The error returned, `http_<status>` or `dropped`; absent on success. */
  readonly failure?: string;
}

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';

/** One request to the app and its response. */
export interface EventDelivery {
  readonly kind: DeliveryKind;
  readonly payload: Readonly<Record<string, unknown>>;
  /** HTTP status; in Socket Mode 200 if acknowledged. 0 without an answer. */
  readonly status: number;
  /** Body of the acknowledgement, if any. */
  readonly ack: unknown;
  readonly tookMs: number;
}
