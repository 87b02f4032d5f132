import { linesOf } from '../evidence/lines-of.ts';
import { redact } from '../evidence/redact.ts';
import { createRedactStream } from '../evidence/redact-stream.ts';
import type { RedactedCase } from '../evidence/redacted-case.ts';
import { SectionStream } from '../evidence/section-stream.ts';
import { sectionsOfLines, withoutCr } from '../evidence/sections.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { CaseEvidence } from './case-evidence.ts';
import type { CaseFocus } from './case-focus.ts';
import { diagnoseFacts } from './diagnose-facts.ts';
import type { Diagnosis } from './diagnosis.ts';
import { EvidenceCollector } from './evidence-collector.ts';

export type { CaseFocus } from './case-focus.ts';

/**
 * Diagnoses the evidence of a case with all rules; redacts it first, unless that was done before it was stored. Pure and
 * deterministic.
 */
export function diagnose(items: readonly EvidenceItem[] | RedactedCase, focus: CaseFocus = {}): Diagnosis {
  return diagnoseWithEvidence('receipt' in items ? items : redact(items), focus).diagnosis;
}

/** The next bytes (UTF-8) of a source, valid until the next chunk is asked for. Sources follow one another. */
export interface Chunk {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface StreamOptions {
  /** Text that is known in advance: its redaction tokens are not assigned again. */
  readonly seen?: readonly string[];
  /** Bytes: limit for text other than logs. */
  readonly maxKept?: number;
}

/**
 * Gives the same diagnosis as `diagnose` for raw texts that arrive in chunks, with memory that does not grow with a log.
 * Rejects only with what `chunks` throws.
 */
export async function diagnoseStream(
  chunks: AsyncIterable<Chunk> | Iterable<Chunk>,
  focus: CaseFocus = {},
  { seen, maxKept }: StreamOptions = {},
): Promise<Diagnosis> {
  const evidence = new EvidenceCollector(maxKept);
  const stream = createRedactStream(
    (name) => new SectionStream(name, evidence.open(name), evidence.lineMap(), maxKept),
    seen,
  );
  for await (const { name, bytes } of chunks) stream.add(name, bytes);
  const receipt = stream.finish();
  return diagnoseFacts(evidence.finish(), receipt, focus);
}

export interface DiagnosedCase {
  readonly evidence: CaseEvidence;
  readonly diagnosis: Diagnosis;
}

/**
 * The same diagnosis, together with what it was made from. `linesIn` reads the lines of an item whose text is stored
 * elsewhere.
 */
export function diagnoseWithEvidence(
  redacted: RedactedCase,
  focus: CaseFocus,
  linesIn: (item: EvidenceItem) => Iterable<string> = ({ text }) => linesOf(text),
): DiagnosedCase {
  const collector = new EvidenceCollector();
  for (const item of redacted.items) section(collector, item, linesIn(item));
  const evidence = collector.finish();
  return { evidence, diagnosis: diagnoseFacts(evidence, redacted.receipt, focus) };
}

function section(evidence: EvidenceCollector, item: EvidenceItem, lines: Iterable<string>): void {
  const take = evidence.open(item.name);
  if (item.command !== undefined) {
    take(sectionsOfLines(item, lines));
    return;
  }
  const stream = new SectionStream(item.name, take, evidence.lineMap());
  for (const line of lines) stream.line(withoutCr(line));
  stream.end();
}
