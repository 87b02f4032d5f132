import type { CliError } from '../fortios/cli-error.ts';

/** One input text: a file, a paste, or one command's output. Not yet redacted. */
export interface EvidenceItem {
  /** The source as shown to people: a file name, `paste 1`, or the command itself. */
  readonly name: string;
  readonly text: string;
  /** Set if the text is the output of this one command, read by a check. */
  readonly command?: string;
  /** VDOM the command ran in; absent for global scope or a device without VDOMs. */
  readonly vdom?: string;
  /**
   * Set if the device refused the command or it did not finish: then `text` does not prove that something is absent.
   */
  readonly failure?: CommandFailure;
}

export interface CommandFailure {
  readonly kind: CliError['kind'] | 'timeout' | 'not-run';
  /** For people: what happened and what would help. */
  readonly reason: string;
}

/** The exact words that support a claim, after redaction. `line` is 1-based within `source`. */
export interface Quote {
  readonly source: string;
  readonly line: number;
  readonly text: string;
}

/**
 * A run of lines of one kind. Sections keep the line numbers of the original text, so that every fact can state its
 * position.
 */
export interface Section {
  readonly kind: 'config' | 'output' | 'debug' | 'other';
  readonly source: string;
  /** Line number in `source` of `lines[0]`. */
  readonly start: number;
  readonly lines: readonly string[];
  /** Set if the lines themselves were not kept; `lines` is empty then. */
  readonly passed?: PassedLines;
  /** The command that printed it: from a prompt line, from the collector, or inferred from the output. */
  readonly command?: string;
  /** Host name in the prompt at which the command was typed. */
  readonly host?: string;
  /** For `other`: configuration in a text about it, printed by no device. */
  readonly instruction?: true;
  /** Read by this program from the device in question. */
  readonly collected?: true;
  /** The next prompt follows, so the output is complete. */
  readonly ended?: true;
  readonly vdom?: string;
  /** The first line is a prompt that only a device with VDOMs shows: `FGT (global) # show …`. */
  readonly multiVdom?: true;
  readonly failure?: CommandFailure;
}

/** Debug lines without use for the diagnosis: only their presence counts. */
export interface PassedLines {
  readonly count: number;
  /** Daemons whose debug they prove to be enabled. */
  readonly daemons: readonly string[];
  /** Beginnings of the first and the last line, with the time if the log has one. */
  readonly first: string;
  readonly last: string;
  /** Length of the longest line in characters. */
  readonly longest: number;
  /** Lines among them about the opening of a connection, which matter if its session goes on. */
  readonly openings?: readonly Opening[];
}

export interface Opening {
  /** 0-based, within the passed lines. */
  readonly index: number;
  readonly text: string;
}

/** Number of text lines in a section. */
export function lineCount(section: Section): number {
  return section.lines.length + (section.passed?.count ?? 0);
}
