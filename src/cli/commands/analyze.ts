import { SHORT_CASE_BYTES } from '../../engine/case/short-case.ts';
import type { CaseFocus } from '../../engine/diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { type EvidenceSource, openEvidence } from '../evidence/evidence-source.ts';
import { savedEvidenceAmong } from '../evidence/saved-evidence-path.ts';
import { EXIT, statusOfVerdict } from '../process/exit-status.ts';
import type { Format } from '../program/options.ts';
import type { Io } from '../terminal/io.ts';
import { printDiagnosis } from '../terminal/print-diagnosis.ts';

/** Longer texts are read by two threads; for shorter ones, starting a thread takes longer than it saves. Bytes. */
const LONG_TEXT_LIMIT = 4 << 20;

export async function analyze(
  files: readonly string[],
  options: { readonly format: Format; readonly user?: string | undefined },
  io: Io,
): Promise<number> {
  const saved = savedEvidenceAmong(files);
  const { sources, unread } = saved ? { sources: [], unread: 0 } : await openEvidence(files, io);
  const { diagnosis, evidence, vdom } = saved
    ? await diagnoseSaved(saved, options.user)
    : await diagnose(sources, options.user, io);
  const more = { vdom, evidence };
  await printDiagnosis(diagnosis, { ...options, ...more }, io);
  // What was named and not read may hold the cause: only a finding stands without it.
  return unread > 0 && diagnosis.verdict !== 'broken' ? EXIT.usage : statusOfVerdict(diagnosis.verdict);
}

interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** Redacted; only for a text short enough to be kept. */
  readonly evidence?: readonly EvidenceItem[];
  readonly vdom?: string | undefined;
}

/** Repeats the diagnosis of a check; `user` replaces the user that it was about. */
async function diagnoseSaved(path: string, user: string | undefined): Promise<Diagnosed> {
  const { readSavedEvidence } = await import('../evidence/saved-evidence.ts');
  const { diagnoseEvidence } = await import('../../bot/worker/diagnose-evidence.ts');
  const { evidence, focus: saved } = await readSavedEvidence(path);
  const focus = user === undefined ? saved : { ...saved, user };
  return {
    diagnosis: await diagnoseEvidence(evidence, focus),
    evidence: evidence.items,
    vdom: focus.vdom,
  };
}

/** Both ways give the same diagnosis. */
async function diagnose(
  sources: readonly EvidenceSource[],
  user: string | undefined,
  io: Io,
): Promise<Diagnosed> {
  const focus = { readAt: io.now(), ...(user === undefined ? {} : { user }) };
  if (isShort(sources)) return await diagnoseShort(sources, focus);
  const diagnoseStream = isLong(sources) ? diagnoseInTwoThreads : diagnoseInOneThread;
  return { diagnosis: await diagnoseStream(sources, focus, io) };
}

async function diagnoseShort(sources: readonly EvidenceSource[], focus: CaseFocus): Promise<Diagnosed> {
  const { diagnoseCase } = await import('../../engine/case/diagnose-case.ts');
  const { redactCase } = await import('../../engine/redact/redact-case.ts');
  const items = sources.map((source) => ({ name: source.name, text: headText(source) }));
  const redacted = redactCase(items);
  return { diagnosis: diagnoseCase(redacted, focus), evidence: redacted.items };
}

async function diagnoseInOneThread(
  sources: readonly EvidenceSource[],
  focus: CaseFocus,
  io: Io,
): Promise<Diagnosis> {
  const { createCase } = await import('../../engine/case/stream-case.ts');
  const stream = createCase(focus, sources.map(headText));
  await feed(sources, io, stream.add);
  return stream.finish();
}

async function diagnoseInTwoThreads(
  sources: readonly EvidenceSource[],
  focus: CaseFocus,
  io: Io,
): Promise<Diagnosis> {
  const { openCaseThread } = await import('../evidence/case-thread.ts');
  await using thread = openCaseThread(focus, sources.map(headText));
  await feed(sources, io, thread.add);
  return await thread.finish();
}

async function feed(
  sources: readonly EvidenceSource[],
  io: Io,
  add: (name: string, bytes: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const { limitHeap } = await import('../process/limit-heap.ts');
  const { showReadProgress } = await import('../terminal/progress-bar.ts');
  const heap = limitHeap();
  using progress = showReadProgress(totalOf(sources), io);
  for (const { name, head, rest } of sources) {
    await add(name, head);
    progress.add(head.length);
    for await (const bytes of rest) {
      await add(name, bytes);
      heap.check();
      progress.add(bytes.length);
    }
  }
}

/** A pipe that continues after its beginning may have any length. */
function isLong(sources: readonly EvidenceSource[]): boolean {
  return (
    sources.some(({ isComplete }) => !isComplete) && (totalOf(sources) ?? LONG_TEXT_LIMIT) >= LONG_TEXT_LIMIT
  );
}

function isShort(sources: readonly EvidenceSource[]): boolean {
  return (
    sources.every(({ isComplete }) => isComplete) && (totalOf(sources) ?? SHORT_CASE_BYTES) < SHORT_CASE_BYTES
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
