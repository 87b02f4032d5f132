import type { CommandId } from '../fortios/commands.ts';
import { OBJECTS } from './comparison/objects.ts';
import type { ShowSettings } from './comparison/settings.ts';
import { TABLES } from './comparison/tables.ts';
import type { FactKey } from './facts.ts';

/** What the engine has to know about a fact besides its value. */
export interface FactSpec {
  /** They show it. The collection plan of a check is the union of those that the rules need. */
  readonly commands: readonly CommandId[];
  /** What a comparison of two texts shows; a text says why it shows nothing. */
  readonly compare: ShowSettings | string;
  /** Only logs show it (debug, sniffer, event log), never a configuration. */
  readonly fromLog?: true;
  /** Each VDOM has it separately. */
  readonly perVdom?: true;
  /** It matters for pushes only in the management VDOM, from which they leave. */
  readonly ofManagementVdom?: true;
}

const NOW = 'shows the state at one moment, not what is set';
const TEXT = 'says what the text is, not what the device has';
const SERIALS = 'serial numbers are redacted, so tokens of two texts cannot be matched';
const FROM_LOG = {
  commands: [],
  fromLog: true,
  compare: 'a log shows what happened, not what is set',
} as const satisfies FactSpec;

const LIST = declareFacts({
  truncatedBackup: { commands: [], compare: TEXT },
  wholeBackup: { commands: [], compare: TEXT },
  refusals: { commands: [], compare: TEXT },
  version: { commands: ['system-status'], compare: OBJECTS.version },
  vdomMode: { commands: ['system-status'], compare: 'is seen in the VDOMs of the tables' },
  vdoms: { commands: ['vdom-list'], compare: 'is seen in the VDOMs of the tables' },
  vdomCoverage: { commands: [], compare: TEXT },
  device: { commands: ['system-status'], compare: OBJECTS.device },
  systemTime: { commands: ['system-status'], compare: NOW },
  pushService: { commands: ['ftm-push'], compare: OBJECTS.pushService },
  pushCertificate: { commands: ['local-certificates', 'authorities'], compare: OBJECTS.pushCertificate },
  interfaces: { commands: ['interfaces'], compare: TABLES.interfaces },
  liveAddresses: { commands: ['interface-addresses'], compare: NOW },
  administrators: { commands: ['administrators'], compare: TABLES.administrators },
  adminProfiles: { commands: ['admin-profiles'], compare: TABLES.adminProfiles },
  global: { commands: ['system-global'], compare: OBJECTS.global },
  shownSettings: { commands: [], compare: 'is read into the facts of the objects' },
  sslVpn: { commands: ['ssl-vpn'], perVdom: true, compare: TABLES.sslVpn },
  sslPortals: { commands: ['ssl-portals'], perVdom: true, compare: TABLES.sslPortals },
  vips: { commands: ['vips'], perVdom: true, compare: TABLES.vips },
  localUsers: { commands: ['local-users'], perVdom: true, compare: TABLES.localUsers },
  userGroups: { commands: ['user-groups'], perVdom: true, compare: TABLES.userGroups },
  tokenStates: { commands: ['fortitoken-info'], perVdom: true, compare: SERIALS },
  tokenConfigs: { commands: ['fortitokens'], perVdom: true, compare: SERIALS },
  tokenServer: { commands: ['fortitoken-info'], perVdom: true, compare: NOW },
  radiusServers: { commands: ['radius'], perVdom: true, compare: TABLES.radiusServers },
  ldapServers: { commands: ['ldap'], perVdom: true, compare: TABLES.ldapServers },
  passwordPolicies: {
    commands: ['password-policies'],
    perVdom: true,
    compare: TABLES.passwordPolicies,
  },
  loginCertificates: {
    commands: ['local-certificates', 'authorities', 'remote-certificates'],
    compare: 'is seen in the servers that name them',
  },
  samlServers: { commands: ['saml'], perVdom: true, compare: TABLES.samlServers },
  certificatePeers: { commands: ['peers'], perVdom: true, compare: TABLES.certificatePeers },
  dns: { commands: ['dns'], compare: OBJECTS.dns },
  ddns: { commands: ['ddns'], compare: TABLES.ddns },
  firewallPolicies: { commands: ['policies'], perVdom: true, compare: TABLES.firewallPolicies },
  localInPolicies: { commands: ['local-in-policies'], perVdom: true, compare: TABLES.localInPolicies },
  customServices: { commands: ['custom-services'], perVdom: true, compare: TABLES.customServices },
  serviceGroups: { commands: ['service-groups'], perVdom: true, compare: TABLES.serviceGroups },
  addresses: { commands: ['addresses'], perVdom: true, compare: TABLES.addresses },
  addressGroups: { commands: ['address-groups'], perVdom: true, compare: TABLES.addressGroups },
  recurringSchedules: {
    commands: ['recurring-schedules'],
    perVdom: true,
    compare: TABLES.recurringSchedules,
  },
  onetimeSchedules: { commands: ['onetime-schedules'], perVdom: true, compare: TABLES.onetimeSchedules },
  scheduleGroups: { commands: ['schedule-groups'], perVdom: true, compare: TABLES.scheduleGroups },
  zones: { commands: ['zones', 'sdwan'], perVdom: true, compare: TABLES.zones },
  vdomSettings: { commands: ['vdom-settings'], perVdom: true, compare: TABLES.vdomSettings },
  centralManagement: { commands: ['central-management'], compare: OBJECTS.centralManagement },
  fortiguard: { commands: ['fortiguard'], compare: OBJECTS.fortiguard },
  phase1s: { commands: ['phase1-interfaces'], perVdom: true, compare: TABLES.phase1s },
  haStatus: { commands: ['ha-status'], compare: OBJECTS.haStatus },
  licence: { commands: ['system-status'], compare: NOW },
  sslVpnBlocklist: { commands: ['ssl-vpn-blocklist'], compare: NOW },
  userNotices: FROM_LOG,
  facTokenEvents: FROM_LOG,
  daemonCrashes: FROM_LOG,
  radiusPackets: FROM_LOG,
  pushServerLookup: { commands: ['ping-push-server'], ofManagementVdom: true, compare: NOW },
  defaultRoutes: { commands: ['default-route'], ofManagementVdom: true, compare: NOW },
  hostLookups: { commands: [], compare: NOW },
  pushConfigErrors: FROM_LOG,
  debugLog: FROM_LOG,
  attempts: FROM_LOG,
  looseCallbacks: FROM_LOG,
  flowDrops: FROM_LOG,
  pushEvents: FROM_LOG,
  callbackPackets: FROM_LOG,
  flowEvents: FROM_LOG,
  pushdEvents: FROM_LOG,
  provisioningErrors: FROM_LOG,
  blockedSources: FROM_LOG,
  tokenEvents: FROM_LOG,
  ikeLogins: FROM_LOG,
});

export type VdomFactKey = {
  [K in FactKey]: (typeof LIST)[K] extends { readonly perVdom: true } ? K : never;
}[FactKey];

export const FACTS: Readonly<Record<FactKey, FactSpec>> = LIST;
export const FACT_KEYS = Object.keys(FACTS) as readonly FactKey[];

function declareFacts<const T extends Readonly<Record<FactKey, FactSpec>>>(facts: T): T {
  return facts;
}
