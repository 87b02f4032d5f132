/** Slack's own words and spelling (`snake_case`), as they go over the wire. */
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
  /** Not Slack's: set when only this user sees it. */
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
  /** Whether the bot is in it. */
  readonly member: boolean;
  readonly archived: boolean;
  /** Not Slack's: its word for why the bot may not post there, though it hears what is said. */
  readonly refuses?: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
}

/** What the next call of a method does instead of, or besides, its work. */
export interface Fault {
  /** HTTP status; 429 comes with `Retry-After: retryAfter`. */
  readonly status?: number;
  /** `{ ok: false, error }`. */
  readonly error?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Does the work, then hangs up without answering. */
  readonly dropResponse?: boolean;
}

export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** The error answered, `http_<status>` or `dropped`; absent when all went well. */
  readonly failure?: string;
}

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';

/** One thing Slack told the app, and what came back. */
export interface EventDelivery {
  readonly kind: DeliveryKind;
  readonly payload: Readonly<Record<string, unknown>>;
  /** HTTP status; over a socket 200 when acknowledged. 0 when nobody answered. */
  readonly status: number;
  /** Body of the acknowledgement, if any. */
  readonly ack: unknown;
  readonly tookMs: number;
}
