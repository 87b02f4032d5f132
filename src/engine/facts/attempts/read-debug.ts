import { lineCount, type Section } from '../../evidence/types.ts';
import { type DebugFacts, DebugReader } from './debug-reader.ts';
import { visitAll } from './debug-stream.ts';

/**
 * Everything extracted from logs: logins, unattributed callbacks, packets, and messages of other daemons about
 * tokens.
 */
export function readDebug(sections: readonly Section[]): DebugFacts {
  const reader = new DebugReader();
  visitAll(sections, (item) => reader.add(item));
  return reader.finish(debugLines(sections));
}

function debugLines(sections: readonly Section[]): number {
  return sections
    .filter((section) => section.kind === 'debug')
    .reduce((sum, section) => sum + lineCount(section), 0);
}
