import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { nearNames } from '../fortios/near-names.ts';

/** A VDOM that the request names, and that the evidence does not show. */
export interface UnknownVdom {
  readonly name: string;
  /** Similar VDOM names in the evidence, best first. */
  readonly suggestions: readonly string[];
  /** A clause: what the evidence shows instead. */
  readonly reason: string;
  /** The device has no such VDOM; otherwise the evidence may not show all of them. */
  readonly certain: boolean;
}

/** A device without VDOMs has one VDOM called `root`. */
const ONLY_VDOM = 'root';
const MAX_NAMES = 8;

/** `undefined` if the request names no VDOM, the evidence shows it, or it shows no VDOM at all. */
export function findUnknownVdom(name: string | undefined, facts: Facts): UnknownVdom | undefined {
  if (name === undefined) return undefined;
  if (valueIfKnown(facts.vdomMode) === 'single') {
    if (name === ONLY_VDOM) return undefined;
    return { name, suggestions: [], reason: 'it has no VDOMs', certain: true };
  }
  const list = valueIfKnown(facts.vdoms);
  if (!list || list.names.includes(name)) return undefined;
  const shown = list.names.slice(0, MAX_NAMES).map((each) => `\`${each}\``);
  const more = list.names.length - shown.length;
  const names = `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    name,
    suggestions: nearNames(list.names, name, 1),
    reason: list.complete ? `it has ${names}` : `it shows only ${names}`,
    certain: list.complete,
  };
}

/** The top line: `` fgt-branch-07 has no VDOM `edg`. Did you mean `edge`? It has `root`, `edge`. `` */
export function unknownVdomLine(
  { name, suggestions, reason, certain }: UnknownVdom,
  place: string | undefined,
): string {
  const nobody = certain
    ? `${place ?? 'This device'} has no VDOM \`${name}\``
    : `No VDOM \`${name}\` in this evidence`;
  const [meant] = suggestions;
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
  return meant === undefined ? `${nobody}: ${reason}` : `${nobody}. Did you mean \`${meant}\`? ${sentence}`;
}
