import { readFile, stat } from 'node:fs/promises';
import { FtmError } from '../../engine/ftm-error.ts';
import type { CalendarSettings } from '../../platform/config/escalation-schema.ts';
import type { SecretRef } from '../../platform/config/inventory-parts.ts';
import { readBounded } from '../../platform/net/read-bounded.ts';
import { TaskThread } from '../../platform/threads/task-thread.ts';
import type { CalendarRead, CalendarTask, CalendarText } from './expand-calendar.ts';

interface CalendarReaderOptions extends CalendarDownloadOptions {
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  /** Processor time for expanding the events. */
  readonly expandLimitMs?: number;
}

type CalendarSource = Pick<CalendarSettings, 'url' | 'file'>;

/** Reads a calendar's events in a span (milliseconds since the Unix epoch). Never rejects. */
export type ReadCalendar = (
  calendar: CalendarSource,
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

  async function readText({ url, file = '' }: CalendarSource): Promise<CalendarText> {
    if (url === undefined) return await readCalendarFile(file);
    if (typeof url === 'string') return await downloadCalendar(url, download);
    try {
      return await downloadCalendar(await readSecret(url), download);
    } catch (error) {
      if (!(error instanceof FtmError)) throw error;
      return { kind: 'failed', reason: error.message };
    }
  }

  return async (calendar, span) => {
    try {
      const read = await readText(calendar);
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

interface CalendarDownloadOptions {
  readonly timeoutMs?: number;
  /** Replaces the dispatcher of the process. */
  readonly dispatcher?: RequestInit['dispatcher'];
}

const MAX_CALENDAR_BYTES = 5_000_000;
const CALENDAR_TOO_LARGE = `it is larger than ${MAX_CALENDAR_BYTES / 1_000_000} MB`;
const TIMEOUT_MS = 10_000;

/**
 * Downloads a calendar. Only https with a valid certificate, and no redirects: whatever the address resolves to, only
 * the configured host can answer, so that nothing inside the network is reached through it. No reason holds the
 * address, which may have a token in it, or anything that was answered. Never rejects.
 */
async function downloadCalendar(
  address: string,
  { timeoutMs = TIMEOUT_MS, dispatcher }: CalendarDownloadOptions,
): Promise<CalendarText> {
  const url = httpsUrl(address);
  if (url === undefined) {
    return { kind: 'failed', reason: 'its address is not an https address without user name and password' };
  }
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/calendar', 'user-agent': 'ftm-check' },
      redirect: 'manual',
      signal,
      dispatcher,
    });
    const { status } = response;
    if (status !== 200) {
      await response.body?.cancel();
      return failureFromStatus(status);
    }
    const body = await readBounded(response, MAX_CALENDAR_BYTES);
    if (body === undefined) return { kind: 'failed', reason: CALENDAR_TOO_LARGE };
    return { kind: 'text', text: new TextDecoder().decode(body) };
  } catch {
    const reason = signal.aborted
      ? `its address did not answer within ${timeoutMs / 1000} s`
      : 'its address cannot be reached, or has no valid certificate';
    return { kind: 'failed', reason, unreachable: true };
  }
}

function httpsUrl(address: string): URL | undefined {
  const url = URL.parse(address.replace(/^webcal:/i, 'https:'));
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}

function failureFromStatus(status: number): CalendarText {
  if (status >= 300 && status < 400) {
    return { kind: 'failed', reason: `its address leads to another one (${status}): configure that one` };
  }
  const reason = `its address answers with the status ${status}`;
  const isAway = status >= 500 || status === 429;
  return isAway ? { kind: 'failed', reason, unreachable: true } : { kind: 'failed', reason };
}
