import { z } from 'zod';
import { redactSideText } from '../../engine/evidence/side-text.ts';

const file = z.object({
  /** Shown in answers and in messages about unreadable files. */
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

export type IncomingMessage = z.infer<typeof message>;
export type IncomingFile = z.infer<typeof file>;

/** Undefined for messages without author or channel: deletions, edits, joins and the like. */
export function readMessage(event: unknown): IncomingMessage | undefined {
  const parsed = message.safeParse(event);
  return parsed.success ? parsed.data : undefined;
}

const edit = z.object({
  subtype: z.literal('message_changed'),
  channel: z.string(),
  channel_type: z.string().optional(),
  message: z.looseObject({}),
  previous_message: z.object({ text: z.string().default('') }).optional(),
});

export type Edit = NonNullable<ReturnType<typeof readEdit>>;

/** Undefined for other events, and for an edit without author. Slack sends one for a link preview too. */
export function readEdit(event: unknown) {
  const parsed = edit.safeParse(event);
  if (!parsed.success) return undefined;
  const { channel, channel_type, previous_message: before } = parsed.data;
  const now = readMessage({ ...parsed.data.message, channel, channel_type });
  return now && { message: now, before: before?.text ?? '' };
}

const PERSON_SUBTYPES = new Set([undefined, 'file_share', 'thread_broadcast']);

/**
 * True for a new message of a person: not of an app, not an edit, not a system message. `botUserId` is the bot's own:
 * not everything that the bot posts has a `bot_id`.
 */
export function isFromPerson({ subtype, bot_id, user }: IncomingMessage, botUserId?: string): boolean {
  return bot_id === undefined && user !== botUserId && PERSON_SUBTYPES.has(subtype);
}

/** Returns `text` without the bot's name, and whether the name was in it. */
export function withoutMention(text: string, botUserId: string | undefined) {
  if (botUserId === undefined) return { mentioned: false, text };
  const parts = text.split(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`));
  return { mentioned: parts.length > 1, text: parts.join(' ').trim() };
}
