import type { CalendarText } from './calendar-event.ts';

export interface CalendarDownloadOptions {
  readonly timeoutMs?: number;
  /** Replaces the dispatcher of the process. */
  readonly dispatcher?: RequestInit['dispatcher'];
}

export const MAX_CALENDAR_BYTES = 5_000_000;
export const CALENDAR_TOO_LARGE = `it is larger than ${MAX_CALENDAR_BYTES / 1_000_000} MB`;
const TIMEOUT_MS = 10_000;

/**
 * Downloads a calendar. Only https with a valid certificate, and no redirects: whatever the address resolves to, only
 * the configured host can answer, so that nothing inside the network is reached through it. No reason holds the
 * address, which may have a token in it, or anything that was answered. Never rejects.
 */
export async function downloadCalendar(
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
      return refused(status);
    }
    const text = await readCalendarBody(response);
    return text === undefined ? { kind: 'failed', reason: CALENDAR_TOO_LARGE } : { kind: 'text', text };
  } catch {
    const reason = signal.aborted
      ? `its address did not answer within ${timeoutMs / 1000} s`
      : 'its address cannot be reached, or has no valid certificate';
    return { kind: 'failed', reason, unreachable: true };
  }
}

function httpsUrl(address: string): URL | undefined {
  const text = address.replace(/^webcal:/i, 'https:');
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}

function refused(status: number): CalendarText {
  if (status >= 300 && status < 400) {
    return { kind: 'failed', reason: `its address leads to another one (${status}): configure that one` };
  }
  const isAway = status >= 500 || status === 429;
  return {
    kind: 'failed',
    reason: `its address answers with the status ${status}`,
    ...(isAway ? { unreachable: true as const } : {}),
  };
}

/** The announced size may be wrong: reading stops at the limit. */
async function readCalendarBody(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_CALENDAR_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
