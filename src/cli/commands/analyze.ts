import type { CaseFocus } from '../../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../evidence/types.ts';
import { type EvidenceSource, openEvidence } from '../evidence-source.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import { limitHeap } from '../limit-heap.ts';
import type { Format } from '../options.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { showReadProgress } from '../progress-bar.ts';
import { savedEvidenceAmong } from '../saved-evidence-path.ts';

/** Shorter texts are read as a whole, so that a report can show the lines around a quote. Bytes. */
const SHORT_TEXT_LIMIT = 256 << 10;
export async function analyze(
  files: readonly string[],
  options: { readonly format: Format },
  io: Io,
): Promise<number> {
  const saved = savedEvidenceAmong(files);
  const { diagnosis, evidence, vdom } = saved
    ? await diagnoseSaved(saved)
    : await diagnose(await openEvidence(files, io), io);
  const more = { vdom, ...(evidence === undefined ? {} : { evidence }) };
  await printDiagnosis(diagnosis, { ...options, ...more }, io);
  return statusOfVerdict(diagnosis.verdict);
}

interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** Redacted; only for a text short enough to be kept. */
  readonly evidence?: readonly EvidenceItem[];
  readonly vdom?: string | undefined;
}

/** Repeats the diagnosis of a check. */
async function diagnoseSaved(path: string): Promise<Diagnosed> {
  const { readSavedEvidence } = await import('../saved-evidence.ts');
  const { diagnoseEvidence } = await import('../../worker/diagnose-evidence.ts');
  const { evidence, focus } = await readSavedEvidence(path);
  return {
    diagnosis: await diagnoseEvidence(evidence, focus),
    evidence: evidence.items,
    vdom: focus.vdom,
  };
}

/** Both ways give the same diagnosis. */
async function diagnose(sources: readonly EvidenceSource[], io: Io): Promise<Diagnosed> {
  const focus = { readAt: io.now() };
  return isShort(sources)
    ? await diagnoseShort(sources, focus)
    : { diagnosis: await diagnoseStream(sources, focus, io) };
}

async function diagnoseShort(sources: readonly EvidenceSource[], focus: CaseFocus): Promise<Diagnosed> {
  const { diagnoseCase } = await import('../../case/diagnose-case.ts');
  const { redactCase } = await import('../../redact/redact-case.ts');
  const items = sources.map((source) => ({ name: source.name, text: headText(source) }));
  const redacted = redactCase(items);
  return { diagnosis: diagnoseCase(redacted, focus), evidence: redacted.items };
}

async function diagnoseStream(
  sources: readonly EvidenceSource[],
  focus: CaseFocus,
  io: Io,
): Promise<Diagnosis> {
  const heap = limitHeap();
  const { createCase } = await import('../../case/stream-case.ts');
  const stream = createCase(focus, sources.map(headText));
  using progress = showReadProgress(totalOf(sources), io);
  for (const { name, head, rest } of sources) {
    stream.add(name, head);
    progress.add(head.length);
    for await (const bytes of rest) {
      stream.add(name, bytes);
      heap.check();
      progress.add(bytes.length);
    }
  }
  return stream.finish();
}

function isShort(sources: readonly EvidenceSource[]): boolean {
  return (
    sources.every(({ isComplete }) => isComplete) && (totalOf(sources) ?? SHORT_TEXT_LIMIT) < SHORT_TEXT_LIMIT
  );
}

function headText({ head }: EvidenceSource): string {
  return head.toString('utf8');
}

/** Undefined for a pipe with more data, whose length is unknown. */
function totalOf(sources: readonly EvidenceSource[]): number | undefined {
  let total = 0;
  for (const { size, head, isComplete } of sources) {
    if (!isComplete && size === undefined) return undefined;
    total += isComplete ? head.length : (size ?? 0);
  }
  return total;
}
