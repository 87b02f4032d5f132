import type { EntryFilter } from '../evidence/skip-blocks.ts';

/** Blocks of a configuration that a fact is read from; `test/facts/read-blocks.test.ts` says whether one is missing. */
const READ_BLOCKS: readonly string[] = [
  'certificate ca',
  'certificate local',
  'firewall address',
  'firewall addrgrp',
  'firewall local-in-policy',
  'firewall policy',
  'firewall schedule group',
  'firewall schedule onetime',
  'firewall schedule recurring',
  'firewall service custom',
  'firewall service group',
  'firewall vip',
  'system accprofile',
  'system admin',
  'system central-management',
  'system ddns',
  'system dns',
  'system fortiguard',
  'system ftm-push',
  'system global',
  'system interface',
  'system sdwan',
  'system settings',
  'system virtual-wan-link',
  'system zone',
  'user fortitoken',
  'user group',
  'user local',
  'user radius',
  'vpn certificate ca',
  'vpn certificate local',
  'vpn ipsec phase1-interface',
  'vpn ssl settings',
];

/** Objects that matter only where a local-in policy or a virtual IP names them. */
const NAMED_OBJECTS: ReadonlySet<string> = new Set([
  'firewall address',
  'firewall addrgrp',
  'firewall service custom',
  'firewall service group',
]);
const LOCAL_IN_POLICY = /^ *config firewall local-in-policy\n *edit /m;
const VIP_BLOCK = /^ *config firewall vip\n[\s\S]*?^ *end$/gm;
const NAMES_SERVICE = /^ *set service /m;

/** What is read of this backup, and of `firewall policy` the policies that admit users by name. */
export function blocksToRead(backup: string): ReadonlyMap<string, EntryFilter> {
  const namesObjects =
    LOCAL_IN_POLICY.test(backup) ||
    (backup.match(VIP_BLOCK) ?? []).some((block) => NAMES_SERVICE.test(block));
  const paths = READ_BLOCKS.filter((path) => namesObjects || !NAMED_OBJECTS.has(path));
  return new Map(paths.map((path) => [path, path === 'firewall policy' ? admitsByName : undefined]));
}

function admitsByName(policy: string): boolean {
  return policy.includes(' set groups ') || policy.includes(' set users ');
}
