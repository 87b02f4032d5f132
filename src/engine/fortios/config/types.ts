/** Scope of a block in a configuration: `config global`, one VDOM, or a device without VDOMs. */
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
  /** The trimmed line as written; only the first line of a multi-line value. */
  readonly text: string;
}

/** The line that closes a block or an entry. */
export interface LastLine {
  readonly line: number;
  readonly text: string;
}

/** What a block and an entry have in common. */
interface ConfigPart {
  readonly line: number;
  readonly text: string;
  readonly settings: readonly Setting[];
  /** Blocks inside it: `authentication-rule` of `vpn ssl settings`. */
  readonly blocks: readonly ConfigBlock[];
  /** False if the text ended before its last line: nothing can be concluded from what is absent. */
  readonly closed: boolean;
  /** Its `next` or `end`, if present. */
  readonly end?: LastLine | undefined;
  /** Lines were omitted, of a block not counting those inside an entry: what is absent proves nothing. */
  readonly abridged?: boolean | undefined;
}

/** `edit <key>` … `next`. */
export interface ConfigEntry extends ConfigPart {
  readonly key: string;
}

/** `config <path>` … `end`, with its settings (an object) or entries (a table). */
export interface ConfigBlock extends ConfigPart {
  /** Words after `config`, single-spaced: `system ftm-push`. */
  readonly path: string;
  readonly scope: ConfigScope;
  readonly entries: readonly ConfigEntry[];
}

/** The `#config-version=` line of a backup or of a root-level `show`. */
export interface ConfigHeader {
  readonly model: string;
  readonly version: string;
  readonly build: string;
  /** True when the header says `vdom=1`. */
  readonly multiVdom: boolean;
  /** Set if the backup contains this VDOM only: of the device-wide tables it has the entries of the VDOM. */
  readonly onlyVdom?: string;
  readonly line: number;
  readonly text: string;
}

/** A parsed configuration text. Parsing never throws: what cannot be read is in `problems`. */
export interface ConfigDocument {
  readonly header?: ConfigHeader;
  /** Top-level blocks; the `config global` and `config vdom` wrappers are represented by `scope`. */
  readonly blocks: readonly ConfigBlock[];
  /** Names under `config vdom`, in order of appearance. */
  readonly vdoms: readonly string[];
  /** True when every block that was opened was closed. */
  readonly closed: boolean;
  /** Blocks were omitted between those that are present. */
  readonly abridged?: boolean | undefined;
  readonly problems: readonly { readonly line: number; readonly what: string }[];
}
