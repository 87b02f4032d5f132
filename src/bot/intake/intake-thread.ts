import { packedWith } from '../../engine/evidence/decode-text.ts';
import { redact } from '../../engine/evidence/redact.ts';
import { type RedactedCase, textSize } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { IDLE_MS, TaskThread } from '../../platform/threads/task-thread.ts';
import { readBytes, type Unpacked } from './archives.ts';

export type IntakeTask =
  | { readonly kind: 'unpack'; readonly name: string; readonly bytes: Uint8Array; readonly limit: number }
  | { readonly kind: 'redact'; readonly items: readonly EvidenceItem[] };

export type IntakeAnswer = Unpacked | RedactedCase;

/** Characters or bytes. Shorter texts take a few milliseconds, less than starting a thread. */
const SHORT_TEXT_LIMIT = 50_000;
/** A device session reads up to 64 MB; the largest request uses about a third of it (docs/how-to/operations.md). */
const HEAP_MB = 224;
const TIME_LIMIT_MS = 120_000;

/** One thread per process: long texts are processed one at a time. */
const thread = new TaskThread<IntakeTask, IntakeAnswer>({
  module: './intake-worker',
  from: import.meta.url,
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
  idleMs: IDLE_MS,
});

/** Returns the texts in a file, up to `limit` bytes. Never rejects. */
export async function unpackInThread(name: string, bytes: Uint8Array, limit: number): Promise<Unpacked> {
  if (bytes.length <= SHORT_TEXT_LIMIT && packedWith(bytes) === undefined)
    return await readBytes(name, bytes, limit);
  try {
    return (await thread.run({ kind: 'unpack', name, bytes, limit })) as Unpacked;
  } catch (error) {
    const isTooLarge = error instanceof FtmError && error.code === 'ftm_evidence_too_large';
    const why = isTooLarge ? 'takes more time or memory to unpack than one file may use' : undefined;
    return { kind: 'unreadable', reason: why ?? 'could not be unpacked' };
  }
}

/**
 * Redacts the texts before anything else sees them; in the thread above `limit` characters. Rejects with
 * `ftm_evidence_too_large` if they need too much memory or time.
 */
export async function redactEvidence(
  items: readonly EvidenceItem[],
  limit = SHORT_TEXT_LIMIT,
): Promise<RedactedCase> {
  if (textSize({ items }) <= limit) return redact(items);
  return (await thread.run({ kind: 'redact', items })) as RedactedCase;
}
