import { readFile, stat } from 'node:fs/promises';
import { FtmError } from '../../ftm-error.ts';
import type { CalendarSettings } from '../../platform/config/escalation-types.ts';
import type { SecretRef } from '../../platform/config/secret-ref.ts';
import { TaskThread } from '../../platform/threads/task-thread.ts';
import type { CalendarRead, CalendarTask, CalendarText } from './calendar-event.ts';
import {
  CALENDAR_TOO_LARGE,
  type CalendarDownloadOptions,
  downloadCalendar,
  MAX_CALENDAR_BYTES,
} from './download-calendar.ts';

export interface CalendarReaderOptions extends CalendarDownloadOptions {
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  /** Time limit for expanding the events. */
  readonly expandLimitMs?: number;
}

/** Reads a calendar's events in a span (milliseconds since the Unix epoch). Never rejects. */
export type ReadCalendar = (
  source: CalendarSettings['source'],
  span: Pick<CalendarTask, 'timeZone' | 'from' | 'until'>,
) => Promise<CalendarRead>;

const HEAP_MB = 128;
/** 5,000 events of one rule took 0.6 s. */
const EXPAND_LIMIT_MS = 10_000;

export function createCalendarReader({
  readSecret,
  expandLimitMs = EXPAND_LIMIT_MS,
  ...download
}: CalendarReaderOptions): ReadCalendar {
  const thread = new TaskThread<CalendarTask, CalendarRead>({
    module: './calendar-worker',
    from: import.meta.url,
    heapMb: HEAP_MB,
    timeLimitMs: expandLimitMs,
  });

  async function readText(source: CalendarSettings['source']): Promise<CalendarText> {
    if ('file' in source) return await readCalendarFile(source.file);
    const { url } = source;
    if (typeof url === 'string') return await downloadCalendar(url, download);
    try {
      return await downloadCalendar(await readSecret(url), download);
    } catch (error) {
      if (!(error instanceof FtmError)) throw error;
      return { kind: 'failed', reason: error.message };
    }
  }

  return async (source, span) => {
    try {
      const read = await readText(source);
      return read.kind === 'failed' ? read : await thread.run({ ...span, text: read.text });
    } catch (error) {
      const isTooMuch = error instanceof FtmError && error.code === 'ftm_evidence_too_large';
      const reason = isTooMuch
        ? `its rules take more time or memory than one calendar may use (${expandLimitMs / 1000} s)`
        : 'it could not be read';
      return { kind: 'failed', reason };
    }
  };
}

async function readCalendarFile(path: string): Promise<CalendarText> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: 'failed', reason: `${path} is not a file` };
    if (found.size > MAX_CALENDAR_BYTES) return { kind: 'failed', reason: CALENDAR_TOO_LARGE };
    return { kind: 'text', text: await readFile(path, 'utf8') };
  } catch {
    return { kind: 'failed', reason: `the file ${path} cannot be read` };
  }
}
