/* oxlint-disable unicorn/require-post-message-target-origin -- Slack's chat.postMessage, not a window's */
import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { type MessagePlace, readMessages, type WireMessage } from '../slack/read-messages.ts';
import { classifySlackError, type SlackFailure } from '../slack/refusals.ts';

export type SlackResult<T> = { readonly kind: 'done'; readonly value: T } | SlackFailure;

export interface RunMark {
  readonly runId: string;
  readonly role: 'root' | 'answer';
  /** The message is the final answer, no progress. */
  readonly isFinal?: boolean;
}

interface OutgoingMessage {
  readonly channel: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  /** Finds the message again; a text marks a message of a page. */
  readonly mark: RunMark | string;
}

interface NewMessage extends OutgoingMessage {
  readonly thread?: string;
  readonly alsoInChannel?: boolean;
}

export interface PostedMessage {
  readonly ts: string;
  readonly mark?: RunMark;
  /** Of a thread's root, in milliseconds since the Unix epoch. */
  readonly latestReply?: number;
  readonly files: readonly { readonly id: string; readonly title: string }[];
}

export interface UploadedFile {
  readonly channel: string;
  readonly thread: string;
  readonly filename: string;
  readonly title: string;
  /** A text, or the bytes of a picture. */
  readonly content: string | Uint8Array;
  /** Of a picture: what it shows, for a screen reader. */
  readonly altText?: string;
}

const EVENT_TYPE = 'ftm_check_run';
const PAGE_EVENT_TYPE = 'ftm_check_page';

/** `client` must not retry by itself (`createDeliveryClient`). */
export function slackPort(client: webApi.WebClient) {
  return {
    /** Resolves with the channel that Slack says: a message to a person has one of its own. */
    post: ({ channel, thread, alsoInChannel, text, blocks, mark }: NewMessage) =>
      toSlackResult(async () => {
        const posted = await client.chat.postMessage({
          channel,
          text,
          blocks: blocks && [...blocks],
          thread_ts: thread,
          ...(alsoInChannel ? { reply_broadcast: true } : {}),
          metadata: toMetadata(mark),
          unfurl_links: false,
          unfurl_media: false,
        } as webApi.ChatPostMessageArguments);
        return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
      }),

    /** Removes blocks that are not given. */
    update: ({ channel, ts, text, blocks = [], mark }: OutgoingMessage & { readonly ts: string }) =>
      perform(() =>
        client.chat.update({ channel, ts, text, blocks: [...blocks], metadata: toMetadata(mark) }),
      ),

    remove: ({ channel, ts }: { readonly channel: string; readonly ts: string }) =>
      perform(() => client.chat.delete({ channel, ts })),

    /** Visible to the asker alone. */
    directMessage: ({ user: channel, text }: { readonly user: string; readonly text: string }) =>
      perform(() => client.chat.postMessage({ channel, text, unfurl_links: false, unfurl_media: false })),

    readMessages: (place: MessagePlace) =>
      toSlackResult(async () => {
        const { messages, next } = await readMessages(client, place);
        return { messages: messages.map(toPosted), cursor: next };
      }),

    upload: ({ channel, thread, filename, title, content, altText }: UploadedFile) =>
      toSlackResult(async () => {
        const place = { channel_id: channel, thread_ts: thread, filename, title };
        const uploaded = await withAltText(client, altText).filesUploadV2(
          typeof content === 'string' ? { ...place, content } : { ...place, file: Buffer.from(content) },
        );
        return { id: firstFileId(uploaded) };
      }),

    /** False if the file was deleted. */
    async hasFile(id: string): Promise<SlackResult<boolean>> {
      const result = await toSlackResult(() => client.files.info({ file: id }));
      if (result.kind === 'done') return { kind: 'done', value: true };
      const isGone = result.kind === 'refused' && /^file_(?:not_found|deleted)$/.test(result.error);
      return isGone ? { kind: 'done', value: false } : result;
    },

    deleteFile: (id: string) => perform(() => client.files.delete({ file: id })),
  };
}

export type SlackPort = ReturnType<typeof slackPort>;

/** The mark of a message of a page. */
export function readPageMark({ metadata }: WireMessage): string | undefined {
  if (metadata?.event_type !== PAGE_EVENT_TYPE) return undefined;
  const { mark } = (metadata.event_payload ?? {}) as { readonly mark?: unknown };
  return typeof mark === 'string' ? mark : undefined;
}

export async function toSlackResult<T>(call: () => Promise<T>): Promise<SlackResult<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    return classifySlackError(error);
  }
}

/** A call of which only the success matters. */
export async function perform(call: () => Promise<unknown>): Promise<SlackResult<null>> {
  const result = await toSlackResult(call);
  return result.kind === 'done' ? { kind: 'done', value: null } : result;
}

function toMetadata(mark: RunMark | string) {
  if (typeof mark === 'string') return { event_type: PAGE_EVENT_TYPE, event_payload: { mark } };
  const { runId, role, isFinal } = mark;
  const payload = { run_id: runId, role, ...(isFinal && { final: true }) };
  return { event_type: EVENT_TYPE, event_payload: payload };
}

function toPosted(message: WireMessage): PostedMessage {
  const { ts = '', metadata, latest_reply: latest, files = [] } = message;
  return {
    ts,
    mark: readMark(metadata),
    latestReply: latest === undefined ? undefined : Number(latest) * 1000,
    files: files.map(({ id = '', title = '' }) => ({ id, title })),
  };
}

function readMark(metadata: WireMessage['metadata']): RunMark | undefined {
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  const payload = (metadata.event_payload ?? {}) as { run_id?: unknown; role?: unknown; final?: unknown };
  const { run_id: runId, role, final } = payload;
  if (typeof runId !== 'string' || (role !== 'root' && role !== 'answer')) return undefined;
  return { runId, role, isFinal: final === true };
}

/** The same client, which describes what it uploads. The SDK sends `alt_text`; Slack's client for Python sends `alt_txt`. */
function withAltText(client: webApi.WebClient, altText: string | undefined): webApi.WebClient {
  if (altText === undefined) return client;
  const { getUploadURLExternal } = client.files;
  const described: typeof getUploadURLExternal = (options) => {
    const both = { ...options, alt_text: altText, alt_txt: altText };
    return getUploadURLExternal(both);
  };
  const files = { ...client.files, getUploadURLExternal: described };
  return Object.create(client, { files: { value: files } }) as webApi.WebClient;
}

/** The SDK nests the responses of completed uploads and does not type them. */
function firstFileId(uploaded: webApi.WebAPICallResult): string {
  const { files = [] } = uploaded as {
    files?: readonly { readonly files?: readonly { readonly id?: string }[] }[];
  };
  return files[0]?.files?.[0]?.id ?? 'uploaded';
}
