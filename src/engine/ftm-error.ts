/** Stable codes: logs, tests and scripts may rely on them. */
export type FtmErrorCode =
  | 'ftm_usage'
  | 'ftm_config_invalid'
  | 'ftm_inventory_invalid'
  | 'ftm_unknown_device'
  /** The requested VDOM does not exist on the device. */
  | 'ftm_unknown_vdom'
  | 'ftm_not_allowed'
  | 'ftm_evidence_unreadable'
  | 'ftm_evidence_too_large'
  | 'ftm_device_unreachable'
  | 'ftm_device_timeout'
  | 'ftm_device_auth_failed'
  | 'ftm_host_key_unknown'
  | 'ftm_host_key_changed'
  | 'ftm_device_dialogue'
  | 'ftm_device_protocol'
  /** One command, or one session, printed more bytes than allowed. */
  | 'ftm_device_flood'
  | 'ftm_device_not_fortigate'
  | 'ftm_command_not_allowed'
  /** A debug session could not be closed: debug may still be enabled. */
  | 'ftm_debug_left_on'
  | 'ftm_cancelled'
  /** The time for a whole job is over (single commands of a device have `ftm_device_timeout`). */
  | 'ftm_time_limit'
  /** This process abandons a job without an answer: another one runs it again. */
  | 'ftm_interrupted'
  | 'ftm_queue_unavailable'
  /** The queue became unavailable during the call: it is uncertain whether it accepted the job. */
  | 'ftm_queue_uncertain'
  /** The data in the queue is not a valid job. */
  | 'ftm_job_invalid'
  | 'ftm_slack_failed'
  | 'ftm_internal';

export interface FtmErrorOptions {
  /** What the person can do about it, in one or two plain sentences. */
  readonly advice?: string;
  /** True if the same request may succeed later without any change. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** `message` is safe to show to the person who asked: it never holds a secret or a stack. */
export class FtmError extends Error {
  override readonly name = 'FtmError';
  readonly code: FtmErrorCode;
  readonly advice: string | undefined;
  readonly retryable: boolean;

  constructor(code: FtmErrorCode, message: string, options: FtmErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.advice = options.advice;
    this.retryable = options.retryable ?? false;
  }
}

/** The reason of an aborted signal as an `FtmError`: a plain abort by the caller means cancelled. */
export function abortError(signal: AbortSignal): FtmError {
  const reason: unknown = signal.reason;
  return reason instanceof FtmError
    ? reason
    : new FtmError('ftm_cancelled', 'The check was cancelled.', { cause: reason });
}
