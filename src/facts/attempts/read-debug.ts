import type { Section } from '../../evidence/types.ts';
import { createDebugReader, type DebugFacts } from './debug-reader.ts';
import { streamRecords } from './debug-stream.ts';

/** Everything that logs tell: logins, callbacks of nobody, packets, and what other daemons say about tokens. */
export function readDebug(sections: readonly Section[]): DebugFacts {
  const reader = createDebugReader();
  for (const { record, source } of streamRecords(sections)) reader.add(record, source);
  const debug = sections.filter((section) => section.kind === 'debug');
  return reader.finish(debug.reduce((sum, section) => sum + section.lines.length, 0));
}
