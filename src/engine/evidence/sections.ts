import { findFailure, silentRefusal } from './cli-failure.ts';
import { cutText } from './cut-text.ts';
import { linesOf } from './lines-of.ts';
import type { CommandFailure, EvidenceItem, Section } from './types.ts';

/**
 * Divides evidence into runs of one kind. Every line is in exactly one section, in order; unrecognised lines are
 * `other`. Expects normalised, redacted items; takes time linear in their length.
 */
export function toSections(item: EvidenceItem): readonly Section[] {
  return sectionsOfLines(item, linesOf(item.text));
}

/** `toSections` for an item whose text is stored elsewhere. */
export function sectionsOfLines(item: EvidenceItem, raw: Iterable<string>): readonly Section[] {
  const lines = Array.from(raw, withoutCr);
  if (item.command === undefined) return cutText(item.name, lines);
  const failure = item.failure ?? findNoAnswer(item.command, lines);
  return [
    {
      kind: kindOfCommand(item.command),
      source: item.name,
      start: 1,
      lines,
      command: item.command,
      collected: true,
      vdom: item.vdom,
      failure,
    },
  ];
}

export function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Commands that print nothing if there is nothing to list. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  'diagnose vpn ssl blocklist list',
  'diagnose debug enable',
  'get vpn ipsec tunnel summary',
]);

function findNoAnswer(command: string, lines: readonly string[]): CommandFailure | undefined {
  if (lines.every((line) => line.trim() === '')) {
    return MAY_BE_EMPTY.has(command) ? undefined : silentRefusal(command);
  }
  return kindOfCommand(command) === 'debug' ? undefined : findFailure(lines);
}

function kindOfCommand(command: string): Section['kind'] {
  if (command.startsWith('show')) return 'config';
  return /^diagnose (?:debug|sniffer)\b/.test(command) ? 'debug' : 'output';
}
