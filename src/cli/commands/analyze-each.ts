import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { FtmError } from '../../engine/ftm-error.ts';
import { sourceHooks } from '../../platform/threads/source-hooks.ts';
import { type Baseline, compareWithBaseline, rulesBefore } from '../../report/documents/cases/baseline.ts';
import { type CaseRow, sortRows } from '../../report/documents/cases/case-row.ts';
import { statusOfNew, statusOfRows } from '../../report/documents/cases/count-rows.ts';
import type { DiagnoseFilesTask } from '../each/diagnose-file.ts';
import type { DiagnoseSavedEvidenceTask } from '../each/diagnose-saved-evidence.ts';
import { findSavedCases, type SavedCaseFile } from '../each/find-saved-cases.ts';
import { type ListedFile, listCases } from '../each/list-cases.ts';
import { printCases } from '../each/print-cases.ts';
import { readBaselineFile } from '../each/read-baseline-file.ts';
import { EXIT } from '../process/exit-status.ts';
import type { CasesFormat } from '../program/options.ts';
import { type Io, rewriteLine, untilAborted } from '../terminal/io.ts';

export interface AnalyzeEachOptions {
  readonly format: CasesFormat;
  /** Output of an earlier run with `--format json`: only findings that are not in it count. */
  readonly baseline?: string;
}

/** Heap of a thread for short-lived objects: with V8's default, a folder took 500 MB. */
const YOUNG_GENERATION_MB = 16;
/** Files that one thread reads before it asks for more. */
const FILES_PER_TASK = 16;
const BYTES_PER_TASK = 4 << 20;

/** Each file is a case of its own. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function analyzeEach(
  paths: readonly string[],
  { format, baseline: path }: AnalyzeEachOptions,
  io: Io,
): Promise<number> {
  if (paths.length === 0) {
    throw new FtmError('ftm_usage', 'There is nothing to analyze: no file or folder is named.', {
      advice: 'Try `ftm-check analyze --each backups/`.',
    });
  }
  const baseline = path === undefined ? undefined : await readBaselineFile(path);
  const read = sortRows(await diagnoseAll(paths, baseline, io));
  const { rows, since } =
    baseline === undefined ? { rows: read, since: undefined } : compareWithBaseline(read, baseline);
  await printCases(rows, { format, what: 'file', since, isInterrupted: io.signal.aborted }, io);
  if (io.signal.aborted) return EXIT.unreachable;
  return baseline === undefined ? statusOfRows(rows) : statusOfNew(rows);
}

/** Uses one thread per core; after an interruption the result consists of the files that were read. */
async function diagnoseAll(
  paths: readonly string[],
  baseline: Baseline | undefined,
  io: Io,
): Promise<readonly CaseRow[]> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const module = new URL(`../each/diagnose-file.${extension}`, import.meta.url);
  const savedModule = new URL(`../each/diagnose-saved-evidence.${extension}`, import.meta.url);
  const threads = availableParallelism();
  const pool = new Piscina<DiagnoseFilesTask | DiagnoseSavedEvidenceTask, readonly CaseRow[]>({
    filename: module.href,
    ...sourceHooks(module),
    name: 'diagnoseFiles',
    minThreads: 1,
    maxThreads: threads,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const rows: CaseRow[] = [];
  const { files, isPart } = findSavedCases(paths, listCases(paths));
  const running = new Set<Promise<void>>();
  const isWatched = io.stderr.isTTY === true;
  const ended = untilAborted(io.signal);

  async function diagnose(task: readonly ListedFile[] | SavedCaseFile): Promise<readonly CaseRow[]> {
    if ('evidence' in task) {
      const before = baseline && rulesBefore(baseline, task.name);
      return await pool.run(
        { saved: task, before },
        { filename: savedModule.href, name: 'diagnoseSavedEvidence' },
      );
    }
    const before = baseline && new Map(task.map(({ name }) => [name, rulesBefore(baseline, name)]));
    return await pool.run({ files: task, readAt: io.now(), before });
  }

  async function read(task: readonly ListedFile[] | SavedCaseFile): Promise<void> {
    rows.push(...(await diagnose(task)));
    if (isWatched) rewriteLine(io.stderr, `${rows.length} files read`);
  }

  try {
    for await (const task of inTasks(files)) {
      if (io.signal.aborted) break;
      const reading = read(task).finally(() => running.delete(reading));
      running.add(reading);
      // Texts of an archive wait in memory, so no more of them are unpacked than the threads can take.
      if (running.size >= threads * 2) await Promise.race([...running, ended]);
    }
    await Promise.race([Promise.all(running), ended]);
  } finally {
    for (const reading of running) reading.catch(() => undefined);
    await pool.destroy();
    if (isWatched) rewriteLine(io.stderr);
  }
  return rows.filter(({ name }) => !isPart(name));
}

async function* inTasks(
  files: AsyncIterable<ListedFile | SavedCaseFile>,
): AsyncGenerator<readonly ListedFile[] | SavedCaseFile> {
  let task: ListedFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    if ('evidence' in file) {
      yield file;
      continue;
    }
    task.push(file);
    bytes += 'bytes' in file ? file.bytes.length : 0;
    if (task.length < FILES_PER_TASK && bytes < BYTES_PER_TASK) continue;
    yield task;
    task = [];
    bytes = 0;
  }
  if (task.length > 0) yield task;
}
