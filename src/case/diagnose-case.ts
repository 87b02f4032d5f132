import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactedCase } from '../redact/types.ts';

/** What the request was about; narrows the rules that look at users. */
export interface CaseFocus {
  readonly alias?: string;
  readonly user?: string;
  readonly vdom?: string;
}

/** Evidence to diagnosis: the one function every door ends in. Pure; the same case gives the same diagnosis. */
export function diagnoseCase(_evidence: RedactedCase, _focus: CaseFocus = {}): Diagnosis {
  throw new Error('not built yet');
}
