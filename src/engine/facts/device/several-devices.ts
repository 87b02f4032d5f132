import type { Section } from '../../evidence/types.ts';

/**
 * For one device, a later answer overrides an earlier one, as in a session before and after a change. If the prompts
 * of one text show several devices, each answer belongs to its own device, so that different answers conflict.
 */
export function nameOrigins(sections: readonly Section[]): (section: Section) => string {
  const hosts = new Map<string, Set<string>>();
  for (const { source, host } of sections) {
    if (host === undefined) continue;
    const known = hosts.get(source) ?? new Set();
    hosts.set(source, known.add(host));
  }
  return ({ source, host }) =>
    host !== undefined && (hosts.get(source)?.size ?? 0) > 1 ? `${source} (${host})` : source;
}
