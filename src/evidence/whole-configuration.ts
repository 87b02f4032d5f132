import type { ConfigBlock, ConfigDocument } from '../fortios/config/types.ts';
import { type BackupSection, stageOf, standsBefore } from '../fortios/config/usual-order.ts';

/** How much of a FortiGate's configuration a text holds. */
export interface Extent {
  /**
   * `whole`: what the text does not mention has its default. `extract`: somebody left tables out, so that this holds only
   * for what usually stands before something that is there. `cut`: the text ends before the configuration does.
   * `piece`: no backup, and not a complete `show`.
   */
  readonly kind: 'whole' | 'extract' | 'cut' | 'piece';
  /** Where a text that is not whole ends: `config system admin`. */
  readonly endsWith?: string;
  /** Whether a table would be there, in every VDOM, if the device had it. */
  readonly covers: (path: string) => boolean;
}

/** Blocks that every backup and every root-level `show` holds. */
const ALWAYS_PRESENT = ['system global', 'system interface', 'system admin'];
const FIRST = 'system global';
/** FortiOS fills these in by itself, and nobody who picks out tables by hand keeps them. */
const PRINTED_BY_FORTIOS = /^system (?:custom-language$|replacemsg)/;

const PIECE: Extent = { kind: 'piece', covers: () => false };

/**
 * A backup says nowhere that it is complete. Of several VDOMs each stands in a block of its own, and all are named at the
 * start; without VDOMs FortiOS prints routing last. By that a text is known that was cut between two blocks. `headed`: it
 * stands below the comments that a backup tool writes, which may leave FortiOS's own header out.
 */
export function extentOf(document: ConfigDocument, headed = false): Extent {
  const { header, blocks, closed } = document;
  const begins = header !== undefined || (headed && blocks[0]?.path === FIRST);
  if (!begins || document.abridged || header?.onlyVdom !== undefined) return PIECE;
  const last = blocks.at(-1);
  const endsWith = last ? `config ${last.path}` : header?.text;
  const paths = new Set(blocks.map((block) => block.path));
  if (!ALWAYS_PRESENT.every((path) => paths.has(path))) {
    return blocks[0]?.path === FIRST
      ? { kind: 'cut', ...ending(endsWith), covers: (path) => paths.has(path) }
      : PIECE;
  }
  const parts = partsOf(document).map((part) => ({ part, reached: reachOf(part, document) }));
  if (closed && parts.every(({ reached }) => reached === 'routing')) {
    return { kind: 'whole', covers: () => true };
  }
  const covers = (path: string) => {
    const stage = stageOf(path);
    if (stage !== 'device') {
      return parts.every(({ part, reached }) => standsBefore(stage, reached) || holds(part, path));
    }
    return paths.has(path) || parts.some(({ reached }) => standsBefore(stage, reached));
  };
  const goesOn = parts.every(({ reached }) => standsBefore('vdom', reached));
  const picked = closed && goesOn && !blocks.some(({ path }) => PRINTED_BY_FORTIOS.test(path));
  return { kind: picked ? 'extract' : 'cut', ...ending(endsWith), covers };
}

function ending(endsWith: string | undefined): Pick<Extent, 'endsWith'> {
  return endsWith === undefined ? {} : { endsWith };
}

/** In `config global` a complete `show` has no header, and all that is the device's own. */
export function extentOfShow(document: ConfigDocument): Extent {
  const { header, blocks, closed } = document;
  const paths = new Set(blocks.map((block) => block.path));
  if (header || !closed || document.abridged || !ALWAYS_PRESENT.every((path) => paths.has(path)))
    return extentOf(document);
  return { kind: 'extract', covers: (path) => stageOf(path) === 'device' };
}

/** The blocks of each VDOM; of a device without VDOMs all of them. */
function partsOf({ vdoms, blocks }: ConfigDocument): readonly (readonly ConfigBlock[])[] {
  if (vdoms.length === 0) return [blocks];
  return vdoms.map((name) => blocks.filter(({ scope }) => scope.kind === 'vdom' && scope.name === name));
}

/** A VDOM that ends, or that others follow, is complete; one in transparent mode has no routing. */
function reachOf(part: readonly ConfigBlock[], { vdoms, blocks, closed }: ConfigDocument): BackupSection {
  const end = part.at(-1);
  if (end && vdoms.length > 0 && (closed || end !== blocks.at(-1))) return 'routing';
  return part
    .map((block) => stageOf(block.path))
    .reduce<BackupSection>((far, each) => (standsBefore(far, each) ? each : far), 'device');
}

function holds(part: readonly ConfigBlock[], path: string): boolean {
  return part.some((block) => block.path === path);
}
