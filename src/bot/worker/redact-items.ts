import { redact } from '../../engine/evidence/redact.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { textSize } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { createTaskThread } from '../../platform/threads/task-thread.ts';

/** Characters. Shorter outputs are redacted in a quarter of a second. */
const SHORT_TEXT_LIMIT = 1_000_000;
/** A device session reads up to 64 MB. */
const HEAP_MB = 224;
const TIME_LIMIT_MS = 120_000;

const thread = createTaskThread<readonly EvidenceItem[], RedactedCase>({
  module: new URL(
    import.meta.url.endsWith('.ts') ? './redact-worker.ts' : './redact-worker.js',
    import.meta.url,
  ),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
});

/**
 * `redact` without blocking the event loop, because this process renews the locks of its jobs meanwhile. Rejects
 * with `ftm_evidence_too_large` if the outputs need too much memory or time.
 */
export async function redactItems(items: readonly EvidenceItem[]): Promise<RedactedCase> {
  return textSize({ items }) <= SHORT_TEXT_LIMIT ? redact(items) : await thread.run(items);
}
