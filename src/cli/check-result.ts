import type { FtmError } from '../ftm-error.ts';
import { EXIT, type ExitStatus, statusOfError } from './exit-status.ts';

/** One thing that `doctor` looked at. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** What is the case; where something is wrong, also what to do. May have several lines. */
  readonly detail: string;
  /** Exit status when this is the worst that was found. */
  readonly status: ExitStatus;
}

export function result(name: string, ok: boolean, detail: string): CheckResult {
  return { name, ok, detail, status: ok ? EXIT.healthy : EXIT.usage };
}

export function failedResult(name: string, error: FtmError): CheckResult {
  const detail = [error.message, error.advice].filter((part) => part !== undefined).join('\n');
  return { name, ok: false, detail, status: statusOfError(error.code) };
}
