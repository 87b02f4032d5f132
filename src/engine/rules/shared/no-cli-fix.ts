import type { Fix, FixSpec, Instead } from '../rule.ts';

/** Nothing to change on this FortiGate: what to do instead; `verify` shows that it was done, and `running` how. */
export function noCliFix(instead: string | Instead, verify: readonly string[] = [], running?: string): Fix {
  const { todo, ...parts } = typeof instead === 'string' ? { todo: instead } : instead;
  return { apply: [], undo: [], verify, ...(running && { running }), ...parts, note: todo };
}

/** The fix that `broken` and descriptions take in a shorter form. */
export function toFix(spec: FixSpec): Fix {
  return typeof spec === 'string' || 'todo' in spec ? noCliFix(spec) : spec;
}
