import type { Quote, Section } from '../evidence/types.ts';
import { isWholeConfiguration } from '../evidence/whole-configuration.ts';
import { parseConfig } from '../fortios/config/parse.ts';
import type { ConfigBlock, ConfigDocument, ConfigEntry } from '../fortios/config/types.ts';

/** A configuration block with what is needed to quote from it. */
export interface PlacedBlock {
  readonly block: ConfigBlock;
  readonly source: string;
  readonly vdom?: string;
  /** The command asked for one entry only (`show system admin auditor`), so the others are merely not shown. */
  readonly selected: boolean;
  /** Of a whole configuration, or the answer to a command that asked for all of it: what is not here does not exist. */
  readonly entire: boolean;
  readonly quote: (at: { readonly line: number; readonly text: string }) => Quote;
}

export interface PlacedEntry extends PlacedBlock {
  readonly entry: ConfigEntry;
}

/** All configuration of a case, whatever files and commands it came from. */
export interface ConfigView {
  /** Blocks with this path, in the order of the evidence. */
  blocks(path: string): readonly PlacedBlock[];
  /**
   * Blocks of an object (`system global`) that were not cut off; where a whole configuration or the command's own output
   * shows none, one empty block that stands for FortiOS's defaults.
   */
  objects(path: string): readonly PlacedBlock[];
  /** True when the absence of a block or line under `path` means FortiOS's default, not merely that nobody looked. */
  covers(path: string): boolean;
  /** Headers of backups and root-level `show` outputs, with their place. */
  readonly documents: readonly PlacedDocument[];
}

export interface PlacedDocument {
  readonly document: ConfigDocument;
  readonly section: Section;
  readonly whole: boolean;
  readonly quote: (at: { readonly line: number; readonly text: string }) => Quote;
}

export function viewConfiguration(sections: readonly Section[]): ConfigView {
  const documents = sections.filter((section) => section.kind === 'config').map(placeDocument);
  const byPath = new Map<string, PlacedBlock[]>();
  for (const placed of documents) {
    for (const block of placed.document.blocks) {
      const list = byPath.get(block.path) ?? [];
      list.push(placeBlock(placed, block));
      byPath.set(block.path, list);
    }
  }
  return {
    documents,
    blocks: (path) => byPath.get(path) ?? [],
    objects: (path) => {
      const blocks = byPath.get(path);
      if (blocks) return blocks.filter((placed) => placed.block.closed);
      const silent = documents.find((placed) => placed.whole || shownPath(placed.section) === path);
      return silent ? [placeBlock(silent, absentBlock(silent, path))] : [];
    },
    covers: (path) =>
      byPath.has(path) || documents.some((placed) => placed.whole || shownPath(placed.section) === path),
  };
}

function placeDocument(section: Section): PlacedDocument {
  const document = parseConfig(section.lines);
  return {
    document,
    section,
    whole: isWholeConfiguration(document),
    quote: (at) => ({ source: section.source, line: section.start + at.line - 1, text: at.text }),
  };
}

function placeBlock(placed: PlacedDocument, block: ConfigBlock): PlacedBlock {
  const vdom = block.scope.kind === 'vdom' ? block.scope.name : placed.section.vdom;
  return {
    block,
    source: placed.section.source,
    selected: shownPath(placed.section)?.startsWith(`${block.path} `) ?? false,
    entire: placed.whole || shownPath(placed.section) === block.path,
    quote: placed.quote,
    ...(vdom === undefined ? {} : { vdom }),
  };
}

/** What FortiOS leaves out when every value is its default; it stands where a reader can see that it is missing. */
function absentBlock({ document, section }: PlacedDocument, path: string): ConfigBlock {
  const at = document.header ?? { line: 1, text: section.lines[0] ?? section.command ?? '' };
  return {
    path,
    scope: { kind: 'none' },
    line: at.line,
    text: at.text,
    settings: [],
    entries: [],
    blocks: [],
    closed: true,
  };
}

/** `show full-configuration system ftm-push` → `system ftm-push`, for a command that ran to its end. */
function shownPath(section: Section): string | undefined {
  if (section.failure || section.command === undefined) return undefined;
  const match = /^show (?:full-configuration )?([a-z].*)$/.exec(section.command);
  return match?.[1];
}

/** Every entry of the tables with this path; of one that stands twice in a source, the later. */
export function entriesOf(view: ConfigView, path: string): readonly PlacedEntry[] {
  const latest = new Map<string, PlacedEntry>();
  for (const placed of view.blocks(path)) {
    for (const entry of placed.block.entries) {
      latest.set(`${placed.source}\n${placed.vdom ?? ''}\n${entry.key}`, { ...placed, entry });
    }
  }
  return [...latest.values()];
}
