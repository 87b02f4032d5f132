import type { Section } from '../../evidence/types.ts';

/**
 * For one device, a later answer overrides an earlier one, as in a session before and after a change. If the prompts
 * of one text show several devices, each answer belongs to its own device, so that different answers conflict.
 */
export function nameOrigins(sections: readonly Section[]): (section: Section) => string {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const { source, host } of sections) {
    if (host === undefined) continue;
    const known = first.get(source);
    if (known === undefined) first.set(source, host);
    else if (known !== host) several.add(source);
  }
  return ({ source, host }) => (host !== undefined && several.has(source) ? `${source} (${host})` : source);
}
