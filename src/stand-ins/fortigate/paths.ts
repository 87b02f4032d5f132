import type { ConfigScope } from '../../engine/fortios/config/types.ts';
import { atLeast } from '../../engine/fortios/version.ts';
import type { DeviceState } from './device-state.ts';
import { longestPath, type PathWords, type Resolved } from './longest-path.ts';
import { schemas } from './schema/schemas.ts';

/** Paths that every device knows although its configuration may not contain them, and that have no schema here. */
const GLOBAL_PATHS = [
  'system central-management',
  'system ha',
  'vpn certificate local',
  'vpn certificate ca',
  'vpn certificate remote',
];
const VDOM_PATHS = [
  'firewall address',
  'firewall addrgrp',
  'firewall policy',
  'firewall schedule group',
  'firewall schedule onetime',
  'firewall schedule recurring',
  'firewall service group',
  'system zone',
  'user ldap',
  'user password-policy',
  'user peer',
  'user saml',
  'user setting',
  'user tacacs+',
  'vpn certificate local',
  'vpn certificate ca',
  'vpn certificate remote',
  'vpn ssl web portal',
];
/** Of the paths with a schema, those inside a VDOM; the others are global. */
const VDOM_FAMILIES = /^(?:firewall|user|vpn) |^system settings$/;

const SCHEMA_PATHS = schemas().map((each) => each.path);
const IN_GLOBAL = [...GLOBAL_PATHS, ...SCHEMA_PATHS.filter((path) => !VDOM_FAMILIES.test(path))];
const IN_VDOM = [...VDOM_PATHS, ...SCHEMA_PATHS.filter((path) => VDOM_FAMILIES.test(path))];
const KNOWN: Readonly<Record<ConfigScope['kind'], readonly string[]>> = {
  global: IN_GLOBAL,
  vdom: IN_VDOM,
  none: [...IN_GLOBAL, ...IN_VDOM],
};

/** Reads the longest path of this scope from words that may be abbreviated to unique prefixes. */
export function resolvePath(state: DeviceState, scope: ConfigScope, words: readonly string[]): Resolved {
  const paths = listPaths(state, scope).map(splitPath);
  return longestPath(paths, words);
}

export function listPaths(state: DeviceState, scope: ConfigScope): readonly string[] {
  const sdwan = scope.kind !== 'global' && atLeast(state.version, '6.4.1') ? ['system sdwan'] : [];
  return [...new Set([...KNOWN[scope.kind], ...sdwan, ...state.blocks(scope).map((block) => block.path)])];
}

const WORDS = new Map<string, PathWords>();

/** Split once: there are few paths, and each command is compared with all of them. */
function splitPath(path: string): PathWords {
  const known = WORDS.get(path) ?? path.split(' ');
  WORDS.set(path, known);
  return known;
}
