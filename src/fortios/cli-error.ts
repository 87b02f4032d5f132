/** What FortiOS printed instead of an answer (`domain` notes on the CLI, section 6). */
export interface CliError {
  readonly kind: /** Unknown command, or a verb the administrator may not use: FortiOS says the same for both. */
  'unknown-command' | 'parse-error' | 'incomplete' | 'not-permitted' | 'failed';
  /** `-61` of `Command fail. Return code -61`; not always negative. */
  readonly code?: number;
  readonly line: string;
}
