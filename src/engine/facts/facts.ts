import type { CommandId } from '../fortios/commands.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import type { UserGroup } from './accounts/user-group.ts';
import type { Attempt, DebugLog, FlowDrop, PushEvent, UnattributedCallback } from './attempt.ts';
import type { ShownSettings } from './config/shown-settings.ts';
import type { Fact, Sourced } from './fact.ts';
import type {
  BlockedSource,
  CallbackPackets,
  FlowTrace,
  IkeLogin,
  ProvisioningError,
  PushdEvent,
  TokenEvent,
} from './log-events.ts';
import type {
  AddressGroup,
  AddressObject,
  CustomService,
  FirewallPolicy,
  LocalInPolicy,
  OnetimeSchedule,
  RecurringSchedule,
  ScheduleGroup,
  ServiceGroup,
  VirtualIp,
  Zone,
} from './network/firewall-values.ts';
import type { RoutingTable } from './network/routing-table.ts';
import type { PushCertificate } from './push/push-certificate-values.ts';
import type {
  Administrator,
  AdminProfile,
  BlocklistEntry,
  CentralManagement,
  DdnsEntry,
  DeviceIdentity,
  DeviceLicence,
  DnsSettings,
  FortiguardSettings,
  GlobalSettings,
  HaStatus,
  HostLookup,
  Interface,
  LocalUser,
  Phase1,
  PushConfigError,
  PushServerLookup,
  PushService,
  RadiusPacket,
  RadiusServer,
  SslVpnSettings,
  TokenConfig,
  TokenState,
  TruncatedBackup,
  UserNotice,
  VdomCoverage,
  VdomList,
  VdomSettings,
} from './values.ts';

/** All facts that rules can use, by name. */
export interface FactValues {
  /** A truncated backup of the evidence, if no backup is complete. */
  readonly truncatedBackup: TruncatedBackup;
  /** The source of a backup that holds the whole configuration. */
  readonly wholeBackup: string;
  readonly version: FortiosVersion;
  readonly vdomMode: 'single' | 'multi';
  readonly vdoms: VdomList;
  /** Depends on the question: set by the diagnosis (diagnosis/vdom-coverage.ts). */
  readonly vdomCoverage: VdomCoverage;
  readonly device: DeviceIdentity;
  /** The device's clock when it was read: see `parseClock`. */
  readonly systemTime: number;
  readonly pushService: PushService;
  readonly pushCertificate: PushCertificate;
  readonly interfaces: readonly Interface[];
  /** Current addresses of the interfaces (`get system interface physical`): name to address. */
  readonly liveAddresses: ReadonlyMap<string, Sourced<string>>;
  readonly administrators: readonly Administrator[];
  readonly adminProfiles: readonly AdminProfile[];
  readonly global: GlobalSettings;
  /** Single settings from `show … | grep …`, used if the whole object is not known. */
  readonly shownSettings: ShownSettings;
  readonly sslVpn: readonly SslVpnSettings[];
  readonly vips: readonly VirtualIp[];
  readonly localUsers: readonly LocalUser[];
  readonly userGroups: readonly UserGroup[];
  readonly tokenStates: readonly TokenState[];
  readonly tokenConfigs: readonly TokenConfig[];
  readonly tokenServer: 'reachable' | 'unreachable';
  readonly radiusServers: readonly RadiusServer[];
  readonly dns: DnsSettings;
  readonly ddns: readonly DdnsEntry[];
  /** Policies that name users or groups; others admit nobody to a VPN. */
  readonly firewallPolicies: readonly FirewallPolicy[];
  readonly localInPolicies: readonly LocalInPolicy[];
  readonly customServices: readonly CustomService[];
  readonly serviceGroups: readonly ServiceGroup[];
  readonly addresses: readonly AddressObject[];
  readonly addressGroups: readonly AddressGroup[];
  readonly recurringSchedules: readonly RecurringSchedule[];
  readonly onetimeSchedules: readonly OnetimeSchedule[];
  readonly scheduleGroups: readonly ScheduleGroup[];
  readonly zones: readonly Zone[];
  readonly vdomSettings: readonly VdomSettings[];
  readonly centralManagement: CentralManagement;
  readonly fortiguard: FortiguardSettings;
  readonly phase1s: readonly Phase1[];
  readonly haStatus: HaStatus;
  readonly licence: DeviceLicence;
  readonly sslVpnBlocklist: readonly BlocklistEntry[];
  readonly userNotices: readonly UserNotice[];
  readonly radiusPackets: readonly RadiusPacket[];
  readonly pushServerLookup: PushServerLookup;
  /** By VDOM; the routes of a VDOM say nothing about another. */
  readonly defaultRoutes: readonly RoutingTable[];
  /** Names pinged from the FortiGate, each once, with the latest result. */
  readonly hostLookups: readonly HostLookup[];
  /** `Missing server address.` and its -56 error, or the parse error of `config system ftm-push` in a VDOM. */
  readonly pushConfigErrors: readonly PushConfigError[];
  readonly debugLog: DebugLog;
  /** Never empty when known: a debug log without an attempt is `unknown`. */
  readonly attempts: readonly Attempt[];
  readonly looseCallbacks: readonly UnattributedCallback[];
  readonly flowDrops: readonly FlowDrop[];
  readonly pushEvents: readonly PushEvent[];
  readonly callbackPackets: CallbackPackets;
  /** Debug flow, one entry per traced packet. */
  readonly flowEvents: readonly FlowTrace[];
  readonly pushdEvents: readonly PushdEvent[];
  readonly provisioningErrors: readonly ProvisioningError[];
  readonly blockedSources: readonly BlockedSource[];
  readonly tokenEvents: readonly TokenEvent[];
  readonly ikeLogins: readonly IkeLogin[];
}

