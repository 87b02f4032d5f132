import type { CommandId } from '../fortios/commands.ts';
import type { SessionRow } from '../fortios/output/vpn-sessions.ts';
import type { FortiosVersion } from '../fortios/version.ts';
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
  type LoginCertificate,
  PASSWORD_POLICIES,
  RADIUS_SERVERS,
  SAML_SERVERS,
} from './accounts/auth-server-values.ts';
import type { ProviderRefusal } from './accounts/provider-refusals.ts';
import type { Attempt, DebugLog, FlowDrop, PushEvent, UnattributedCallback } from './attempt.ts';
import { OBJECTS, type ShownFact } from './comparison/objects.ts';
import type { Declaration, EntryOf, ObjectOf } from './config/fields.ts';
import type { ShownSettings } from './config/shown-settings.ts';
import type { DescribedSentence } from './described/described.ts';
import {
  CENTRAL_MANAGEMENT,
  DNS,
  FORTIGUARD,
  GLOBAL,
  PHASE1S,
  type ShownRules,
  SSL_PORTALS,
  SSL_VPN,
  type SslVpnSettings,
  VDOM_SETTINGS,
  type VdomSettings,
} from './device/settings.ts';
import type { Fact } from './fact.ts';
import type {
  BlockedSource,
  CallbackPackets,
  DirectoryFailures,
  FlowTrace,
  IkeLogin,
  ProvisioningError,
  PushdEvent,
  TokenEvent,
} from './log-events.ts';
import {
  ADDRESS_GROUPS,
  ADDRESSES,
  CUSTOM_SERVICES,
  DDNS,
  FIREWALL_POLICIES,
  type FirewallPolicy,
  LOCAL_IN_POLICIES,
  ONETIME_SCHEDULES,
  RECURRING_SCHEDULES,
  SCHEDULE_GROUPS,
  SERVICE_GROUPS,
  VIPS,
  ZONES,
} from './network/firewall-values.ts';
import { INTERFACES } from './network/interface-values.ts';
import type { RoutingTable, ServerRoute } from './network/routing-table.ts';
import type { SaidNetwork } from './network/said-network.ts';
import type { PushCertificate } from './push/push-certificate-values.ts';
import type {
  AskedQuestion,
  BlocklistEntry,
  DaemonFailure,
  DeviceIdentity,
  DeviceLicence,
  DirectoryNote,
  ExplainedLine,
  FacTokenEvent,
  HaStatus,
  HostLookup,
  LiveAddress,
  MissingUser,
  ProfileSetting,
  PushConfigError,
  PushServerLookup,
  PushService,
  RadiusPacket,
  Refusals,
  ServerAnswer,
  TimeSync,
  TokenState,
  TruncatedBackup,
  UserNotice,
  VdomCoverage,
  VdomList,
  VpnSession,
} from './values.ts';

/** What the engine has to know about a fact besides its value. */
export type FactSpec<V = unknown> = SpecOfAll & (ComparedFact<V> | TableFact | ObjectFact);

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

