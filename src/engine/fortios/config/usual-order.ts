/**
 * Position of a table in a configuration. FortiOS prints tables in a similar order in all releases: those of the
 * device, then for each VDOM its own, users, VPN, policies, and routing at the very end (`router multicast` is the
 * last block of published backups of 6.2.0, 7.0.14 and 7.4.7).
 */
export const STAGES = ['device', 'vdom', 'users', 'vpn', 'policies', 'routing'] as const;
export type BackupSection = (typeof STAGES)[number];

const PATHS: readonly (readonly [stage: BackupSection, path: RegExp])[] = [
  ['routing', /^router /],
  [
    'policies',
    /^firewall (?:vip|vipgrp|schedule|profile-|ssl-ssh-profile|policy|local-in-policy|DoS-policy|ssh)/,
  ],
  ['vpn', /^vpn (?:ssl|ipsec) /],
  ['users', /^user (?:fortitoken|local|group|radius|ldap|tacacs\+|saml|peer|setting)$/],
  [
    'vdom',
    /^system (?:settings|zone|sdwan|virtual-wan-link|dhcp server)$|^firewall (?:address6?|addrgrp|service )/,
  ],
];

export function findStage(path: string): BackupSection {
  return PATHS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'device';
}

/** Whether all tables of one stage are printed before those of another. */
export function precedes(stage: BackupSection, other: BackupSection): boolean {
  return STAGES.indexOf(stage) < STAGES.indexOf(other);
}
