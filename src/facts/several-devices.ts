import type { Section } from '../evidence/types.ts';

/**
 * Of one device the later of two answers stands, as in a session before and after a change. Where the prompts of one text
 * show several devices, each answer is taken for its own device's, so that two that differ contradict each other.
 */
export function originsOf(sections: readonly Section[]): (section: Section) => string {
  const hosts = new Map<string, Set<string>>();
  for (const { source, host } of sections) {
    if (host === undefined) continue;
    const known = hosts.get(source) ?? new Set();
    hosts.set(source, known.add(host));
  }
  return ({ source, host }) =>
    host !== undefined && (hosts.get(source)?.size ?? 0) > 1 ? `${source} (${host})` : source;
}