interface ComparedFact<V> {
  /** What a comparison of two texts shows; a text says why it shows nothing. */
  readonly compare: ShownFact<V> | string;
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

/** All facts that rules can use, each with the type of its value unless its fields say that. */
const LIST = declareFacts({
  /** A truncated backup of the evidence, if no backup is complete. */
  truncatedBackup: fact<TruncatedBackup>()({ commands: [], compare: TEXT }),
  cutBlock: fact<TruncatedBackup>()({ commands: [], compare: TEXT }),
  /** The source of a backup that holds the whole configuration. */
  wholeBackup: fact<string>()({ commands: [], compare: TEXT }),
  refusals: fact<Refusals>()({ commands: [], compare: TEXT }),
  version: fact<FortiosVersion>()({ commands: ['system-status'], compare: OBJECTS.version }),
  vdomMode: fact<'single' | 'multi'>()({
    commands: ['system-status'],
    compare: 'is seen in the VDOMs of the tables',
  }),
  vdoms: fact<VdomList>()({ commands: ['vdom-list'], compare: 'is seen in the VDOMs of the tables' }),
  /** Depends on the question: set by the diagnosis (diagnosis/vdom-coverage.ts). */
  vdomCoverage: fact<VdomCoverage>()({ commands: [], compare: TEXT }),
  device: fact<DeviceIdentity>()({ commands: ['system-status'], compare: OBJECTS.device }),
  /** The device's clock when it was read: see `parseClock`. */
  systemTime: fact<number>()({ commands: ['system-status'], compare: NOW }),
  pushService: fact<PushService>()({ commands: ['ftm-push'], compare: OBJECTS.pushService }),
  pushCertificate: fact<PushCertificate>()({
    commands: ['local-certificates', 'authorities'],
    compare: OBJECTS.pushCertificate,
  }),
  interfaces: { commands: ['interfaces'], table: INTERFACES, readApart: true },
  /** Current addresses of the interfaces (`get system interface physical`): name to address. */
  liveAddresses: fact<ReadonlyMap<string, LiveAddress>>()({
    commands: ['interface-addresses'],
    compare: NOW,
  }),
  administrators: { commands: ['administrators'], table: ADMINISTRATORS },
  adminProfiles: { commands: ['admin-profiles'], table: ADMIN_PROFILES },
  global: { commands: ['system-global'], object: GLOBAL },
  /** Single settings from `show … | grep …`, used if the whole object is not known. */
  shownSettings: fact<ShownSettings>()({ commands: [], compare: 'is read into the facts of the objects' }),
  sslVpn: fact<readonly SslVpnSettings[]>()({
    commands: ['ssl-vpn'],
    perVdom: true,
    table: SSL_VPN,
    readApart: true,
  }),
  shownRules: fact<readonly ShownRules[]>()({
    commands: ['ssl-vpn'],
    perVdom: true,
    compare: 'is seen in the settings of SSL VPN',
  }),
  sslPortals: { commands: ['ssl-portals'], perVdom: true, table: SSL_PORTALS },
  vips: { commands: ['vips'], perVdom: true, table: VIPS },
  localUsers: { commands: ['local-users'], perVdom: true, table: LOCAL_USERS },
  userGroups: { commands: ['user-groups'], perVdom: true, table: USER_GROUPS },
  tokenStates: fact<readonly TokenState[]>()({
    commands: ['fortitoken-info'],
    perVdom: true,
    compare: SERIALS,
  }),
  tokenConfigs: { commands: ['fortitokens'], perVdom: true, table: TOKENS, compare: SERIALS },
  tokenServer: fact<'reachable' | 'unreachable'>()({
    commands: ['fortitoken-info'],
    perVdom: true,
    compare: NOW,
  }),
  radiusServers: { commands: ['radius'], perVdom: true, table: RADIUS_SERVERS },
  ldapServers: { commands: ['ldap'], perVdom: true, table: LDAP_SERVERS },
  passwordPolicies: {
    commands: ['password-policies'],
    perVdom: true,
    table: PASSWORD_POLICIES,
  },
  /** Certificates that SAML, LDAPS and SSL VPN name. */
  loginCertificates: fact<readonly LoginCertificate[]>()({
    commands: ['local-certificates', 'authorities', 'remote-certificates'],
    compare: 'is seen in the servers that name them',
  }),
  samlServers: { commands: ['saml'], perVdom: true, table: SAML_SERVERS },
  certificatePeers: { commands: ['peers'], perVdom: true, table: CERTIFICATE_PEERS },
  dns: { commands: ['dns'], object: DNS },
  ddns: { commands: ['ddns'], table: DDNS },
  /** Policies that name users or groups, and those of an interface of a VPN; others admit no user to one. */
  firewallPolicies: { commands: ['policies'], perVdom: true, table: FIREWALL_POLICIES, readApart: true },
  /** The same with `set status disable`. */
  disabledPolicies: fact<readonly FirewallPolicy[]>()({
    commands: ['policies'],
    perVdom: true,
    compare: 'a policy that is disabled is seen as one that is gone',
  }),
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
  vdomSettings: fact<readonly VdomSettings[]>()({
    commands: ['vdom-settings'],
    perVdom: true,
    table: VDOM_SETTINGS,
    readApart: true,
  }),
  centralManagement: { commands: ['central-management'], object: CENTRAL_MANAGEMENT },
  fortiguard: { commands: ['fortiguard'], object: FORTIGUARD },
  phase1s: { commands: ['phase1-interfaces'], perVdom: true, table: PHASE1S },
  sslSessions: fact<readonly (VpnSession & SessionRow)[]>()({
    commands: ['ssl-sessions'],
    perVdom: true,
    compare: NOW,
  }),
  ipsecTunnels: fact<readonly VpnSession[]>()({ commands: ['ipsec-tunnels'], perVdom: true, compare: NOW }),
  haStatus: fact<HaStatus>()({ commands: ['ha-status'], compare: OBJECTS.haStatus }),
  licence: fact<DeviceLicence>()({ commands: ['system-status'], compare: NOW }),
  timeSync: fact<TimeSync>()({ commands: [], compare: NOW }),
  sslVpnBlocklist: fact<readonly BlocklistEntry[]>()({ commands: ['ssl-vpn-blocklist'], compare: NOW }),
  missingUsers: fact<readonly MissingUser[]>()({ commands: [], compare: NOW }),
  userNotices: fact<readonly UserNotice[]>()(FROM_LOG),
  explainedLines: fact<readonly ExplainedLine[]>()(FROM_LOG),
  questions: fact<readonly AskedQuestion[]>()(FROM_LOG),
  described: fact<readonly DescribedSentence[]>()(FROM_LOG),
  /** The last of each user. */
  facTokenEvents: fact<readonly FacTokenEvent[]>()(FROM_LOG),
  serverAnswers: fact<readonly ServerAnswer[]>()(FROM_LOG),
  directoryNotes: fact<readonly DirectoryNote[]>()(FROM_LOG),
  providerRefusals: fact<readonly ProviderRefusal[]>()(FROM_LOG),
  saidNetwork: fact<SaidNetwork>()(FROM_LOG),
  clientProfile: fact<readonly ProfileSetting[]>()(FROM_LOG),
  daemonFailures: fact<readonly DaemonFailure[]>()(FROM_LOG),
  radiusPackets: fact<readonly RadiusPacket[]>()(FROM_LOG),
  pushServerLookup: fact<PushServerLookup>()({
    commands: ['ping-push-server'],
    ofManagementVdom: true,
    compare: NOW,
  }),
  /** By VDOM; the routes of a VDOM say nothing about another. */
  defaultRoutes: fact<readonly RoutingTable[]>()({
    commands: ['default-route'],
    ofManagementVdom: true,
    compare: NOW,
  }),
  /** Of the addresses that were asked about. */
  serverRoutes: fact<readonly ServerRoute[]>()({ commands: ['server-route'], compare: NOW }),
  /** Names pinged from the FortiGate, each once, with the latest result. */
  hostLookups: fact<readonly HostLookup[]>()({ commands: [], compare: NOW }),
  /** `Missing server address.` and its -56 error, or the parse error of `config system ftm-push` in a VDOM. */
  pushConfigErrors: fact<readonly PushConfigError[]>()(FROM_LOG),
  debugLog: fact<DebugLog>()(FROM_LOG),
  /** Never empty when known: a debug log without an attempt is `unknown`. */
  attempts: fact<readonly Attempt[]>()(FROM_LOG),
  looseCallbacks: fact<readonly UnattributedCallback[]>()(FROM_LOG),
  flowDrops: fact<readonly FlowDrop[]>()(FROM_LOG),
  pushEvents: fact<readonly PushEvent[]>()(FROM_LOG),
  callbackPackets: fact<CallbackPackets>()(FROM_LOG),
  /** Debug flow, one entry per traced packet. */
  flowEvents: fact<readonly FlowTrace[]>()(FROM_LOG),
  pushdEvents: fact<readonly PushdEvent[]>()(FROM_LOG),
  provisioningErrors: fact<readonly ProvisioningError[]>()(FROM_LOG),
  blockedSources: fact<readonly BlockedSource[]>()(FROM_LOG),
  tokenEvents: fact<readonly TokenEvent[]>()(FROM_LOG),
  directoryFailures: fact<readonly DirectoryFailures[]>()(FROM_LOG),
  ikeLogins: fact<readonly IkeLogin[]>()(FROM_LOG),
});

export type FactKey = keyof typeof LIST;

/** The values of all facts that rules can use, by name. */
export type FactValues = { readonly [K in FactKey]: ValueOf<(typeof LIST)[K]> };

export type Facts = { readonly [K in FactKey]: Fact<FactValues[K]> };

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

/** Key of the type of the value in the type of a fact: it exists in types only. */
declare const VALUE: unique symbol;

/** Of a table and an object the fields say what its value is. */
type ValueOf<S> = S extends { readonly [VALUE]: infer V }
  ? V
  : S extends { readonly table: infer D extends Declaration }
    ? readonly EntryOf<D>[]
    : S extends { readonly object: infer D extends Declaration }
      ? ObjectOf<D>
      : never;

function fact<V>() {
  return <const S extends FactSpec<V>>(spec: S) => spec as S & { readonly [VALUE]: V };
}

function declareFacts<const T extends Readonly<Record<string, FactSpec>>>(facts: T): T {
  return facts;
}
