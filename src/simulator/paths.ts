import type { ConfigScope } from '../fortios/config/types.ts';
import type { DeviceState } from './device-state.ts';

/** Paths every device knows although its configuration may not mention them. */
const GLOBAL_PATHS = [
  'system global',
  'system accprofile',
  'system admin',
  'system interface',
  'system ftm-push',
  'system dns',
  'system ddns',
  'system fortiguard',
  'system ntp',
  'system console',
  'system central-management',
];
const VDOM_PATHS = [
  'firewall address',
  'firewall local-in-policy',
  'firewall policy',
  'firewall service custom',
  'firewall vip',
  'system settings',
  'user fortitoken',
  'user group',
  'user ldap',
  'user local',
  'user radius',
  'user setting',
  'vpn certificate local',
  'vpn ipsec phase1-interface',
  'vpn ssl settings',
  'vpn ssl web portal',
];

export type Resolved =
  | { readonly path: string; readonly rest: readonly string[] }
  /** The word no path of this scope goes on with, or `undefined` when the words end too early. */
  | { readonly badWord: string | undefined };

/** Reads the longest path of this scope from words that may be abbreviated to unique prefixes. */
export function resolvePath(state: DeviceState, scope: ConfigScope, words: readonly string[]): Resolved {
  let candidates = pathsOf(state, scope).map((path) => path.split(' '));
  for (let at = 0; ; at += 1) {
    const complete = candidates.find((path) => path.length === at);
    const word = words[at];
    if (word === undefined) return complete ? { path: complete.join(' '), rest: [] } : { badWord: undefined };
    const next = narrow(candidates, at, word);
    if (next.length === 0) {
      return complete ? { path: complete.join(' '), rest: words.slice(at) } : { badWord: word };
    }
    candidates = next;
  }
}

function narrow(candidates: readonly string[][], at: number, word: string): string[][] {
  const exact = candidates.filter((path) => path[at] === word);
  if (exact.length > 0) return exact;
  const prefixed = candidates.filter((path) => path[at]?.startsWith(word));
  return new Set(prefixed.map((path) => path[at])).size === 1 ? prefixed : [];
}

function pathsOf(state: DeviceState, scope: ConfigScope): string[] {
  const known =
    scope.kind === 'global'
      ? GLOBAL_PATHS
      : scope.kind === 'vdom'
        ? VDOM_PATHS
        : [...GLOBAL_PATHS, ...VDOM_PATHS];
  return [...new Set([...known, ...state.blocks(scope).map((block) => block.path)])];
}
