import type { SessionRow } from '../fortios/output/vpn-sessions.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import type {
  Administrator,
  AdminProfile,
  LocalUser,
  TokenConfig,
  UserGroup,
} from './accounts/account-values.ts';
import type {
  CertificatePeer,
  LdapSettings,
  LoginCertificate,
  PasswordPolicy,
  RadiusSettings,
  SamlServer,
} from './accounts/auth-server-values.ts';
import type { Attempt, DebugLog, FlowDrop, PushEvent, UnattributedCallback } from './attempt.ts';
import type { ShownSettings } from './config/shown-settings.ts';
import type { DescribedSentence } from './described/described.ts';
import type {
  CentralManagement,
  DnsSettings,
  FortiguardSettings,
  GlobalSettings,
  Phase1,
  SslPortal,
  SslVpnSettings,
  VdomSettings,
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
import type {
  AddressGroup,
  AddressObject,
  CustomService,
  DdnsEntry,
  FirewallPolicy,
  LocalInPolicy,
  OnetimeSchedule,
  RecurringSchedule,
  ScheduleGroup,
  ServiceGroup,
  VirtualIp,
  Zone,
} from './network/firewall-values.ts';
import type { Interface } from './network/interface-values.ts';
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

/** All facts that rules can use, by name. */
export interface FactValues {
  /** A truncated backup of the evidence, if no backup is complete. */
  readonly truncatedBackup: TruncatedBackup;
  readonly cutBlock: TruncatedBackup;
  readonly refusals: Refusals;
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
  readonly liveAddresses: ReadonlyMap<string, LiveAddress>;
  readonly administrators: readonly Administrator[];
  readonly adminProfiles: readonly AdminProfile[];
  readonly global: GlobalSettings;
  /** Single settings from `show … | grep …`, used if the whole object is not known. */
  readonly shownSettings: ShownSettings;
  readonly sslVpn: readonly SslVpnSettings[];
  readonly sslPortals: readonly SslPortal[];
  readonly vips: readonly VirtualIp[];
  readonly localUsers: readonly LocalUser[];
  readonly missingUsers: readonly MissingUser[];
  readonly userGroups: readonly UserGroup[];
  readonly tokenStates: readonly TokenState[];
  readonly tokenConfigs: readonly TokenConfig[];
  readonly tokenServer: 'reachable' | 'unreachable';
  readonly radiusServers: readonly RadiusSettings[];
  readonly ldapServers: readonly LdapSettings[];
  readonly samlServers: readonly SamlServer[];
  /** Certificates that SAML, LDAPS and SSL VPN name. */
  readonly loginCertificates: readonly LoginCertificate[];
  readonly certificatePeers: readonly CertificatePeer[];
  readonly passwordPolicies: readonly PasswordPolicy[];
  readonly dns: DnsSettings;
  readonly ddns: readonly DdnsEntry[];
  /** Policies that name users or groups, and those of an interface of a VPN; others admit no user to one. */
  readonly firewallPolicies: readonly FirewallPolicy[];
  /** The same with `set status disable`. */
  readonly disabledPolicies: readonly FirewallPolicy[];
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
  readonly sslSessions: readonly (VpnSession & SessionRow)[];
  readonly ipsecTunnels: readonly VpnSession[];
  readonly haStatus: HaStatus;
  readonly licence: DeviceLicence;
  readonly timeSync: TimeSync;
  readonly sslVpnBlocklist: readonly BlocklistEntry[];
  readonly userNotices: readonly UserNotice[];
  readonly explainedLines: readonly ExplainedLine[];
  readonly questions: readonly AskedQuestion[];
  readonly described: readonly DescribedSentence[];
  /** The last of each user. */
  readonly facTokenEvents: readonly FacTokenEvent[];
  readonly serverAnswers: readonly ServerAnswer[];
  readonly directoryNotes: readonly DirectoryNote[];
  readonly saidNetwork: SaidNetwork;
  readonly clientProfile: readonly ProfileSetting[];
  readonly daemonFailures: readonly DaemonFailure[];
  readonly radiusPackets: readonly RadiusPacket[];
  readonly pushServerLookup: PushServerLookup;
  /** By VDOM; the routes of a VDOM say nothing about another. */
  readonly defaultRoutes: readonly RoutingTable[];
  /** Of the addresses that were asked about. */
  readonly serverRoutes: readonly ServerRoute[];
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
  readonly directoryFailures: readonly DirectoryFailures[];
  readonly ikeLogins: readonly IkeLogin[];
}

export type FactKey = keyof FactValues;

export type Facts = { readonly [K in FactKey]: Fact<FactValues[K]> };
