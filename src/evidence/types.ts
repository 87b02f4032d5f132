import type { CliError } from '../fortios/cli-error.ts';

/** One text as it came in: a file, a paste, or one command's output. Not yet redacted. */
export interface EvidenceItem {
  /** What a reader is shown as the source: a file name, `paste 1`, or the command itself. */
  readonly name: string;
  readonly text: string;
  /** Set when the text is the output of this one command, collected by us. */
  readonly command?: string;
  /** VDOM the command ran in; absent for global scope or a device without VDOMs. */
  readonly vdom?: string;
  /** Set when the device refused the command, or it did not finish: then `text` proves nothing is absent. */
  readonly failure?: CommandFailure;
}

export interface CommandFailure {
  readonly kind: CliError['kind'] | 'timeout' | 'not-run';
  /** For people: what happened and what would help. */
  readonly reason: string;
}

/** The exact words a claim rests on, after redaction. `line` is 1-based within `source`. */
export interface Quote {
  readonly source: string;
  readonly line: number;
  readonly text: string;
}

/**
 * A run of lines of one kind. Sections keep the line numbers of the text they were cut from, so that every fact
 * can say where it stands.
 */
export interface Section {
  readonly kind: 'config' | 'output' | 'debug' | 'other';
  readonly source: string;
  /** Line number in `source` of `lines[0]`. */
  readonly start: number;
  readonly lines: readonly string[];
  /** Set where the lines themselves were not kept; `lines` is empty then. */
  readonly passed?: PassedLines;
  /** The command that printed it: from a prompt line, from the collector, or inferred from the output's shape. */
  readonly command?: string;
  /** The name in the prompt that the command was typed at. */
  readonly host?: string;
  /** Of `other`: configuration that somebody writes about, printed by no device. */
  readonly instruction?: true;
  /** Read by this program from the device it was asked about. */
  readonly collected?: true;
  /** The next prompt stands below, so that the answer is complete. */
  readonly ended?: true;
  readonly vdom?: string;
  /** The first line is a prompt that only a device with VDOMs shows: `FGT (global) # show …`. */
  readonly multiVdom?: true;
  readonly failure?: CommandFailure;
}

/** Debug lines that say nothing the diagnosis could use: only that they were there counts. */
export interface PassedLines {
  readonly count: number;
  /** Daemons whose debug they show to be on. */
  readonly daemons: readonly string[];
  /** How the first and the last of them begin: there stands the time, if the log has any. */
  readonly first: string;
  readonly last: string;
  /** Characters in the longest. */
  readonly longest: number;
}

/** How many lines of the text a section stands for. */
export function lineCount(section: Section): number {
  return section.lines.length + (section.passed?.count ?? 0);
}
