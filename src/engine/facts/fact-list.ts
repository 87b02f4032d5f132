import type { CommandId } from '../fortios/commands.ts';
import {
  ADMIN_PROFILES,
  ADMINISTRATORS,
  LOCAL_USERS,
  TOKENS,
  USER_GROUPS,
} from './accounts/account-values.ts';
import {
  CERTIFICATE_PEERS,
  LDAP_SERVERS,
  PASSWORD_POLICIES,
  RADIUS_SERVERS,
  SAML_SERVERS,
} from './accounts/auth-server-values.ts';
import { OBJECTS } from './comparison/objects.ts';
import type { ShowSettings } from './comparison/table.ts';
import type { Declaration } from './config/fields.ts';
import {
  CENTRAL_MANAGEMENT,
  DNS,
  FORTIGUARD,
  GLOBAL,
  PHASE1S,
  SSL_PORTALS,
  SSL_VPN,
  VDOM_SETTINGS,
} from './device/settings.ts';
import type { FactKey } from './facts.ts';
import {
  ADDRESS_GROUPS,
  ADDRESSES,
  CUSTOM_SERVICES,
  DDNS,
  FIREWALL_POLICIES,
  LOCAL_IN_POLICIES,
  ONETIME_SCHEDULES,
  RECURRING_SCHEDULES,
  SCHEDULE_GROUPS,
  SERVICE_GROUPS,
  VIPS,
  ZONES,
} from './network/firewall-values.ts';
import { INTERFACES } from './network/interface-values.ts';

/** What the engine has to know about a fact besides its value. */
export type FactSpec = SpecOfAll & (ComparedFact | TableFact | ObjectFact);

interface SpecOfAll {
  /** They show it. The collection plan of a check is the union of those that the rules need. */
  readonly commands: readonly CommandId[];
  /** Only logs show it (debug, sniffer, event log), never a configuration. */
  readonly fromLog?: true;
  /** Each VDOM has it separately. */
  readonly perVdom?: true;
  /** It matters for pushes only in the management VDOM, from which they leave. */
  readonly ofManagementVdom?: true;
}

interface ComparedFact {
  /** What a comparison of two texts shows; a text says why it shows nothing. */
  readonly compare: ShowSettings | string;
  readonly table?: undefined;
  readonly object?: undefined;
  readonly readApart?: undefined;
}

interface TableFact {
  /** Its fields say how its entries are read and what a comparison shows. */
  readonly table: Declaration;
  /** Which entries count, or what they get from elsewhere, is not in its fields. */
  readonly readApart?: true;
  readonly compare?: string;
  readonly object?: undefined;
}

