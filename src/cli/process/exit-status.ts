import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { FtmErrorCode } from '../../engine/ftm-error.ts';

/** The contract with scripts (docs/how-to/terminal.md). */
export const EXIT = { healthy: 0, findings: 1, usage: 2, inconclusive: 3, unreachable: 4 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const VERDICT_STATUS = {
  healthy: EXIT.healthy,
  broken: EXIT.findings,
  inconclusive: EXIT.inconclusive,
} as const satisfies Record<Diagnosis['verdict'], ExitStatus>;

/** What the person wrote, or its set-up, cannot be used. Any other error: the device or a service could not be reached. */
const USAGE: ReadonlySet<FtmErrorCode> = new Set([
  'ftm_usage',
  'ftm_config_invalid',
  'ftm_inventory_invalid',
  'ftm_unknown_device',
  'ftm_unknown_vdom',
  'ftm_not_allowed',
  'ftm_evidence_unreadable',
  'ftm_evidence_too_large',
  'ftm_command_not_allowed',
]);

export function statusOfVerdict(verdict: Diagnosis['verdict']): ExitStatus {
  return VERDICT_STATUS[verdict];
}

export function statusOfError(code: FtmErrorCode): 2 | 4 {
  return USAGE.has(code) ? EXIT.usage : EXIT.unreachable;
}
