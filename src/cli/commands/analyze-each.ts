import { availableParallelism } from 'node:os';
import { FtmError } from '../../engine/ftm-error.ts';
import { IDLE_MS, TaskThread } from '../../platform/threads/task-thread.ts';
import { type Baseline, compareWithBaseline, rulesBefore } from '../../report/documents/cases/baseline.ts';
import { type CaseRow, sortRows } from '../../report/documents/cases/case-row.ts';
import { statusOfNew, statusOfRows } from '../../report/documents/cases/count-rows.ts';
import type { DiagnoseFilesTask } from '../each/diagnose-file.ts';
import { type FileOfCase, findSavedCases } from '../each/find-saved-cases.ts';
import { listCases } from '../each/list-cases.ts';
import { printCases } from '../each/print-cases.ts';
import { readBaselineFile } from '../each/read-baseline-file.ts';
import { EXIT } from '../process/exit-status.ts';
import { type AnalyzeOptions, casesFormat } from '../program/options.ts';
import { type Io, rewriteLine } from '../terminal/io.ts';

/** A task has at most 16 files of 64 MB each. */
const THREAD = {
  module: '../each/diagnose-file',
  from: import.meta.url,
  heapMb: 2_048,
  timeLimitMs: 3_600_000,
  idleMs: IDLE_MS,
};
/** One for each core. */
const THREADS = Array.from(
  { length: availableParallelism() },
  () => new TaskThread<DiagnoseFilesTask, readonly CaseRow[]>(THREAD),
);
/** Files that one thread reads before it asks for more. */
const FILES_PER_TASK = 16;
const BYTES_PER_TASK = 4 << 20;

/** Each file is a case of its own. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function analyzeEach(
  paths: readonly string[],
  { format: asked, baseline: path }: AnalyzeOptions,
  io: Io,
): Promise<number> {
  const format = casesFormat(asked);
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

/** After an interruption the result consists of the files that were read. */
async function diagnoseAll(
  paths: readonly string[],
  baseline: Baseline | undefined,
  io: Io,
): Promise<readonly CaseRow[]> {
  const free = [...THREADS];
  const rows: CaseRow[] = [];
  const { files, isPart } = findSavedCases(paths, listCases(paths));
  const running = new Set<Promise<void>>();

  async function read(files: DiagnoseFilesTask['files'], thread: (typeof free)[number]): Promise<void> {
    const before = baseline && new Map(files.map(({ name }) => [name, rulesBefore(baseline, name)]));
    const found = await thread.run({ files, readAt: io.now(), before }, io.signal).catch((error: unknown) => {
      if (io.signal.aborted) return [];
      throw error;
    });
    free.push(thread);
    rows.push(...found);
    rewriteLine(io.stderr, `${rows.length} files read`);
  }

  try {
    for await (const task of inTasks(files)) {
      // Texts of an archive wait in memory, so no more of them are unpacked than the threads can take.
      while (free.length === 0) await Promise.race(running);
      const thread = free.pop();
      if (thread === undefined || io.signal.aborted) break;
      const reading = read(task, thread).finally(() => running.delete(reading));
      running.add(reading);
    }
    await Promise.all(running);
  } finally {
    for (const reading of running) reading.catch(() => undefined);
    rewriteLine(io.stderr);
  }
  return rows.filter(({ name }) => !isPart(name));
}

async function* inTasks(files: AsyncIterable<FileOfCase>): AsyncGenerator<readonly FileOfCase[]> {
  let task: FileOfCase[] = [];
  let bytes = 0;
  for await (const file of files) {
    const content = 'evidence' in file ? file.evidence : file;
    task.push(file);
    bytes += 'bytes' in content ? content.bytes.length : 0;
    if (task.length < FILES_PER_TASK && bytes < BYTES_PER_TASK) continue;
    yield task;
    task = [];
    bytes = 0;
  }
  if (task.length > 0) yield task;
}
