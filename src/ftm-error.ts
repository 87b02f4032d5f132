/** Stable codes: logs, tests and scripts may rely on them. */
export type FtmErrorCode =
  | 'ftm_usage'
  | 'ftm_config_invalid'
  | 'ftm_inventory_invalid'
  | 'ftm_unknown_device'
  /** The VDOM that was asked about is none of the device's. */
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
  /** More bytes than one command, or one session, may print. */
  | 'ftm_device_flood'
  | 'ftm_device_not_fortigate'
  | 'ftm_command_not_allowed'
  /** A debug window of ours could not be closed: it may still be on. */
  | 'ftm_debug_left_on'
  | 'ftm_cancelled'
  /** The time for a whole job is over (single commands of a device have `ftm_device_timeout`). */
  | 'ftm_time_limit'
  /** This process gives a job up without an answer: another one runs it again. */
  | 'ftm_interrupted'
  | 'ftm_queue_unavailable'
  /** The queue went away while it was being told: nobody knows whether it took the work. */
  | 'ftm_queue_uncertain'
  /** What came out of the queue is no job of ours. */
  | 'ftm_job_invalid'
  | 'ftm_slack_failed'
  | 'ftm_internal';

export interface FtmErrorOptions {
  /** What the person can do about it, in one or two plain sentences. */
  readonly advice?: string;
  /** True where the same request may succeed later without anybody changing anything. */
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
