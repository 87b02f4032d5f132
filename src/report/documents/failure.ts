import type { FtmErrorCode } from '../../ftm-error.ts';
import { printableProse } from './printable.ts';

/** The error of a request, as a text that may be shown. */
export interface Failure {
  readonly code: FtmErrorCode;
  readonly message: string;
  readonly advice?: string | undefined;
}

/** For a terminal: what happened, what to do, and the code to search for. */
export function renderFailureText({ code, message, advice }: Failure): string {
  return [printableProse(message), advice && printableProse(advice), `(${code})`].filter(Boolean).join('\n');
}
