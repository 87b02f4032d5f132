import { pickCredential } from './credential.ts';
import type { JumpHostEntry } from './inventory-schema.ts';
import type { JumpHost } from './inventory-types.ts';
import type { BuildProblem } from './schema-parts.ts';

export interface JumpHosts {
  readonly problems: readonly BuildProblem[];
  /** All hosts up to and including this one, in connection order. */
  readonly chainTo: (name: string) => readonly JumpHost[] | 'unknown';
}

/** `connectMs` is the default for hosts without a connect timeout. */
export function buildJumpHosts(
  entries: Readonly<Record<string, JumpHostEntry>>,
  connectMs: number,
): JumpHosts {
  const hosts = new Map<string, JumpHost>();
  const problems = Object.entries(entries).flatMap(([name, entry]) => {
    const host = buildJumpHost(name, entry, connectMs);
    if (!('reason' in host)) hosts.set(name, host);
    const reason = 'reason' in host ? host.reason : chainProblem(name);
    return reason === undefined ? [] : [{ path: ['jumpHosts', name], reason }];
  });

  function chainProblem(name: string): string | undefined {
    const visited = new Set<string>();
    for (let next: string | false | undefined = name; next; next = entries[next]?.jump) {
      if (!Object.hasOwn(entries, next)) return `is behind ${next}, which is not in jumpHosts`;
      if (visited.has(next)) return `leads back to ${next}`;
      visited.add(next);
    }
    return undefined;
  }

  return {
    problems,
    chainTo(name) {
      if (!Object.hasOwn(entries, name)) return 'unknown';
      const chain: JumpHost[] = [];
      for (let next: string | false | undefined = name; next; next = entries[next]?.jump) {
        const host = hosts.get(next);
        if (!host || chain.includes(host)) break;
        chain.unshift(host);
      }
      return chain;
    },
  };
}

function buildJumpHost(
  alias: string,
  entry: JumpHostEntry,
  connectMs: number,
): JumpHost | { readonly reason: string } {
  const credential = pickCredential([entry]);
  if ('reason' in credential) return credential;
  const { address, username, hostKeys, knownHosts, timeouts } = entry;
  return {
    kind: 'jump-host',
    alias,
    address,
    port: entry.port ?? 22,
    username,
    credential,
    hostKeys,
    knownHosts,
    algorithms: entry.algorithms ?? 'modern',
    timeouts: { connect: timeouts?.connect ?? connectMs },
  };
}
