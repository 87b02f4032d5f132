import type { ConfigScope } from '../fortios/config/types.ts';

/** Where a session stands outside any block. */
export type ConfigPath =
  | { readonly kind: 'root' | 'global' | 'vdoms' }
  | { readonly kind: 'vdom'; readonly name: string };

export function scopeOf(place: ConfigPath): ConfigScope {
  if (place.kind === 'vdom') return { kind: 'vdom', name: place.name };
  return place.kind === 'global' ? { kind: 'global' } : { kind: 'none' };
}

/** What the prompt holds in parentheses. */
export function contextOf(place: ConfigPath): string | undefined {
  if (place.kind === 'vdom') return place.name;
  return place.kind === 'vdoms' ? 'vdom' : place.kind === 'global' ? 'global' : undefined;
}

/** Prompts hold 24 characters of a name: the first 20, `~`, the last 3. */
export function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 20)}~${name.slice(-3)}` : name;
}