interface ObjectFact {
  /** A device has it once. */
  readonly object: Declaration;
  readonly compare?: undefined;
  readonly table?: undefined;
  readonly readApart?: undefined;
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
  cutBlock: { commands: [], compare: TEXT },
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
  interfaces: { commands: ['interfaces'], table: INTERFACES, readApart: true },
  liveAddresses: { commands: ['interface-addresses'], compare: NOW },
  administrators: { commands: ['administrators'], table: ADMINISTRATORS },
  adminProfiles: { commands: ['admin-profiles'], table: ADMIN_PROFILES },
  global: { commands: ['system-global'], object: GLOBAL },
  shownSettings: { commands: [], compare: 'is read into the facts of the objects' },
  sslVpn: { commands: ['ssl-vpn'], perVdom: true, table: SSL_VPN, readApart: true },
  sslPortals: { commands: ['ssl-portals'], perVdom: true, table: SSL_PORTALS },
  vips: { commands: ['vips'], perVdom: true, table: VIPS },
  localUsers: { commands: ['local-users'], perVdom: true, table: LOCAL_USERS },
  userGroups: { commands: ['user-groups'], perVdom: true, table: USER_GROUPS },
  tokenStates: { commands: ['fortitoken-info'], perVdom: true, compare: SERIALS },
  tokenConfigs: { commands: ['fortitokens'], perVdom: true, table: TOKENS, compare: SERIALS },
  tokenServer: { commands: ['fortitoken-info'], perVdom: true, compare: NOW },
  radiusServers: { commands: ['radius'], perVdom: true, table: RADIUS_SERVERS },
  ldapServers: { commands: ['ldap'], perVdom: true, table: LDAP_SERVERS },
  passwordPolicies: {
    commands: ['password-policies'],
    perVdom: true,
    table: PASSWORD_POLICIES,
  },
  loginCertificates: {
    commands: ['local-certificates', 'authorities', 'remote-certificates'],
    compare: 'is seen in the servers that name them',
  },
  samlServers: { commands: ['saml'], perVdom: true, table: SAML_SERVERS },
  certificatePeers: { commands: ['peers'], perVdom: true, table: CERTIFICATE_PEERS },
  dns: { commands: ['dns'], object: DNS },
  ddns: { commands: ['ddns'], table: DDNS },
  firewallPolicies: { commands: ['policies'], perVdom: true, table: FIREWALL_POLICIES, readApart: true },
  disabledPolicies: {
    commands: ['policies'],
    perVdom: true,
    compare: 'a policy that is disabled is seen as one that is gone',
  },
  localInPolicies: { commands: ['local-in-policies'], perVdom: true, table: LOCAL_IN_POLICIES },
  customServices: { commands: ['custom-services'], perVdom: true, table: CUSTOM_SERVICES },
  serviceGroups: { commands: ['service-groups'], perVdom: true, table: SERVICE_GROUPS },
  addresses: { commands: ['addresses'], perVdom: true, table: ADDRESSES },
  addressGroups: { commands: ['address-groups'], perVdom: true, table: ADDRESS_GROUPS },
  recurringSchedules: {
    commands: ['recurring-schedules'],
    perVdom: true,
    table: RECURRING_SCHEDULES,
  },
  onetimeSchedules: { commands: ['onetime-schedules'], perVdom: true, table: ONETIME_SCHEDULES },
  scheduleGroups: { commands: ['schedule-groups'], perVdom: true, table: SCHEDULE_GROUPS },
  zones: { commands: ['zones', 'sdwan'], perVdom: true, table: ZONES, readApart: true },
  vdomSettings: { commands: ['vdom-settings'], perVdom: true, table: VDOM_SETTINGS, readApart: true },
  centralManagement: { commands: ['central-management'], object: CENTRAL_MANAGEMENT },
  fortiguard: { commands: ['fortiguard'], object: FORTIGUARD },
  phase1s: { commands: ['phase1-interfaces'], perVdom: true, table: PHASE1S },
  sslSessions: { commands: ['ssl-sessions'], perVdom: true, compare: NOW },
  ipsecTunnels: { commands: ['ipsec-tunnels'], perVdom: true, compare: NOW },
  haStatus: { commands: ['ha-status'], compare: OBJECTS.haStatus },
  licence: { commands: ['system-status'], compare: NOW },
  timeSync: { commands: [], compare: NOW },
  sslVpnBlocklist: { commands: ['ssl-vpn-blocklist'], compare: NOW },
  missingUsers: { commands: [], compare: NOW },
  userNotices: FROM_LOG,
  explainedLines: FROM_LOG,
  questions: FROM_LOG,
  described: FROM_LOG,
  facTokenEvents: FROM_LOG,
  serverAnswers: FROM_LOG,
  directoryNotes: FROM_LOG,
  saidNetwork: FROM_LOG,
  clientProfile: FROM_LOG,
  daemonFailures: FROM_LOG,
  radiusPackets: FROM_LOG,
  pushServerLookup: { commands: ['ping-push-server'], ofManagementVdom: true, compare: NOW },
  defaultRoutes: { commands: ['default-route'], ofManagementVdom: true, compare: NOW },
  serverRoutes: { commands: ['server-route'], compare: NOW },
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
  directoryFailures: FROM_LOG,
  ikeLogins: FROM_LOG,
});

export type VdomFactKey = {
  [K in FactKey]: (typeof LIST)[K] extends { readonly perVdom: true } ? K : never;
}[FactKey];

/** Facts whose fields say all of how they are read. */
export type DeclaredKey = {
  [K in FactKey]: (typeof LIST)[K] extends { readonly readApart: true }
    ? never
    : (typeof LIST)[K] extends { readonly table: Declaration } | { readonly object: Declaration }
      ? K
      : never;
}[FactKey];

export const FACTS: Readonly<Record<FactKey, FactSpec>> = LIST;
export const FACT_KEYS = Object.keys(FACTS) as readonly FactKey[];

function declareFacts<const T extends Readonly<Record<FactKey, FactSpec>>>(facts: T): T {
  return facts;
}
