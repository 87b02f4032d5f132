/** Where a block stands in a configuration: `config global`, one VDOM, or a device without VDOMs. */
export type ConfigScope =
  | { readonly kind: 'none' }
  | { readonly kind: 'global' }
  | { readonly kind: 'vdom'; readonly name: string };

/** One `set`, `unset`, `append` … line. `line` is 1-based in the text that was parsed. */
export interface Setting {
  readonly verb: 'set' | 'unset' | 'append' | 'select' | 'unselect';
  readonly name: string;
  readonly values: readonly string[];
  readonly line: number;
  /** The line as it was written, trimmed; of a multi-line value only its first line. */
  readonly text: string;
}

/** The line that closes a block or an entry. */
export interface LastLine {
  readonly line: number;
  readonly text: string;
}

/** `edit <key>` … `next`. */
export interface ConfigEntry {
  readonly key: string;
  readonly line: number;
  readonly text: string;
  readonly settings: readonly Setting[];
  readonly blocks: readonly ConfigBlock[];
  /** False when the text ended before `next` or the enclosing `end`. */
  readonly closed: boolean;
  /** Its `next`, where it has one. */
  readonly end?: LastLine | undefined;
  /** Somebody left lines out: what is not here proves nothing. */
  readonly abridged?: boolean | undefined;
}

/** `config <path>` … `end`, with its settings (an object) or entries (a table). */
export interface ConfigBlock {
  /** Words after `config`, single-spaced: `system ftm-push`. */
  readonly path: string;
  readonly scope: ConfigScope;
  readonly line: number;
  readonly text: string;
  readonly settings: readonly Setting[];
  readonly entries: readonly ConfigEntry[];
  /** Blocks inside an object: `authentication-rule` of `vpn ssl settings`. */
  readonly blocks: readonly ConfigBlock[];
  /** False when the text ended before `end`: what is absent then proves nothing. */
  readonly closed: boolean;
  /** Its `end`, where it is closed. */
  readonly end?: LastLine | undefined;
  /** Somebody left lines out, not counting those inside an entry. */
  readonly abridged?: boolean | undefined;
}

/** The `#config-version=` line of a backup or of a root-level `show`. */
export interface ConfigHeader {
  readonly model: string;
  readonly version: string;
  readonly build: string;
  /** True when the header says `vdom=1`. */
  readonly multiVdom: boolean;
  /** Set where the backup holds this VDOM only: of the device's own tables it has what belongs to the VDOM. */
  readonly onlyVdom?: string;
  readonly line: number;
  readonly text: string;
}

/** A parsed configuration text. Never throws on bad input: what cannot be read is in `problems`. */
export interface ConfigDocument {
  readonly header?: ConfigHeader;
  /** Top-level blocks, the `config global` / `config vdom` wrappers dissolved into `scope`. */
  readonly blocks: readonly ConfigBlock[];
  /** Names under `config vdom`, in order of appearance. */
  readonly vdoms: readonly string[];
  /** True when every block that was opened was closed. */
  readonly closed: boolean;
  /** Somebody left blocks out between those that are here. */
  readonly abridged?: boolean | undefined;
  readonly problems: readonly { readonly line: number; readonly what: string }[];
}
