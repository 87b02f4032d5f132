import type { ConfigScope } from '../fortios/config/types.ts';
import { atLeast } from '../fortios/version.ts';
import type { DeviceState } from './device-state.ts';
import { longestPath, type Resolved } from './longest-path.ts';
import { schemas } from './schema/schemas.ts';

/** Paths every device knows although its configuration may not mention them, and that have no schema here. */
const GLOBAL_PATHS = [
  'system central-management',
  'system ha',
  'vpn certificate local',
  'vpn certificate ca',
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
  'user saml',
  'user setting',
  'user tacacs+',
  'vpn certificate local',
  'vpn certificate ca',
  'vpn ssl web portal',
];
/** Of the paths with a schema, those that stand in a VDOM; the others are global. */
const VDOM_FAMILIES = /^(?:firewall|user|vpn) |^system settings$/;

/** Reads the longest path of this scope from words that may be abbreviated to unique prefixes. */
export function resolvePath(state: DeviceState, scope: ConfigScope, words: readonly string[]): Resolved {
  return longestPath(pathsOf(state, scope), words);
}

export function pathsOf(state: DeviceState, scope: ConfigScope): readonly string[] {
  const all = schemas().map((each) => each.path);
  const sdwan = atLeast(state.version, '6.4.1') ? ['system sdwan'] : [];
  const inVdom = [...VDOM_PATHS, ...sdwan, ...all.filter((path) => VDOM_FAMILIES.test(path))];
  const inGlobal = [...GLOBAL_PATHS, ...all.filter((path) => !VDOM_FAMILIES.test(path))];
  const known =
    scope.kind === 'global' ? inGlobal : scope.kind === 'vdom' ? inVdom : [...inGlobal, ...inVdom];
  return [...new Set([...known, ...state.blocks(scope).map((block) => block.path)])];
}
