import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { FtmErrorCode } from '../../engine/ftm-error.ts';

/** The contract with scripts (docs/how-to/terminal.md). */
export const EXIT = { healthy: 0, findings: 1, usage: 2, inconclusive: 3, unreachable: 4 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const OF_VERDICT = {
  healthy: EXIT.healthy,
  broken: EXIT.findings,
  inconclusive: EXIT.inconclusive,
} as const satisfies Record<Diagnosis['verdict'], ExitStatus>;

const OF_ERROR = {
  ftm_usage: EXIT.usage,
  ftm_config_invalid: EXIT.usage,
  ftm_inventory_invalid: EXIT.usage,
  ftm_unknown_device: EXIT.usage,
  ftm_unknown_vdom: EXIT.usage,
  ftm_not_allowed: EXIT.usage,
  ftm_evidence_unreadable: EXIT.usage,
  ftm_evidence_too_large: EXIT.usage,
  ftm_command_not_allowed: EXIT.usage,
  ftm_device_unreachable: EXIT.unreachable,
  ftm_device_timeout: EXIT.unreachable,
  ftm_device_auth_failed: EXIT.unreachable,
  ftm_host_key_unknown: EXIT.unreachable,
  ftm_host_key_changed: EXIT.unreachable,
  ftm_device_dialogue: EXIT.unreachable,
  ftm_device_protocol: EXIT.unreachable,
  ftm_device_flood: EXIT.unreachable,
  ftm_device_not_fortigate: EXIT.unreachable,
  ftm_debug_left_on: EXIT.unreachable,
  ftm_time_limit: EXIT.unreachable,
  ftm_interrupted: EXIT.unreachable,
  ftm_cancelled: EXIT.unreachable,
  ftm_queue_unavailable: EXIT.unreachable,
  ftm_queue_uncertain: EXIT.unreachable,
  ftm_job_invalid: EXIT.unreachable,
  ftm_slack_failed: EXIT.unreachable,
  ftm_internal: EXIT.unreachable,
} as const satisfies Record<FtmErrorCode, ExitStatus>;

export function statusOfVerdict(verdict: Diagnosis['verdict']): ExitStatus {
  return OF_VERDICT[verdict];
}

export function statusOfError(code: FtmErrorCode): ExitStatus {
  return OF_ERROR[code];
}
