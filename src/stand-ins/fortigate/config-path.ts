import type { ConfigScope } from '../../engine/fortios/config/types.ts';

/** The scope of a session outside any `config` block. */
export type ConfigPath =
  | { readonly kind: 'root' | 'global' | 'vdoms' }
  | { readonly kind: 'vdom'; readonly name: string };

export function pathScope(path: ConfigPath): ConfigScope {
  if (path.kind === 'vdom') return { kind: 'vdom', name: path.name };
  return path.kind === 'global' ? { kind: 'global' } : { kind: 'none' };
}

/** The context in the parentheses of the prompt. */
export function pathContext(path: ConfigPath): string | undefined {
  if (path.kind === 'vdom') return path.name;
  return path.kind === 'vdoms' ? 'vdom' : path.kind === 'global' ? 'global' : undefined;
}

/** Prompts hold 24 characters of a name: the first 20, `~`, the last 3. */
export function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 20)}~${name.slice(-3)}` : name;
}
