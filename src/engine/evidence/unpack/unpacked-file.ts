/** A file of an archive, or the reason why it was not read. */
export type UnpackedFile =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly state: 'failed' | 'skipped'; readonly why: string };

/** What is left of the limits of one archive. */
export interface UnpackBudget {
  /** Throws `ftm_evidence_too_large`. */
  readonly take: (bytes: number) => void;
  readonly takeFile: () => void;
  /** Of one file. */
  readonly fileBytes: number;
}

export function tooLargeFile(name: string, limit: number): UnpackedFile {
  return { name, state: 'failed', why: `is larger than ${limit >> 20} MB` };
}

/** `why` of what the archive itself gets wrong. */
export const DAMAGED = 'is damaged and cannot be unpacked';
