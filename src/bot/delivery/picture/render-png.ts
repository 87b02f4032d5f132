import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { TaskThread } from '../../../platform/threads/task-thread.ts';
import { loginsPictureFile } from '../../../report/picture/logins-picture-file.ts';
import type { Picture } from '../types.ts';

/** JavaScript objects only; the pixels are in the memory of the WebAssembly module, about 4 MB for a picture. */
const HEAP_MB = 64;
const TIME_LIMIT_MS = 30_000;
/** A busy worker draws every few seconds. Starting a thread, compiling and loading fonts costs five times a drawing. */
const IDLE_MS = 120_000;

const thread = new TaskThread<string, Uint8Array>({
  module: './png-worker',
  from: import.meta.url,
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
  idleMs: IDLE_MS,
});

/**
 * Draws an SVG document as a PNG, three pixels for each unit. The same document gives the same bytes on every
 * machine, because only the fonts of the package are used. Runs in one separate thread, so that requests are
 * acknowledged meanwhile. Rejects with `ftm_internal` if the text is no drawing.
 */
export function renderPng(svg: string): Promise<Uint8Array> {
  return thread.run(svg);
}

/** The picture below an answer, if times matter for the diagnosis. */
export async function drawPicture(
  diagnosis: Diagnosis,
  alias: string | undefined,
): Promise<Picture | undefined> {
  const file = loginsPictureFile(diagnosis, alias);
  if (file === undefined) return undefined;
  const { svg, ...named } = file;
  return { ...named, content: await renderPng(svg) };
}
