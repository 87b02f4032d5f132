import { setImmediate } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { escapeMrkdwn, inlineCode } from '../block-kit/escape.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import { FtmError } from '../ftm-error.ts';
import { redactSideText } from '../redact/side-text.ts';
import type { RequestService } from '../requests/ports.ts';
import { type FetchedFile, type FileAccess, fetchFile, isReadableFile } from './fetch-file.ts';
import { type IncomingMessage, isSpoken, readMessage } from './incoming-message.ts';

export interface Gathered {
  readonly items: readonly EvidenceItem[];
  /** Files that could not be read, and why; Slack mrkdwn, for the person. */
  readonly problems: readonly string[];
  /** Of these, what somebody has to mend: worth telling who did not ask, too. */
  readonly denied: readonly string[];
  /** Of these, what Slack did not give us, and may give later. */
  readonly missed: readonly string[];
}

/**
 * Text and files of one message that somebody asked us to read. Beside a file the text is mostly "please look at this"
 * and counts only when it looks like evidence itself.
 */
export async function gatherFrom(
  { text, files }: Pick<IncomingMessage, 'text' | 'files'>,
  access: FileAccess,
  looksLikeEvidence: RequestService['looksLikeEvidence'],
): Promise<Gathered> {
  await access.budget.enter(files);
  const fetched: FetchedFile[] = [];
  for (const file of files) fetched.push(await fetchFile(file, access));
  const counts = text.trim() !== '' && (files.length === 0 || looksLikeEvidence(text));
  const pasted = counts ? [{ name: PASTE, text }] : [];
  if (counts) access.budget.take(text.length);
  return {
    items: [...pasted, ...fetched.flatMap((file) => (file.kind === 'texts' ? file.items : []))],
    problems: fetched.flatMap(problemOf),
    denied: fetched.filter((file) => file.kind === 'unreadable' && file.denied).flatMap(problemOf),
    missed: fetched.filter((file) => file.kind === 'unreadable' && file.missed).map(({ name }) => name),
  };
}

const PASTE = 'paste 1';

/**
 * What in a message nobody pointed us at looks like evidence; nothing for ordinary talk. Rejects where Slack does not
 * give a file that may be some: whoever uploaded it would wait for ever.
 */
export async function gatherUnasked(
  message: Pick<IncomingMessage, 'text' | 'files'>,
  access: FileAccess,
  looksLikeEvidence: RequestService['looksLikeEvidence'],
): Promise<Gathered> {
  const readable = message.files.filter(isReadableFile);
  const gathered = await gatherFrom({ text: message.text, files: readable }, access, looksLikeEvidence);
  if (gathered.items.some((item) => looksLikeEvidence(item.text))) return gathered;
  if (gathered.missed.length === 0) return { ...gathered, items: [] };
  throw new FtmError(
    'ftm_slack_failed',
    `${gathered.missed.join(', ')} could not be read: Slack did not answer.`,
    {
      advice: 'Nothing was started. If it is a log to check, please send it again.',
      retryable: true,
    },
  );
}

/** What people said in a thread that looks like evidence, in order: the logs that a bare mention is about. */
export async function gatherThread(
  client: webApi.WebClient,
  place: { readonly channel: string; readonly thread: string },
  access: FileAccess,
  looksLikeEvidence: RequestService['looksLikeEvidence'],
): Promise<readonly EvidenceItem[]> {
  const { channel, thread } = place;
  const { messages = [] } = await client.conversations.replies({ channel, ts: thread, limit: 100 });
  const spoken = messages.flatMap((message) => readMessage({ ...message, channel }) ?? []).filter(isSpoken);
  const gathered = await gatherEach(spoken, access, looksLikeEvidence);
  return numberPastes(gathered.flatMap(({ items }) => items));
}

/** `gatherUnasked` of several messages, one after the other: together they may be more than the process has memory for. */
export async function gatherEach(
  messages: readonly Pick<IncomingMessage, 'text' | 'files'>[],
  access: FileAccess,
  looksLikeEvidence: RequestService['looksLikeEvidence'],
): Promise<readonly Gathered[]> {
  await access.budget.enter(messages.flatMap(({ files }) => files.filter(isReadableFile)));
  const gathered: Gathered[] = [];
  for (const message of messages) {
    gathered.push(await gatherUnasked(message, access, looksLikeEvidence));
    // Others are heard meanwhile.
    await setImmediate();
  }
  return gathered;
}

/** Sources must be told apart in the answer. */
function numberPastes(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  let count = 0;
  return items.map((item) => {
    if (item.name !== PASTE) return item;
    count += 1;
    return { ...item, name: `paste ${count}` };
  });
}

/**
 * Several messages as one: what was pasted in parts is put together again before secrets are looked for, because a key
 * that was cut in two is found in neither half.
 */
export function joinPastes(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
  const pastes = items.filter(({ name }) => name === PASTE);
  if (pastes.length < 2) return items;
  const text = pastes.map((item) => item.text).join('\n');
  return [{ name: PASTE, text }, ...items.filter(({ name }) => name !== PASTE)];
}

function problemOf(file: FetchedFile): readonly string[] {
  const name = inlineCode(file.name);
  if (file.kind === 'unreadable') return [`${name} ${escapeMrkdwn(redactSideText(file.reason))}.`];
  return (file.unopened ?? []).map(
    (inner) =>
      `${name} contains ${inlineCode(redactSideText(inner))}, which I did not open: please unpack it, and send the text files.`,
  );
}
