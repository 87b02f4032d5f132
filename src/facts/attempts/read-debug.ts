import { lineCount, type Section } from '../../evidence/types.ts';
import { createDebugReader, type DebugFacts } from './debug-reader.ts';
import { visitAll } from './debug-stream.ts';

/** Everything that logs tell: logins, callbacks of nobody, packets, and what other daemons say about tokens. */
export function readDebug(sections: readonly Section[]): DebugFacts {
  const reader = createDebugReader();
  visitAll(sections, reader.add);
  return reader.finish(debugLines(sections));
}

function debugLines(sections: readonly Section[]): number {
  return sections
    .filter((section) => section.kind === 'debug')
    .reduce((sum, section) => sum + lineCount(section), 0);
}
