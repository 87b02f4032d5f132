import type { Chunk } from '../../engine/diagnosis/diagnose.ts';
import type { CaseFocus } from '../../engine/diagnosis/diagnose-facts.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { SHORT_CASE_BYTES } from '../../engine/evidence/short-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { FtmError } from '../../ftm-error.ts';
import { type EvidenceSource, openEvidence } from '../evidence/evidence-source.ts';
import { savedEvidenceAmong } from '../evidence/saved-evidence-path.ts';
import { EXIT, statusOfVerdict } from '../process/exit-status.ts';
import type { Format } from '../program/options.ts';
import type { Io } from '../terminal/io.ts';
import { printDiagnosis } from '../terminal/print-diagnosis.ts';

/** What the question is about. */
type Narrowing = Pick<CaseFocus, 'user' | 'client' | 'since' | 'until' | 'symptom' | 'upgradeTo'>;

export async function analyze(
  files: readonly string[],
  options: Narrowing & { readonly format: Format; readonly saveFixture?: string },
  io: Io,
): Promise<number> {
  const saved = savedEvidenceAmong(files);
  const { sources, unread } = saved ? { sources: [], unread: 0 } : await openEvidence(files, io);
  const { diagnosis, evidence, vdom } = saved
    ? await diagnoseSaved(saved, limitsOf(options))
    : await diagnose(sources, limitsOf(options), io);
  const more = { vdom, evidence };
  if (options.saveFixture !== undefined) await saveFixture(options.saveFixture, diagnosis, evidence);
  await printDiagnosis(diagnosis, { format: options.format, ...more }, io);
  // What was named and not read may hold the cause: only a finding stands without it.
  return unread > 0 && diagnosis.verdict !== 'broken' ? EXIT.usage : statusOfVerdict(diagnosis.verdict);
}

/** Without the options that were not given: they replace what a saved check was about. */
function limitsOf({ user, client, since, until, symptom, upgradeTo }: Narrowing): Narrowing {
  return {
    ...(user === undefined ? {} : { user }),
    ...(client === undefined ? {} : { client }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(symptom === undefined ? {} : { symptom }),
    ...(upgradeTo === undefined ? {} : { upgradeTo }),
  };
}

/** Writes the evidence as `feedback export` does, with the answer beside it. */
async function saveFixture(
  folder: string,
  { verdict, headline, findings, askedUser }: Diagnosis,
  evidence: readonly EvidenceItem[] | undefined,
): Promise<void> {
  if (evidence === undefined) {
    throw new FtmError('ftm_usage', 'This text is too long for a fixture.', {
      advice: 'Cut it to the login in question.',
    });
  }
  const { fixtureFiles } = await import('../../report/documents/fixture-files.ts');
  const { writeNew } = await import('./feedback.ts');
  const answer = { user: askedUser?.name, verdict, headline, findings: findings.map(({ rule }) => rule) };
  const text = `${JSON.stringify(answer, null, 2)}\n`;
  await writeNew(folder, [...fixtureFiles(evidence), { name: 'answer.json', text }]);
}

interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** Redacted; only for a text short enough to be kept. */
  readonly evidence?: readonly EvidenceItem[];
  readonly vdom?: string | undefined;
}

/** Repeats the diagnosis of a check; a named user replaces the one that it was about. */
async function diagnoseSaved(path: string, limits: Narrowing): Promise<Diagnosed> {
  const { readSavedEvidence } = await import('../evidence/saved-evidence.ts');
  const { diagnoseEvidence } = await import('../../bot/worker/diagnose-evidence.ts');
  const { evidence, focus: saved } = await readSavedEvidence(path);
  const focus = { ...saved, ...limits };
  return {
    diagnosis: await diagnoseEvidence(evidence, focus),
    evidence: evidence.items,
    vdom: focus.vdom,
  };
}

/** Both ways give the same diagnosis. */
async function diagnose(sources: readonly EvidenceSource[], limits: Narrowing, io: Io): Promise<Diagnosed> {
  const focus = { readAt: io.now(), ...limits };
  if (isShort(sources)) return await diagnoseShort(sources, focus);
  return { diagnosis: await diagnoseLong(sources, focus, io) };
}

async function diagnoseShort(sources: readonly EvidenceSource[], focus: CaseFocus): Promise<Diagnosed> {
  const { diagnose } = await import('../../engine/diagnosis/diagnose.ts');
  const { redact } = await import('../../engine/evidence/redact.ts');
  const items = sources.map((source) => ({ name: source.name, text: headText(source) }));
  const redacted = redact(items);
  return { diagnosis: diagnose(redacted, focus), evidence: redacted.items };
}

async function diagnoseLong(
  sources: readonly EvidenceSource[],
  focus: CaseFocus,
  io: Io,
): Promise<Diagnosis> {
  const { diagnoseStream } = await import('../../engine/diagnosis/diagnose.ts');
  const { limitHeap } = await import('../process/limit-heap.ts');
  const { showReadProgress } = await import('../terminal/progress-bar.ts');
  const heap = limitHeap();
  using progress = showReadProgress(totalOf(sources), io);
  async function* chunks(): AsyncGenerator<Chunk> {
    for (const { name, head, rest } of sources) {
      yield { name, bytes: head };
      progress.add(head.length);
      for await (const bytes of rest) {
        yield { name, bytes };
        heap.check();
        progress.add(bytes.length);
      }
    }
  }
  return await diagnoseStream(chunks(), focus, { seen: sources.map(headText) });
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
