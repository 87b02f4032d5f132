import type { Span } from './spans.ts';
import { isAlreadyHidden } from './tokens.ts';

/** Before spans are joined: one that begins with a token must not absorb a new secret after it. */
export function hides(text: string, span: Span): boolean {
  return span.start === span.end || !isAlreadyHidden(text.slice(span.start, span.end));
}

/** The part of a span after an earlier secret in the line. */
export function spanAfter(span: Span, from: number): readonly Span[] {
  if (span.start >= from) return [span];
  return span.end > from ? [{ ...span, start: from }] : [];
}
