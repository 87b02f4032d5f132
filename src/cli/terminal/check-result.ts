import type { FtmError } from '../../ftm-error.ts';
import { EXIT, type ExitStatus, statusOfError } from '../process/exit-status.ts';

/** Result of one `doctor` check. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** It works, with a risk that `detail` names. */
  readonly isWarning?: boolean;
  /** The result; if it failed, also what to do. May have several lines. */
  readonly detail: string;
  /** Exit status if this is the worst result. */
  readonly status: ExitStatus;
}

export function result(name: string, ok: boolean, detail: string): CheckResult {
  return { name, ok, detail, status: ok ? EXIT.healthy : EXIT.usage };
}

export function failedResult(name: string, error: FtmError): CheckResult {
  const detail = [error.message, error.advice].filter((part) => part !== undefined).join('\n');
  return { name, ok: false, detail, status: statusOfError(error.code) };
}
