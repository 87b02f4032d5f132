import { FtmError } from '../ftm-error.ts';

/** A file or archive that cannot be read. `reason` continues a sentence that begins with its name. */
export class UnreadableFile extends FtmError {
  readonly reason: string;

  constructor(
    name: string,
    reason: string,
    options: { readonly advice?: string; readonly cause?: unknown; readonly isTooLarge?: boolean } = {},
  ) {
    const code = options.isTooLarge === true ? 'ftm_evidence_too_large' : 'ftm_evidence_unreadable';
    super(code, `${name} ${reason}.`, options);
    this.reason = reason;
  }
}
