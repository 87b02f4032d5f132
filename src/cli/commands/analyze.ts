import { areShorter, diagnoseLong, diagnoseShort } from '../../engine/diagnosis/diagnose-texts.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { type EvidenceSource, openEvidence } from '../evidence/evidence-source.ts';
import { savedEvidenceAmong } from '../evidence/saved-evidence-path.ts';
import { EXIT, statusOfVerdict } from '../process/exit-status.ts';
import { type AnalyzeOptions, type CaseLimits, singleFormat } from '../program/options.ts';
import { type Io, rewriteLine } from '../terminal/io.ts';
import { printDiagnosis } from '../terminal/print-diagnosis.ts';

export async function analyze(files: readonly string[], options: AnalyzeOptions, io: Io): Promise<number> {
  const format = singleFormat(options);
  const saved = savedEvidenceAmong(files);
  const { sources, unread } = saved ? { sources: [], unread: 0 } : await openEvidence(files, io);
  const { diagnosis, evidence, vdom } = saved
    ? await diagnoseSaved(saved, pickLimits(options))
    : await diagnoseSources(sources, pickLimits(options), io);
  const more = { vdom, evidence, ...(saved ? {} : { withOutput: withOutput(files, pickLimits(options)) }) };
  if (options.saveFixture !== undefined) await saveFixture(options.saveFixture, diagnosis, evidence);
  await printDiagnosis(diagnosis, { format, ...more }, io);
  // What was named and not read may hold the cause: only a finding stands without it.
  return unread > 0 && diagnosis.verdict !== 'broken' ? EXIT.usage : statusOfVerdict(diagnosis.verdict);
}

/** What a person does with the output of a command: a terminal takes no paste. */
function withOutput(files: readonly string[], limits: CaseLimits): string {
  const named = files.filter((file) => file !== '-');
  if (named.length < Math.max(1, files.length))
    return 'save both texts as files: `ftm-check analyze first.txt more.txt` reads them as one case';
  // An answer names files without their folders.
  if (named.some((file) => file.includes('/') || file.includes('\\')))
    return 'save the output as `more.txt`, then add it to this command: all is read as one case';
  const more = named.includes('more.txt') ? 'more-2.txt' : 'more.txt';
  const limited = Object.entries(limits).flatMap(([name, value]) => [
    `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
  const words = [...limited, ...named, more].map((word) =>
    /^[\w.:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return `save the output as \`${more}\`: \`ftm-check analyze ${words.join(' ')}\` reads it all as one case`;
}

/** Without the options that were not given: they replace what a saved check was about. */
function pickLimits({ user, client, since, until, symptom, upgradeTo }: CaseLimits): CaseLimits {
  const limits = Object.entries({ user, client, since, until, symptom, upgradeTo });
  return Object.fromEntries(limits.filter(([, value]) => value !== undefined));
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
async function diagnoseSaved(path: string, limits: CaseLimits): Promise<Diagnosed> {
  const { readSavedEvidence } = await import('../evidence/saved-evidence.ts');
  const { diagnoseEvidence } = await import('../../bot/worker/diagnose-evidence.ts');
  const { evidence, focus: saved } = await readSavedEvidence(path);
  const focus = { ...saved, ...limits };
  return { diagnosis: await diagnoseEvidence(evidence, focus), evidence: evidence.items, vdom: focus.vdom };
}

/** Bytes. Shorter cases are read as a whole, so that a report can show the lines around a quote. */
const SHORT_CASE_BYTES = 256 << 10;

/** Both ways give the same diagnosis. */
async function diagnoseSources(
  sources: readonly EvidenceSource[],
  limits: CaseLimits,
  io: Io,
): Promise<Diagnosed> {
  const focus = { readAt: io.now(), ...limits };
  if (areShorter(sources, SHORT_CASE_BYTES)) return diagnoseShort(sources, focus);
  const { limitHeap } = await import('../process/limit-heap.ts');
  const heap = limitHeap();
  using progress = showReadProgress(sumSizes(sources), io);
  const diagnosis = await diagnoseLong(sources, focus, (bytes) => {
    heap.check();
    progress.add(bytes);
  });
  return { diagnosis };
}

/** Undefined for a pipe with more data, whose length is unknown. */
function sumSizes(sources: readonly EvidenceSource[]): number | undefined {
  let total = 0;
  for (const { size, head, rest } of sources) {
    if (rest !== undefined && size === undefined) return undefined;
    total += rest === undefined ? head.length : (size ?? 0);
  }
  return total;
}

/** Bytes. A smaller text is done before a progress line could be read. */
const MIN_TOTAL = 32 << 20;
const STEP = 8 << 20;
const MEGABYTE = 1_000_000;

function showReadProgress(total: number | undefined, io: Io) {
  const shown = (total ?? MIN_TOTAL) >= MIN_TOTAL;
  let done = 0;
  let next = STEP;
  return {
    add(bytes: number) {
      done += bytes;
      if (!shown || done < next) return;
      next = done + STEP;
      const share =
        total === undefined
          ? ''
          : ` of ${Math.round(total / MEGABYTE)} MB, ${Math.floor((100 * done) / total)} %`;
      rewriteLine(io.stderr, `reading: ${Math.round(done / MEGABYTE)} MB${share}`);
    },
    [Symbol.dispose]() {
      if (shown && done >= STEP) rewriteLine(io.stderr);
    },
  };
}
