import type { Quote, Section } from '../../evidence/types.ts';

/** First and last line of an output; for an empty one the command, at the line where it was typed. */
export function outputBounds(section: Section): readonly Quote[] {
  const isWritten = (line: string) => line.trim() !== '';
  const first = section.lines.findIndex(isWritten);
  if (first === -1) return [commandQuote(section)];
  const last = section.lines.findLastIndex(isWritten);
  return (first === last ? [first] : [first, last]).map((index) => quoteAt(section, index));
}

export function quoteAt(section: Section, index: number): Quote {
  return { source: section.source, line: section.start + index, text: section.lines[index]?.trim() ?? '' };
}

export function commandQuote({ source, start, command = '' }: Section): Quote {
  return { source, line: Math.max(1, start - 1), text: command };
}
