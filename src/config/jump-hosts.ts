import { credentialOf } from './credential-of.ts';
import { milliseconds } from './inventory-parts.ts';
import type { JumpHostEntry } from './inventory-schema.ts';
import type { JumpHost } from './inventory-types.ts';

export interface JumpHosts {
  readonly problems: readonly { readonly path: readonly PropertyKey[]; readonly reason: string }[];
  /** Every host up to this one, in the order of the way. */
  readonly wayThrough: (name: string) => readonly JumpHost[] | 'unknown';
}

/** `connectMs` is for hosts that do not say how long connecting to them may take. */
export function buildJumpHosts(
  entries: Readonly<Record<string, JumpHostEntry>>,
  connectMs: number,
): JumpHosts {
  const hosts = new Map<string, JumpHost>();
  const problems = Object.entries(entries).flatMap(([name, entry]) => {
    const host = buildJumpHost(name, entry, connectMs);
    if (!('reason' in host)) hosts.set(name, host);
    const reason = 'reason' in host ? host.reason : wrongWay(name);
    return reason === undefined ? [] : [{ path: ['jumpHosts', name], reason }];
  });

  function wrongWay(name: string): string | undefined {
    const passed = new Set<string>();
    for (let next: string | false | undefined = name; next; next = entries[next]?.jump) {
      if (!Object.hasOwn(entries, next)) return `is behind ${next}, which is not in jumpHosts`;
      if (passed.has(next)) return `leads back to ${next}`;
      passed.add(next);
    }
    return undefined;
  }

  return {
    problems,
    wayThrough(name) {
      if (!Object.hasOwn(entries, name)) return 'unknown';
      const way: JumpHost[] = [];
      for (let next: string | false | undefined = name; next; next = entries[next]?.jump) {
        const host = hosts.get(next);
        if (!host || way.includes(host)) break;
        way.unshift(host);
      }
      return way;
    },
  };
}

function buildJumpHost(
  alias: string,
  entry: JumpHostEntry,
  connectMs: number,
): JumpHost | { readonly reason: string } {
  const credential = credentialOf([entry]);
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
    timeouts: { connect: timeouts?.connect === undefined ? connectMs : milliseconds(timeouts.connect) },
  };
}
