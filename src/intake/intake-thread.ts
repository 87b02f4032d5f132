import { packedWith } from '../evidence/decode-text.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import { FtmError } from '../ftm-error.ts';
import { redactCase } from '../redact/redact-case.ts';
import type { RedactedCase } from '../redact/types.ts';
import { createTaskThread } from '../threads/task-thread.ts';
import { readBytes, type Unpacked } from './archives.ts';

export type IntakeTask =
  | { readonly kind: 'unpack'; readonly name: string; readonly bytes: Uint8Array; readonly limit: number }
  | { readonly kind: 'redact'; readonly items: readonly EvidenceItem[] };

export type IntakeAnswer = Unpacked | RedactedCase;

/** Shorter texts take a few milliseconds, less than starting a thread. Characters, bytes. */
const SHORT = 50_000;
/** Redacting the largest request takes about half of it (docs/operations.md). */
const HEAP_MB = 160;
const TIME_LIMIT_MS = 60_000;

/** One for the process: however many requests come, one long text is worked on at a time. */
const thread = createTaskThread<IntakeTask, IntakeAnswer>({
  module: new URL(
    import.meta.url.endsWith('.ts') ? './intake-worker.ts' : './intake-worker.js',
    import.meta.url,
  ),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
});

/** The texts in a file, up to `limit` bytes of them. Never rejects. */
export async function unpack(name: string, bytes: Uint8Array, limit: number): Promise<Unpacked> {
  if (bytes.length <= SHORT && packedWith(bytes) === undefined) return await readBytes(name, bytes, limit);
  try {
    return (await thread.run({ kind: 'unpack', name, bytes, limit })) as Unpacked;
  } catch (error) {
    const isTooLarge = error instanceof FtmError && error.code === 'ftm_evidence_too_large';
    return {
      kind: 'unreadable',
      reason: isTooLarge
        ? 'takes more time or memory to unpack than one file may use'
        : 'could not be unpacked',
    };
  }
}

/** Takes the secrets out, before anything else sees the texts. Rejects with an `FtmError`. */
export async function redactEvidence(items: readonly EvidenceItem[]): Promise<RedactedCase> {
  const size = items.reduce((sum, { text }) => sum + text.length, 0);
  if (size <= SHORT) return redactCase(items);
  return (await thread.run({ kind: 'redact', items })) as RedactedCase;
}
