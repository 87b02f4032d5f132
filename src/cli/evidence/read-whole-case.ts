import { redact } from '../../engine/evidence/redact.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Io } from '../terminal/io.ts';
import { openEvidence } from './evidence-source.ts';
import { readSavedEvidence, type SavedCase } from './saved-evidence.ts';
import { savedEvidenceAmong } from './saved-evidence-path.ts';

/**
 * Reads the evidence of a saved check, or the named files as a whole, without their secrets. Rejects with `ftm_usage` or
 * `ftm_evidence_*`.
 */
export async function readWholeCase(
  files: readonly string[],
  limit: { readonly bytes: number; readonly message: string; readonly advice: string },
  io: Io,
): Promise<SavedCase> {
  const saved = savedEvidenceAmong(files);
  if (saved !== undefined) return await readSavedEvidence(saved);
  let total = 0;
  const items: { readonly name: string; readonly text: string }[] = [];
  for (const { name, head, rest = [] } of (await openEvidence(files, io)).sources) {
    const chunks = [head];
    total += head.length;
    for await (const chunk of rest) {
      total += chunk.length;
      if (total > limit.bytes) {
        throw new FtmError('ftm_evidence_too_large', limit.message, { advice: limit.advice });
      }
      chunks.push(chunk);
    }
    items.push({ name, text: Buffer.concat(chunks).toString('utf8') });
  }
  return { evidence: redact(items), focus: { readAt: io.now() } };
}
