export const FORMATS = ['text', 'json', 'slack', 'html', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly inventory: string;
  readonly sshConfig?: string | true;
  readonly user?: string;
  readonly vdom?: string;
  readonly live?: number;
  readonly dryRun?: boolean;
  /** A file for what the device prints. */
  readonly transcript?: string;
  readonly transcriptRaw?: boolean;
  /** A folder for what was read. */
  readonly saveEvidence?: string;
  readonly format: Format;
}

export interface SimulateOptions {
  readonly config?: string;
  readonly scenario?: string;
  readonly outputs?: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}
