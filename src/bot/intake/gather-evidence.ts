import { setImmediate } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { looksLikeEvidence } from '../../engine/evidence/looks-like-evidence.ts';
import { redactSideText } from '../../engine/evidence/side-text.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { describesTrouble } from '../../engine/facts/described/described.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { escapeMrkdwn, inlineCode } from '../../report/block-kit/escape.ts';
import { type FetchedFile, type FileAccess, fetchFile, isReadableFile } from './fetch-file.ts';
import { type IncomingMessage, isFromPerson, readMessage } from './incoming-message.ts';
import { type Content, readInTurn } from './intake-budget.ts';

export interface Gathered {
  readonly items: readonly EvidenceItem[];
  /** Files that could not be read, with the reason; Slack mrkdwn for the person. */
  readonly problems: readonly string[];
  /** Those of `problems` that a person must fix; also reported without a request for a check. */
  readonly denied: readonly string[];
  /** Those of `problems` that Slack may deliver later. */
  readonly missed: readonly string[];
}

/**
 * Reads text and files of one message that a person pointed to. Beside a file, the text is mostly "please look at
 * this" and counts only if it looks like evidence itself, or describes the trouble.
 */
export async function gatherContent({ text, files }: Content, access: FileAccess): Promise<Gathered> {
  await access.budget.reserve([{ text, files }]);
  const fetched: FetchedFile[] = [];
  for (const file of files) fetched.push(await fetchFile(file, access));
  const isIncluded =
    text.trim() !== '' && (files.length === 0 || looksLikeEvidence(text) || describesTrouble(text));
  const pasted = isIncluded ? [{ name: PASTE, text }] : [];
  if (isIncluded) access.budget.take(text.length);
  return {
    items: [...pasted, ...fetched.flatMap((file) => (file.kind === 'texts' ? file.items : []))],
    problems: fetched.flatMap(describeProblem),
    denied: fetched.filter((file) => file.kind === 'unreadable' && file.denied).flatMap(describeProblem),
    missed: fetched.filter((file) => file.kind === 'unreadable' && file.missed).map(({ name }) => name),
  };
}

export const PASTE = 'paste 1';
const MAX_THREAD_MESSAGES = 100;

/**
 * Returns the evidence in a message that no request points to; nothing for ordinary conversation. Rejects if Slack does
 * not deliver a file that may be evidence: otherwise the uploader would wait for ever.
 */
export async function gatherUnprompted(
  message: Content,
  access: FileAccess,
  counts: (text: string) => boolean = looksLikeEvidence,
): Promise<Gathered> {
  const readable = message.files.filter(isReadableFile);
  const gathered = await gatherContent({ text: message.text, files: readable }, access);
  if (gathered.items.some((item) => counts(item.text))) return gathered;
  if (gathered.missed.length === 0) return { ...gathered, items: [] };
  const what = gathered.missed.join(', ');
  throw new FtmError('ftm_slack_failed', `${what} could not be read: Slack did not answer.`, {
    advice: 'Nothing was started. If it is a log to check, please send it again.',
    retryable: true,
  });
}

/** Returns the newest messages of a thread that look like evidence, in order, for a mention that names no device. */
export async function gatherThread(
  client: webApi.WebClient,
  place: ThreadPlace,
  access: FileAccess,
): Promise<readonly EvidenceItem[]> {
  const messages = await readInTurn(access.budget, async () => {
    let evidence: readonly IncomingMessage[] = [];
    for await (const page of readThread(client, place)) {
      const found = page.filter(({ text, files }) => looksLikeEvidence(text) || files.some(isReadableFile));
      evidence = [...evidence, ...found].slice(-MAX_THREAD_MESSAGES);
    }
    return evidence.map(withReadableFiles);
  });
  const gathered = await gatherEach(messages, access);
  return numberPastes(gathered.flatMap(({ items }) => items));
}

/** Reads several messages one after the other: together they may exceed the memory of the process. */
export async function gatherEach(
  messages: readonly Content[],
  access: FileAccess,
  counts?: (text: string) => boolean,
): Promise<readonly Gathered[]> {
  await access.budget.reserve(messages.map(withReadableFiles));
  const gathered: Gathered[] = [];
  for (const message of messages) {
    gathered.push(await gatherUnprompted(message, access, counts));
    // Lets other requests run meanwhile.
    await setImmediate();
  }
  return gathered;
}

export function withReadableFiles<T extends Content>(message: T): T {
  return { ...message, files: message.files.filter(isReadableFile) };
}

/** Numbers the sources, so that answers can tell them apart. */
function numberPastes(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  let count = 0;
  return items.map((item) => (item.name === PASTE ? { ...item, name: `paste ${++count}` } : item));
}

/** Joins several messages before redaction: a key that was split over two messages is recognised in neither half. */
export function joinPastes(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  const pastes = items.filter(({ name }) => name === PASTE);
  if (pastes.length < 2) return items;
  const text = pastes.map((item) => item.text).join('\n');
  return [{ name: PASTE, text }, ...items.filter(({ name }) => name !== PASTE)];
}

function describeProblem(file: FetchedFile): readonly string[] {
  const name = inlineCode(file.name);
  if (file.kind === 'unreadable') return [`${name} ${escapeMrkdwn(redactSideText(file.reason))}.`];
  return (file.unopened ?? []).map(
    (inner) =>
      `${name} contains ${inlineCode(redactSideText(inner))}, which I did not open: please unpack it, and send the text files.`,
  );
}

const PAGE_SIZE = 200;
/** 5,000 replies. Slack returns the oldest first, so the newest log of a long thread is on the last page. */
const MAX_PAGES = 25;

interface ThreadPlace {
  readonly channel: string;
  readonly thread: string;
  /** The bot's own user id, whose messages are left out. */
  readonly botUserId?: string | undefined;
}

/** The messages of people in a thread, oldest first, in pages. Rejects as the Web API client does. */
async function* readThread(
  client: webApi.WebClient,
  { channel, thread, botUserId }: ThreadPlace,
): AsyncGenerator<readonly IncomingMessage[]> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const request = { channel, ts: thread, limit: PAGE_SIZE, cursor };
    const { messages = [], response_metadata: more } = await client.conversations.replies(request);
    yield messages
      .flatMap((message) => readMessage({ ...message, channel }) ?? [])
      .filter((message) => isFromPerson(message, botUserId));
    cursor = more?.next_cursor;
    if (cursor === undefined || cursor === '') return;
  }
}
