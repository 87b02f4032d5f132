import type { Fix, FixSpec, Instead } from '../rule.ts';

/** Nothing to change on this FortiGate: what to do instead; `verify` shows that it was done. */
export function noCliFix(instead: string | Instead, verify: readonly string[] = []): Fix {
  if (typeof instead === 'string') return { apply: [], undo: [], verify, note: instead };
  const { todo, ...parts } = instead;
  return { apply: [], undo: [], verify, ...parts, note: todo };
}

/** The fix that `broken` and descriptions take in a shorter form. */
export function toFix(spec: FixSpec): Fix {
  return typeof spec === 'string' || 'todo' in spec ? noCliFix(spec) : spec;
}
