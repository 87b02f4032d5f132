import { linesOf } from '../../engine/evidence/lines-of.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { FtmError } from '../../ftm-error.ts';
import { releaseBytes, unpackJson } from '../../platform/queue/packed-payload.ts';
import type { QueueJob } from '../../platform/runs/queue-job.ts';
import { fromStoredJob, type StoredJob, toStoredJob } from '../../platform/runs/stored-job.ts';
import { MAX_KEPT_CHARACTERS } from '../../platform/store/kept-evidence.ts';
import { type ByteRange, linesOfJsonString, shortenJson } from './long-strings.ts';

/** A job that `packPayload` packed. Long texts stay packed (`AnalyzeJob.packed`). Rejects with an `FtmError`. */
export async function openPackedJob(packed: string): Promise<StoredJob> {
  const bytes = await unpackJson(packed);
  const { job, texts } = charactersIn(bytes) > MAX_KEPT_CHARACTERS ? readJob(bytes) : readWhole(bytes);
  releaseBytes(bytes);
  if (job.kind !== 'analyze' || texts.size === 0) return toStoredJob(job);
  const items = job.evidence.items.map((item) => ({ ...item, text: '' }));
  return toStoredJob({ ...job, evidence: { ...job.evidence, items }, packed });
}

export interface UnpackedEvidence {
  readonly evidence: RedactedCase;
  /** Each text can be read once. */
  readonly linesIn: (item: EvidenceItem) => Iterable<string>;
}

/** The evidence of such a job. Its texts are read from the bytes: as strings they would take three times the memory. */
export async function unpackEvidence(packed: string): Promise<UnpackedEvidence> {
  const bytes = await unpackJson(packed);
  const { job, texts } = readJob(bytes);
  if (job.kind !== 'analyze') throw new FtmError('ftm_job_invalid', 'A packed job holds no evidence.');
  const last = [...texts.values()].at(-1);
  if (last === undefined) releaseBytes(bytes);
  function* linesOnce(range: ByteRange): Generator<string> {
    yield* linesOfJsonString(bytes, range);
    // The diagnosis needs most memory after the last line.
    if (range === last) releaseBytes(bytes);
  }
  const linesIn = ({ text }: EvidenceItem): Iterable<string> => {
    const range = texts.get(text);
    return range ? linesOnce(range) : linesOf(text);
  };
  return { evidence: job.evidence, linesIn };
}

interface ReadJob {
  readonly job: QueueJob;
  /** Where the long texts are. The job contains their names instead. */
  readonly texts: ReadonlyMap<string, ByteRange>;
}

function readJob(bytes: Uint8Array): ReadJob {
  const { json, strings } = shortenJson(bytes);
  const job = fromStoredJob(JSON.parse(json));
  const named = job.kind === 'analyze' ? job.evidence.items.filter(({ text }) => strings.has(text)) : [];
  // Another field is long, too: not a job of this program.
  return named.length === strings.size ? { job, texts: strings } : readWhole(bytes);
}

function readWhole(bytes: Uint8Array): ReadJob {
  return { job: fromStoredJob(JSON.parse(new TextDecoder().decode(bytes))), texts: new Map() };
}

/** Bytes of UTF-8 that begin a character. */
function charactersIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count += 1;
  return count;
}
