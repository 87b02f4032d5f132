import type { BlockFilter } from '../../evidence/block-filter.ts';

/** Blocks of a configuration that a fact is read from; `test/engine/facts/config/read-blocks.sampled.test.ts` says whether one is missing. */
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

/**
 * Of tables with many entries, the settings that a fact is read from, those of blocks inside included; the
 * same test says whether one is missing.
 */
const READ_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'firewall policy': ['action', 'groups', 'srcintf', 'status', 'users'],
  'firewall vip': [
    'extintf',
    'extip',
    'extport',
    'mappedip',
    'mappedport',
    'portforward',
    'protocol',
    'server-type',
    'service',
    'src-filter',
    'srcintf-filter',
    'status',
    'type',
  ],
  'system interface': ['allowaccess', 'ip', 'ip6-address', 'mode', 'role', 'status', 'vdom'],
  'user fortitoken': ['activation-expire', 'license', 'os-ver', 'reg-id', 'status'],
  'user local': [
    'email-to',
    'fortitoken',
    'ldap-server',
    'password-server',
    'radius-server',
    'saml-server',
    'status',
    'tacacs+-server',
    'two-factor',
    'type',
    'username-case-sensitivity',
    'username-sensitivity',
  ],
};

/** As the redaction replaces it. */
const REGISTRATION_ID = '"<registration-id#1>"';

const FILTERS: ReadonlyMap<string, BlockFilter> = new Map(
  READ_BLOCKS.map((path) => [
    path,
    {
      // The policies that admit users by name.
      entriesWith: path === 'firewall policy' ? new Set(['groups', 'users']) : undefined,
      masks: path === 'user fortitoken' ? new Map([['reg-id', REGISTRATION_ID]]) : undefined,
      settings: READ_SETTINGS[path] ? new Set(READ_SETTINGS[path]) : undefined,
    },
  ]),
);
const WITHOUT_OBJECTS: ReadonlyMap<string, BlockFilter> = new Map(
  [...FILTERS].filter(([path]) => !NAMED_OBJECTS.has(path)),
);

/** A local-in policy, and the table of virtual IPs. One search: a backup has 100 KB and more. */
const NAMING_TABLES = /config firewall (?:local-in-policy\n( *edit )|vip\n)/g;
const NAMES_SERVICE = /^ *set service /m;

/** What is read of this backup. */
export function blocksToRead(backup: string): ReadonlyMap<string, BlockFilter> {
  return namesObjects(backup) ? FILTERS : WITHOUT_OBJECTS;
}

function namesObjects(backup: string): boolean {
  for (const { 0: found, 1: policy, index } of backup.matchAll(NAMING_TABLES)) {
    if (policy !== undefined) return true;
    const at = index + found.length;
    const end = backup.indexOf('\nend\n', at);
    if (NAMES_SERVICE.test(backup.slice(at, end === -1 ? backup.length : end))) return true;
  }
  return false;
}
