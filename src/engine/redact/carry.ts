import type { LabelAlone } from './lone-label.ts';
import { nameMember, type OpenMember } from './member-lines.ts';
import type { OpenPem } from './pem.ts';
import { cutLine, type OpenEnd, type Span } from './spans.ts';
import type { OpenValue } from './wrapped.ts';

/** State that earlier lines left open. */
export type Carry =
  | { readonly what: 'pem'; readonly open: OpenPem; readonly token?: string }
  /** `password:` ended its line: the next one may be the value. */
  | ({ readonly what: 'label'; readonly blanks: number } & LabelAlone)
  /** A member named the secret: another one holds it. */
  | ({ readonly what: 'member' } & OpenMember)
  | ({ readonly what: 'value' } & OpenValue);

/** An empty token means that only `ENC` was at the end of the line. */
export function openedBy(span: Span, open: OpenEnd, text: string, token: string): Carry {
  const length = span.end - span.start;
  return {
    what: 'value',
    kind: span.kind,
    open,
    cut: cutLine(text),
    length,
    lines: 0,
    ...(token ? { token } : {}),
  };
}

/** Whatever ends a full-width line may continue in the next one. */
export function openEnd(span: Span, text: string): OpenEnd | undefined {
  if (span.kind === 'serial' || cutLine(text) === 'unlikely') return undefined;
  // The continuation character may follow it.
  const isLast = /^[\\=]?\s*$/.test(text.slice(span.end, span.end + 8));
  return isLast ? { by: 'word', encoded: false } : undefined;
}

export function memberCarry(text: string): Carry | undefined {
  const member = nameMember(text);
  return member && { what: 'member', ...member };
}
