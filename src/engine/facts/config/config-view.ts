import type { Quote, Section } from '../../evidence/types.ts';
import type { ConfigBlock, ConfigEntry } from '../../fortios/config/types.ts';
import { nameOrigins } from '../device/several-devices.ts';
import { byVdom } from './by-vdom.ts';
import { type ConfigText, configTexts } from './config-parts.ts';
import { commandQuote } from './quote-output.ts';
import { type PickedStatement, pickedStatements } from './shown-settings.ts';

/** A configuration block with its source, for quotes. */
export interface PlacedBlock {
  readonly block: ConfigBlock;
  readonly source: string;
  /** The section that holds it. */
  readonly section: Section;
  readonly vdom?: string;
  /** Only one entry was requested (`show system admin auditor`), or those of one VDOM: others may exist. */
  readonly selected: boolean;
  /** Part of a backup, or of the answer to a command that lists everything: what is not here does not exist. */
  readonly entire: boolean;
  readonly quote: ConfigText['quote'];
  readonly bounds: ConfigText['bounds'];
}

export interface PlacedEntry extends PlacedBlock {
  readonly entry: ConfigEntry;
}

/** All configuration of a case, from all files and commands. */
export interface ConfigView {
  /** Blocks with this path, in the order of the evidence. */
  blocks(path: string): readonly PlacedBlock[];
  /**
   * Blocks of an object (`system global`) that are complete; if a whole configuration has none, one empty block that
   * stands for FortiOS's defaults. FortiOS prints `config …` and `end` even for an object with only defaults: an
   * answer to `show system global` without them says nothing.
   */
  objects(path: string): readonly PlacedBlock[];
  /**
   * True if the absence of an entry or line under `path` means FortiOS's default: a block was seen to its `end`, or a
   * whole configuration has none.
   */
  covers(path: string): boolean;
  /** An empty block if a whole configuration without VDOMs does not mention this table. */
  without(path: string): PlacedBlock | undefined;
  /** First and last line of every block with this path; without any, of the texts that would hold it. */
  bounds(path: string): readonly Quote[];
  /** Explanation for people if `path` would be behind the end of a truncated backup. */
  endsBefore(path: string): string | undefined;
  /** Everything that the evidence holds, logs included. */
  readonly sections: readonly Section[];
  /** Headers of backups and root-level `show` outputs. */
  readonly documents: readonly PlacedDocument[];
  /** VDOMs that own some block. */
  readonly vdoms: ReadonlySet<string>;
  /** The same view without the blocks and sections of other VDOMs. */
  inVdom(name: string): ConfigView;
}

export interface PlacedDocument extends ConfigText {
  /** The source, and the device if one text shows several. */
  readonly origin: string;
}

export function viewConfiguration(sections: readonly Section[]): ConfigView {
  const originOf = nameOrigins(sections);
  const documents: readonly PlacedDocument[] = configTexts(sections).map((text) => ({
    ...text,
    origin: originOf(text.section),
  }));
  const picked = pickedStatements(sections);
  const placed = documents.flatMap((each) =>
    each.document.blocks.map((block) => withPicked(placeBlock(each, block), picked)),
  );
  return createView(sections, documents, groupBlocks(placed));
}

/** Completes an object or an entry with lines of it that were picked out of the same text with `grep`. */
function withPicked(placed: PlacedBlock, picked: readonly PickedStatement[]): PlacedBlock {
  const { block, section, vdom } = placed;
  const own = picked.filter(
    (each) =>
      each.section.source === section.source &&
      (each.section.vdom ?? vdom) === vdom &&
      `${each.path} `.startsWith(`${block.path} `),
  );
  if (own.length === 0) return placed;
  const lines = new Map<object, Quote>(own.map(({ setting, quote }) => [setting, quote]));
  const settingsOf = (holder: ConfigBlock | ConfigEntry, path: string) => [
    ...holder.settings,
    ...own.flatMap(({ path: shown, setting }) =>
      shown === path && !holder.settings.some(({ name }) => name === setting.name) ? [setting] : [],
    ),
  ];
  const entries = block.entries.map((entry) => ({
    ...pickPart(entry),
    key: entry.key,
    settings: settingsOf(entry, `${block.path} ${entry.key}`),
  }));
  const { path, scope } = block;
  return {
    ...placed,
    block: { ...pickPart(block), path, scope, entries, settings: settingsOf(block, path) },
    quote: (at) => lines.get(at) ?? placed.quote(at),
  };
}

/** What an object and an entry have in common besides their settings; the parser reads each of it on demand. */
function pickPart({ line, text, blocks, closed, end, abridged }: ConfigBlock | ConfigEntry) {
  return { line, text, blocks, closed, end, abridged };
}

type BlocksByPath = ReadonlyMap<string, readonly PlacedBlock[]>;

function groupBlocks(placed: readonly PlacedBlock[]): BlocksByPath {
  const byPath = new Map<string, PlacedBlock[]>();
  for (const each of placed) {
    const list = byPath.get(each.block.path);
    if (list) list.push(each);
    else byPath.set(each.block.path, [each]);
  }
  return byPath;
}

