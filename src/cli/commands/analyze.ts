import type { CaseFocus } from '../../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../evidence/types.ts';
import { type EvidenceSource, openEvidence } from '../evidence-source.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import type { Format } from '../options.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { showReading } from '../progress-bar.ts';

/** What is longer is worked on in a thread of its own; for less, starting one takes longer than the work. Bytes. */
const LONG_BYTES = 4 << 20;
/** What is shorter is read before the search for lines that nobody reads would be set up. Bytes. */
const SHORT_BYTES = 256 << 10;

export async function analyze(
  files: readonly string[],
  options: { readonly format: Format },
  io: Io,
): Promise<number> {
  const sources = await openEvidence(files, io);
  const { diagnosis, evidence } = await diagnose(sources, io);
  await printDiagnosis(diagnosis, { ...options, ...(evidence === undefined ? {} : { evidence }) }, io);
  return statusOfVerdict(diagnosis.verdict);
}

interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** After redaction; only of a text short enough to be kept. */
  readonly evidence?: readonly EvidenceItem[];
}

/** The same diagnosis, whichever way. */
async function diagnose(sources: readonly EvidenceSource[], io: Io): Promise<Diagnosed> {
  const focus = { readAt: io.now() };
  if (isLong(sources)) return { diagnosis: await diagnoseLong(sources, focus, io) };
  return isShort(sources)
    ? await diagnoseShort(sources, focus)
    : { diagnosis: await diagnoseStream(sources, focus) };
}

async function diagnoseShort(sources: readonly EvidenceSource[], focus: CaseFocus): Promise<Diagnosed> {
  const { diagnoseCase } = await import('../../case/diagnose-case.ts');
  const { redactCase } = await import('../../redact/redact-case.ts');
  const items = sources.map((source) => ({ name: source.name, text: headText(source) }));
  const redacted = redactCase(items);
  return { diagnosis: diagnoseCase(redacted, focus), evidence: redacted.items };
}

async function diagnoseStream(sources: readonly EvidenceSource[], focus: CaseFocus): Promise<Diagnosis> {
  const { createCase } = await import('../../case/stream-case.ts');
  const stream = createCase(focus, sources.map(headText));
  for (const { name, head, rest } of sources) {
    stream.add(name, head);
    for await (const bytes of rest) stream.add(name, bytes);
  }
  return stream.finish();
}

async function diagnoseLong(
  sources: readonly EvidenceSource[],
  focus: CaseFocus,
  io: Io,
): Promise<Diagnosis> {
  const { openCaseThread } = await import('../case-thread.ts');
  await using thread = openCaseThread(focus, sources.map(headText));
  using progress = showReading(totalOf(sources), io);
  for (const { name, head, rest } of sources) {
    await thread.add(name, head);
    progress.add(head.length);
    for await (const bytes of rest) {
      await thread.add(name, bytes);
      progress.add(bytes.length);
    }
  }
  return await thread.finish();
}

/** A pipe that goes on after its beginning may be of any length. */
function isLong(sources: readonly EvidenceSource[]): boolean {
  return sources.some((source) => !source.whole) && (totalOf(sources) ?? LONG_BYTES) >= LONG_BYTES;
}

function isShort(sources: readonly EvidenceSource[]): boolean {
  return sources.every(({ whole }) => whole) && (totalOf(sources) ?? SHORT_BYTES) < SHORT_BYTES;
}

function headText({ head }: EvidenceSource): string {
  return head.toString('utf8');
}

function totalOf(sources: readonly EvidenceSource[]): number | undefined {
  let total = 0;
  for (const { size, head, whole } of sources) {
    if (!whole && size === undefined) return undefined;
    total += whole ? head.length : (size ?? 0);
  }
  return total;
}
