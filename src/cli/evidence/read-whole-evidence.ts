import { redact } from '../../engine/evidence/redact.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { FtmError } from '../../ftm-error.ts';
import type { Io } from '../terminal/io.ts';
import { openEvidence } from './evidence-source.ts';

export interface WholeEvidenceLimit {
  readonly bytes: number;
  /** `This is too large for an archive: 20 MB are read.` */
  readonly message: string;
  readonly advice: string;
}

const ARCHIVE_LIMIT: WholeEvidenceLimit = {
  bytes: 20 * 1024 * 1024,
  message: 'This is too large for an archive: 20 MB are read.',
  advice: 'Cut the log around the login, or use `ftm-check analyze`.',
};

/** Reads the named files as a whole and replaces the secrets. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function readWholeEvidence(
  files: readonly string[],
  io: Io,
  limit: WholeEvidenceLimit = ARCHIVE_LIMIT,
): Promise<RedactedCase> {
  let total = 0;
  const items: { readonly name: string; readonly text: string }[] = [];
  for (const { name, head, rest = [] } of (await openEvidence(files, io)).sources) {
    // A chunk is valid until the next one is requested.
    const chunks = [Buffer.from(head)];
    total += head.length;
    for await (const chunk of rest) {
      total += chunk.length;
      if (total > limit.bytes) {
        throw new FtmError('ftm_evidence_too_large', limit.message, { advice: limit.advice });
      }
      chunks.push(Buffer.from(chunk));
    }
    items.push({ name, text: Buffer.concat(chunks).toString('utf8') });
  }
  return redact(items);
}
