/** Areas of an access profile that hold what push depends on, as `config system accprofile` spells them. */
export const AREAS = ['sysgrp', 'netgrp', 'authgrp', 'fwgrp', 'vpngrp'] as const;

export type Area = (typeof AREAS)[number];

/** What each area lets an account read. */
export const AREA_SUBJECTS: Readonly<Record<Area, string>> = {
  sysgrp: 'system settings',
  netgrp: 'network settings',
  authgrp: 'users and tokens',
  fwgrp: 'firewall objects',
  vpngrp: 'VPN settings',
};

/** `show full-configuration system ftm-push`: its verb, and the path behind it. */
const READING = /^(?:show|get) (?:full-configuration )?(\w[\w-]*)(?: (\w[\w-]*))?/;
const NETWORK = new Set(['interface', 'zone', 'sdwan', 'virtual-wan-link']);
/** Every account reads the status, and the name servers belong to an area that differs by release. */
const NO_AREA = new Set(['status', 'performance', 'dns', 'ddns']);

const AREA_OF_ROOT: ReadonlyMap<string, Area> = new Map([
  ['user', 'authgrp'],
  ['firewall', 'fwgrp'],
  ['vpn', 'vpngrp'],
  ['router', 'netgrp'],
]);

/** The area that lets an account run this command; undefined for what no area decides. */
export function findArea(command: string): Area | undefined {
  const [, root, object = ''] = READING.exec(command) ?? [];
  if (root !== 'system') return AREA_OF_ROOT.get(root ?? '');
  if (NO_AREA.has(object)) return undefined;
  return NETWORK.has(object) ? 'netgrp' : 'sysgrp';
}
