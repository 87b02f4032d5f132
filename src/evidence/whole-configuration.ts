import type { ConfigDocument } from '../fortios/config/types.ts';

/** Blocks that every backup and every root-level `show` holds. */
const ALWAYS_PRESENT = ['system global', 'system interface', 'system admin'];

/** True for a backup or a complete `show`: what such a text does not mention has its default. */
export function isWholeConfiguration(document: ConfigDocument): boolean {
  if (!document.header || !document.closed) return false;
  const paths = new Set(document.blocks.map((block) => block.path));
  return ALWAYS_PRESENT.every((path) => paths.has(path));
}
