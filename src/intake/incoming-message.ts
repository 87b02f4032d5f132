import { z } from 'zod';
import { redactSideText } from '../redact/side-text.ts';

const file = z.object({
  /** Shown in answers and in what could not be read. */
  name: z.string().transform(redactSideText).nullish(),
  size: z.number().optional(),
  mimetype: z.string().optional(),
  filetype: z.string().optional(),
  url_private_download: z.string().optional(),
  url_private: z.string().optional(),
});

const message = z.object({
  channel: z.string(),
  user: z.string(),
  ts: z.string(),
  text: z.string().default(''),
  thread_ts: z.string().optional(),
  channel_type: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  files: z.array(file).default([]),
});

/** The part of Slack's message events that matters here. */
export type IncomingMessage = z.infer<typeof message>;
export type IncomingFile = z.infer<typeof file>;

/** Undefined for messages without author or place: deletions, edits, joins and the like. */
export function readMessage(event: unknown): IncomingMessage | undefined {
  const parsed = message.safeParse(event);
  return parsed.success ? parsed.data : undefined;
}

const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** Said by a person, just now: not by an app, not an edit, not an announcement of Slack's. */
export function isSpoken({ subtype, bot_id }: IncomingMessage): boolean {
  return bot_id === undefined && SPOKEN.has(subtype);
}

/** `text` without the bot's own name, and whether it was there. */
export function withoutMention(
  text: string,
  botUserId: string | undefined,
): { readonly mentioned: boolean; readonly text: string } {
  if (botUserId === undefined) return { mentioned: false, text };
  const parts = text.split(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`));
  return { mentioned: parts.length > 1, text: parts.join(' ').trim() };
}
