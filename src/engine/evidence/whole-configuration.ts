import type { ConfigBlock, ConfigDocument } from '../fortios/config/types.ts';
import { type BackupSection, findStage, precedes } from '../fortios/config/usual-order.ts';

/** How much of a FortiGate's configuration a text contains. */
export interface Extent {
  /**
   * `whole`: settings that the text does not mention have their defaults. `extract`: tables were left out, so this
   * holds only for tables that usually precede one that is present. `cut`: the text ends before the configuration
   * does. `piece`: not a backup, and not a complete `show`.
   */
  readonly kind: 'whole' | 'extract' | 'cut' | 'piece';
  /** The last block of a text that is not whole: `config system admin`. */
  readonly endsWith?: string;
  /** Whether the text would contain this table, in every VDOM, if the device had it. */
  readonly covers: (path: string) => boolean;
}

/** Blocks that every backup and every root-level `show` contains. */
const ALWAYS_PRESENT = ['system global', 'system interface', 'system admin'];
const FIRST = 'system global';
/** Tables that FortiOS fills itself; people who select tables by hand omit them. */
const PRINTED_BY_FORTIOS = /^system (?:custom-language$|replacemsg)/;

const PIECE: Extent = { kind: 'piece', covers: () => false };

/**
 * A backup does not state that it is complete. With several VDOMs, all are named at the start and each has a block of
 * its own; without VDOMs FortiOS prints routing last. This reveals a text that was truncated between two blocks.
 * `headed`: it follows the comments of a backup tool, which may omit FortiOS's own header.
 */
export function measureExtent(document: ConfigDocument, headed = false): Extent {
  const { header, blocks, closed } = document;
  const begins = header !== undefined || (headed && blocks[0]?.path === FIRST);
  if (!begins || document.abridged || header?.onlyVdom !== undefined) return PIECE;
  const last = blocks.at(-1);
  const endsWith = last ? `config ${last.path}` : header?.text;
  const paths = new Set(blocks.map((block) => block.path));
  if (!ALWAYS_PRESENT.every((path) => paths.has(path))) {
    return blocks[0]?.path === FIRST ? { kind: 'cut', endsWith, covers: (path) => paths.has(path) } : PIECE;
  }
  const parts = splitParts(document).map((part) => ({ part, lastStage: findLastStage(part, document) }));
  if (closed && parts.every(({ lastStage }) => lastStage === 'routing')) {
    return { kind: 'whole', covers: () => true };
  }
  const covers = (path: string) => {
    const stage = findStage(path);
    if (stage !== 'device') {
      return parts.every(({ part, lastStage }) => precedes(stage, lastStage) || holds(part, path));
    }
    return paths.has(path) || parts.some(({ lastStage }) => precedes(stage, lastStage));
  };
  const reachesVdomTables = parts.every(({ lastStage }) => precedes('vdom', lastStage));
  const isSelection =
    closed && reachesVdomTables && !blocks.some(({ path }) => PRINTED_BY_FORTIOS.test(path));
  return { kind: isSelection ? 'extract' : 'cut', endsWith, covers };
}

/** A complete `show` inside `config global` has no header, and contains all device-wide tables. */
export function extentOfShow(document: ConfigDocument): Extent {
  const { header, blocks, closed } = document;
  const paths = new Set(blocks.map((block) => block.path));
  if (header || !closed || document.abridged || !ALWAYS_PRESENT.every((path) => paths.has(path)))
    return measureExtent(document);
  return { kind: 'extract', covers: (path) => findStage(path) === 'device' };
}

/** The blocks of each VDOM, or all blocks of a device without VDOMs. */
function splitParts({ vdoms, blocks }: ConfigDocument): readonly (readonly ConfigBlock[])[] {
  if (vdoms.length === 0) return [blocks];
  const own = Map.groupBy(blocks, ({ scope }) => (scope.kind === 'vdom' ? scope.name : undefined));
  return vdoms.map((name) => own.get(name) ?? []);
}

/** A VDOM that is closed or followed by others is complete; one in transparent mode has no routing. */
function findLastStage(
  part: readonly ConfigBlock[],
  { vdoms, blocks, closed }: ConfigDocument,
): BackupSection {
  const end = part.at(-1);
  if (end && vdoms.length > 0 && (closed || end !== blocks.at(-1))) return 'routing';
  return part
    .map((block) => findStage(block.path))
    .reduce<BackupSection>((far, each) => (precedes(far, each) ? each : far), 'device');
}

function holds(part: readonly ConfigBlock[], path: string): boolean {
  return part.some((block) => block.path === path);
}