function createView(
  sections: readonly Section[],
  documents: readonly PlacedDocument[],
  byPath: BlocksByPath,
): ConfigView {
  const all = [...byPath.values()].flat();
  // A session has thousands of answers, none of which shows what the device does not have.
  const backups = documents.filter(({ extent }) => extent.kind !== 'piece');
  const blocksIn = byVdom(all, ({ vdom }) => vdom);
  const documentsIn = byVdom(documents, vdomWithin);
  const sectionsIn = byVdom(sections, ({ vdom }) => vdom);
  return {
    sections,
    documents,
    vdoms: new Set(all.flatMap(({ vdom }) => vdom ?? [])),
    blocks: (path) => byPath.get(path) ?? [],
    objects: (path) => {
      const blocks = byPath.get(path);
      if (blocks) return blocks.filter(({ block }) => block.closed && !block.abridged);
      const omitted = backups.find(({ extent }) => extent.covers(path));
      return omitted ? [placeBlock(omitted, absentBlock(omitted, path))] : [];
    },
    covers: (path) =>
      (byPath.get(path) ?? []).some(({ block }) => block.closed) ||
      backups.some(({ extent }) => extent.covers(path)),
    without: (path) => {
      const silent = backups.find(
        ({ extent, document }) =>
          extent.kind === 'whole' &&
          document.vdoms.length === 0 &&
          !document.blocks.some((block) => block.path === path),
      );
      return silent && placeBlock(silent, absentBlock(silent, path));
    },
    bounds: (path) => {
      const blocks = byPath.get(path);
      if (blocks) return currentTables(blocks).flatMap((placed) => placed.bounds(placed.block));
      return backups.filter(({ extent }) => extent.covers(path)).flatMap(documentBounds);
    },
    endsBefore: (path) => {
      if (backups.some(({ extent }) => extent.covers(path))) return undefined;
      const ended = backups.find(({ extent }) => extent.endsWith !== undefined && !extent.covers(path));
      return ended && `${ended.section.source} ends with \`${ended.extent.endsWith}\`${REST_MISSING}`;
    },
    inVdom: (name) => createView(sectionsIn(name), documentsIn(name), groupBlocks(blocksIn(name))),
  };
}

/** Ends the reason of a setting behind the end of an incomplete backup. */
export const REST_MISSING = ': the rest of the configuration is missing';

/** Global tables of which a VDOM shows only its own entries. */
const SHARED = new Set(['system interface', 'system admin']);

function placeBlock(placed: PlacedDocument, block: ConfigBlock): PlacedBlock {
  const within = vdomWithin(placed);
  const vdom = block.scope.kind === 'vdom' ? block.scope.name : within;
  const shared = within !== undefined && SHARED.has(block.path);
  const shown = shownPath(placed.section);
  return {
    block,
    source: placed.origin,
    section: placed.section,
    selected: shared || (shown?.startsWith(`${block.path} `) ?? false),
    entire: !shared && (placed.extent.kind !== 'piece' || shown === block.path),
    quote: placed.quote,
    bounds: placed.bounds,
    vdom,
  };
}

function documentBounds({ document, section, quote }: PlacedDocument): readonly Quote[] {
  const first = document.header ?? document.blocks[0];
  const last = document.blocks.at(-1)?.end;
  if (!first) return [commandQuote(section)];
  return last ? [quote(first), quote(last)] : [quote(first)];
}

/** The VDOM of a whole text. */
function vdomWithin({ document, section }: PlacedDocument): string | undefined {
  return document.header?.onlyVdom ?? section.vdom;
}

/**
 * An empty block for an object that FortiOS omits because all values are defaults; its quotes show that it is
 * missing.
 */
function absentBlock({ document, section }: PlacedDocument, path: string): ConfigBlock {
  const at = document.header ?? document.blocks[0] ?? { line: 1, text: section.command ?? '' };
  const end = document.blocks.at(-1)?.end;
  return {
    end,
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

/** `show full-configuration system ftm-push` → `system ftm-push`, for a command with complete output. */
function shownPath(section: Section): string | undefined {
  if (section.failure || section.command === undefined) return undefined;
  const match = /^show (?:full-configuration )?([a-z].*)$/.exec(section.command);
  return match?.[1];
}

/** Every entry of the tables with this path; of one that stands twice in a source, the later. */
export function* entriesOf(view: ConfigView, path: string): Generator<PlacedEntry> {
  const blocks = currentTables(view.blocks(path));
  const [only] = blocks;
  if (only && blocks.length === 1 && hasUniqueKeys(only.block)) {
    for (const entry of only.block.entries) yield { ...only, entry };
    return;
  }
  const latest: PlacedEntry[] = [];
  const places = new Map<string, Map<string, number>>();
  for (const placed of blocks) {
    const table = `${placed.source}\n${placed.vdom ?? ''}`;
    const own = places.get(table) ?? new Map<string, number>();
    places.set(table, own);
    for (const entry of placed.block.entries) {
      const at = own.get(entry.key) ?? latest.length;
      own.set(entry.key, at);
      latest[at] = { ...placed, entry };
    }
  }
  yield* latest;
}

/** The parser joins entries of one name, except `edit 0`. */
function hasUniqueKeys({ entries }: ConfigBlock): boolean {
  return entries.filter(({ key }) => key === '0').length <= 1;
}

/** The current table of one device: of two complete answers in a source, the later. */
export function currentTables(blocks: readonly PlacedBlock[]): readonly PlacedBlock[] {
  if (!blocks.some(({ entire }) => entire)) return blocks;
  /** The section of the complete answers below, by table; `several` if there is more than one section. */
  const completeBelow = new Map<string, Section | 'several'>();
  return blocks
    .toReversed()
    .filter((placed) => {
      const table = `${placed.source}\n${placed.vdom ?? ''}`;
      const later = completeBelow.get(table);
      if (placed.entire)
        completeBelow.set(
          table,
          later === undefined || later === placed.section ? placed.section : 'several',
        );
      return later === undefined || later === placed.section;
    })
    .toReversed();
}
