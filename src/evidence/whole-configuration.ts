import type { ConfigDocument } from '../fortios/config/types.ts';

/** Blocks that every backup and every root-level `show` holds. */
const ALWAYS_PRESENT = ['system global', 'system interface', 'system admin'];

/** Fortinet's other products write the same syntax: FortiAnalyzer, FortiManager, FortiWeb, FortiAuthenticator … */
const OTHER_PRODUCT = /^(?:FAZ|FMG|FML|FWB|FAC|FAD|FSW|FAP|FPX|FDD|FDC|FSA|FNDR|FEX)/;

/** True for a FortiGate's backup or complete `show`: what such a text does not mention has its default. */
export function isWholeConfiguration(document: ConfigDocument): boolean {
  if (!document.header || !document.closed) return false;
  if (OTHER_PRODUCT.test(document.header.model)) return false;
  const paths = new Set(document.blocks.map((block) => block.path));
  return ALWAYS_PRESENT.every((path) => paths.has(path));
}