export type FactKey = keyof FactValues;

export type Facts = { readonly [K in FactKey]: Fact<FactValues[K]> };

/** Which commands show which fact. The collection plan is built from it, for the facts that the rules need. */
export const FACT_COMMANDS: Readonly<Record<FactKey, readonly CommandId[]>> = {
  truncatedBackup: [],
  wholeBackup: [],
  version: ['system-status'],
  vdomMode: ['system-status'],
  vdoms: ['vdom-list'],
  vdomCoverage: [],
  device: ['system-status'],
  systemTime: ['system-status'],
  pushService: ['ftm-push'],
  pushCertificate: ['local-certificates', 'authorities'],
  interfaces: ['interfaces'],
  liveAddresses: ['interface-addresses'],
  administrators: ['administrators'],
  adminProfiles: ['admin-profiles'],
  global: ['system-global'],
  shownSettings: [],
  sslVpn: ['ssl-vpn'],
  vips: ['vips'],
  localUsers: ['local-users'],
  userGroups: ['user-groups'],
  tokenStates: ['fortitoken-info'],
  tokenConfigs: ['fortitokens'],
  tokenServer: ['fortitoken-info'],
  radiusServers: ['radius'],
  dns: ['dns'],
  ddns: ['ddns'],
  firewallPolicies: ['policies'],
  localInPolicies: ['local-in-policies'],
  customServices: ['custom-services'],
  serviceGroups: ['service-groups'],
  addresses: ['addresses'],
  addressGroups: ['address-groups'],
  recurringSchedules: ['recurring-schedules'],
  onetimeSchedules: ['onetime-schedules'],
  scheduleGroups: ['schedule-groups'],
  zones: ['zones', 'sdwan'],
  vdomSettings: ['vdom-settings'],
  centralManagement: ['central-management'],
  fortiguard: ['fortiguard'],
  phase1s: ['phase1-interfaces'],
  haStatus: ['ha-status'],
  licence: ['system-status'],
  sslVpnBlocklist: ['ssl-vpn-blocklist'],
  userNotices: [],
  radiusPackets: [],
  pushServerLookup: ['ping-push-server'],
  defaultRoutes: ['default-route'],
  hostLookups: [],
  pushConfigErrors: [],
  debugLog: [],
  attempts: [],
  looseCallbacks: [],
  flowDrops: [],
  pushEvents: [],
  callbackPackets: [],
  flowEvents: [],
  pushdEvents: [],
  provisioningErrors: [],
  blockedSources: [],
  tokenEvents: [],
  ikeLogins: [],
};

/** Facts that only logs show (debug, sniffer, event log), never a configuration. */
export const LOG_FACTS: ReadonlySet<FactKey> = new Set<FactKey>([
  'pushConfigErrors',
  'userNotices',
  'radiusPackets',
  'debugLog',
  'attempts',
  'looseCallbacks',
  'flowDrops',
  'pushEvents',
  'callbackPackets',
  'flowEvents',
  'pushdEvents',
  'provisioningErrors',
  'blockedSources',
  'tokenEvents',
  'ikeLogins',
]);

/** Facts that each VDOM has separately. */
export const VDOM_FACTS = [
  'sslVpn',
  'vips',
  'localUsers',
  'userGroups',
  'tokenStates',
  'tokenServer',
  'tokenConfigs',
  'radiusServers',
  'firewallPolicies',
  'localInPolicies',
  'customServices',
  'serviceGroups',
  'addresses',
  'addressGroups',
  'recurringSchedules',
  'onetimeSchedules',
  'scheduleGroups',
  'zones',
  'vdomSettings',
  'phase1s',
] as const satisfies readonly FactKey[];

/** Facts that matter for pushes only in the management VDOM, from which they leave. */
export const MANAGEMENT_FACTS: ReadonlySet<FactKey> = new Set<FactKey>(['pushServerLookup', 'defaultRoutes']);

export type VdomFactKey = (typeof VDOM_FACTS)[number];
