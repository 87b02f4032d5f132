import { FtmError } from '../../engine/ftm-error.ts';
import type { ProcessOptions } from './job-queue.ts';

/** Ids become parts of Redis keys, and BullMQ treats an id of digits as one of its own. */
const JOB_ID = /^(?!\d+$)[A-Za-z0-9._-]{1,200}$/;

const MAX_BACKOFF_MS = 300_000;

/** How long an id is remembered after its job ended. Slack redelivers for up to five minutes. */
export const KEEP_COMPLETED_MS = 24 * 3_600_000;
export const KEEP_FAILED_MS = 7 * 24 * 3_600_000;

export function assertJobId(id: string): void {
  if (!JOB_ID.test(id)) throw new FtmError('ftm_internal', `"${id.slice(0, 40)}" is not a valid job id.`);
}

export function backoffAfter(failures: number, options: ProcessOptions): number {
  return Math.min(options.backoffMs * 2 ** Math.max(0, failures - 1), MAX_BACKOFF_MS);
}

/** The backend failed during the call: only the backend knows whether it received the job. */
export function queueUncertain(cause: unknown): FtmError {
  return new FtmError('ftm_queue_uncertain', 'The queue did not answer in time.', {
    advice:
      'It is not clear yet whether your request was accepted. I will post the result here; if it was accepted, the answer follows.',
    retryable: true,
    cause,
  });
}

export function queueUnavailable(why: string, cause?: unknown): FtmError {
  return new FtmError('ftm_queue_unavailable', `The queue is not available: ${why}.`, {
    advice: 'Nothing was started. Try again in a minute.',
    retryable: true,
    cause,
  });
}
