import type { Quote } from '../evidence/types.ts';
import type { Area } from '../fortios/access-areas.ts';
import type { Sourced } from './fact.ts';

/** What the account of a session may not read. */
export interface Refusals {
  /** Areas of its access profile of which nothing was shown. */
  readonly areas: readonly Area[];
  /** No setting at all was shown. */
  readonly everything: boolean;
}

export interface TruncatedBackup {
  readonly source: string;
  /** Its last block: `config system admin`. */
  readonly endsWith: string;
}

export interface DeviceIdentity {
  readonly model?: string;
  readonly hostname?: string;
  readonly haMode?: string;
  readonly currentVdom?: string;
}

/** `config system ftm-push`. Fields that the device's version lacks are absent. */
export interface PushService {
  readonly status: Sourced<'enable' | 'disable'>;
  readonly server?: Sourced<string>;
  readonly serverIp?: Sourced<string>;
  readonly interface?: Sourced<string>;
  readonly serverCert?: Sourced<string>;
  readonly serverPort: Sourced<number>;
  readonly proxy?: Sourced<'enable' | 'disable'>;
}

export interface Interface {
  readonly name: string;
  readonly vdom?: string;
  /** Dotted address without its mask; absent if 0.0.0.0 or assigned by DHCP or PPPoE. */
  readonly address?: string;
  /** The line of the address, where a configuration shows one. */
  readonly quotes?: readonly Quote[];
  /** Of IPv6, without its prefix length; absent when `::`. */
  readonly address6?: string;
  /** Second and later addresses (`config secondaryip`). */
  readonly secondary: readonly string[];
  /** What each secondary address allows: the interface's own list does not apply to them. */
  readonly secondaryAccess?: readonly SecondaryAccess[];
  readonly mode: 'static' | 'dhcp' | 'pppoe';
  readonly role?: string;
  /** `set status down`. */
  readonly down?: true;
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  readonly allowaccess: Sourced<readonly string[]>;
  /** `ike-saml-server`: entry of `user saml` whose sign-in for IPsec is served here; empty: none. */
  readonly samlServer?: Sourced<string>;
}

export interface SecondaryAccess {
  /** Its number in the table: `edit 1`. */
  readonly key: string;
  readonly address: string;
  readonly quotes: readonly Quote[];
  readonly allowaccess: Sourced<readonly string[]>;
}

export interface Administrator {
  readonly name: string;
  /** IPv4 trusted hosts other than 0.0.0.0/0; empty means any source. */
  readonly trustedHosts: Sourced<readonly string[]>;
  /** IPv6 trusted hosts other than ::/0; absent without any. */
  readonly trustedHosts6?: Sourced<readonly string[]>;
  /** Neither a backup nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  readonly profile?: string;
  readonly twoFactor: LocalUser['twoFactor'];
  /** Serial of the linked token, as the device spells it. */
  readonly token?: Sourced<string>;
}

/** An administrator profile: whether it allows anything. */
export interface AdminProfile {
  readonly name: string;
  readonly grants: boolean;
}

export interface GlobalSettings {
  readonly adminSport: Sourced<number>;
  /** Ports of the admin page over HTTP, and of Telnet and SSH. */
  readonly adminPort: Sourced<number>;
  readonly adminSshPort: Sourced<number>;
  readonly adminTelnetPort: Sourced<number>;
  /** The VDOM that push requests leave from, besides other traffic of the device itself. */
  readonly managementVdom: Sourced<string>;
  /** Seconds. */
  readonly remoteAuthTimeout: Sourced<number>;
  /** Seconds; how long a token code or push stays valid. */
  readonly ftkExpiry: Sourced<number>;
  /** Seconds; how long a token of FortiAuthenticator stays valid. */
  readonly facExpiry: Sourced<number>;
  /** HOURS; the activation window, not the tap window. */
  readonly ftmExpiry: Sourced<number>;
  /** `auth-ike-saml-port`: where FortiClient begins the SAML sign-in for IPsec. */
  readonly ikeSamlPort: Sourced<number>;
  readonly cloudCommunication: Sourced<boolean>;
  readonly fortitokenCloud: Sourced<boolean>;
  readonly fortitokenCloudPush: Sourced<boolean>;
}

/** VDOMs known to exist. */
export interface VdomList {
  readonly names: readonly string[];
  /** The device listed them, or a whole backup holds them: there are no others. */
  readonly complete: boolean;
}

/** Which VDOMs the question concerns, and which of them the evidence holds. All empty on a device without VDOMs. */
export interface VdomCoverage {
  readonly concerned: readonly string[];
  readonly read: readonly string[];
  /** Concerned, or possibly concerned, and not read. */
  readonly unread: readonly { readonly vdom: string; readonly reason: string }[];
}

/** `config system settings` of one VDOM. */
export interface VdomSettings {
  readonly vdom?: string;
  readonly ikeTcpPort: Sourced<number>;
}

export interface CentralManagement {
  /** `fortimanager`, `fortiguard` or `none`. */
  readonly type: Sourced<string>;
  /** Addresses of `config server-list` that replace FortiGuard's own servers. */
  readonly updateServers: Sourced<readonly string[]>;
  /** FortiGuard's public servers are used as well. */
  readonly publicServers: Sourced<boolean>;
}

export interface FortiguardSettings {
  readonly proxyServer: Sourced<string>;
  /** 0 if unset. */
  readonly proxyPort: Sourced<number>;
  /** `0.0.0.0` if unset. */
  readonly sourceAddress: Sourced<string>;
  /** `auto`, `sdwan` or `specify`; 6.2.5 and later. */
  readonly interfaceSelection: Sourced<string>;
}

/** A dial-up or site tunnel of `vpn ipsec phase1-interface`. */
export interface Phase1 {
  readonly name: string;
  readonly vdom?: string;
  readonly dialup: boolean;
  readonly ikeVersion: Sourced<number>;
  readonly eap: Sourced<boolean>;
  readonly interface: Sourced<string>;
  /** `mode` of IKEv1: `main` or `aggressive`. */
  readonly mode: Sourced<string>;
  /** `peertype`: `any`, `one`, `dialup`, `peer` …; `peerid` is the name that `one` asks of the client. */
  readonly peerType: Sourced<string>;
  readonly peerId: Sourced<string>;
  /** `local-gw`; `0.0.0.0` is the address of the interface. */
  readonly localGateway: Sourced<string>;
  /** `network-id` with `network-overlay enable`, else 0, which FortiClient sends. */
  readonly networkId: Sourced<number>;
  /** `dhgrp`, in order. */
  readonly dhGroups: Sourced<readonly string[]>;
  /** `proposal`: ciphers and hashes. */
  readonly proposals: Sourced<readonly string[]>;
  /** `remote-gw-match`, since 7.4.4: which addresses of clients it takes; `any` by default. */
  readonly remoteMatch: Sourced<string>;
  /** First and last address for clients; empty without a range. */
  readonly firstAddress: Sourced<string>;
  readonly lastAddress: Sourced<string>;
  /** `authusrgrp`: who may log in with XAUTH or EAP. */
  readonly userGroup?: string;
  /** `usrgrp`: dial-up peers identified by a user name. */
  readonly peerGroup?: string;
  /** Seconds; time limit of the tunnel's negotiation, the user's approval included. */
  readonly negotiateTimeout: Sourced<number>;
  /** `forticlient-enforcement`: other clients are refused. */
  readonly onlyFortiClient: Sourced<boolean>;
}

export interface SslVpnSettings {
  readonly vdom?: string;
  readonly enabled: Sourced<boolean>;
  readonly port: Sourced<number>;
  /** `servercert`; empty if not shown. */
  readonly certificate: Sourced<string>;
  readonly interfaces: Sourced<readonly string[]>;
  /** Address objects that may connect; with `negated`, those that may not. */
  readonly sources: Sourced<readonly string[]>;
  readonly negated: Sourced<boolean>;
  /** Authentication rules, each with the names in it. */
  readonly rules: readonly {
    readonly groups: Sourced<readonly string[]>;
    readonly users: Sourced<readonly string[]>;
    /** Empty: the portal without a realm. */
    readonly realm: Sourced<string>;
    readonly portal: Sourced<string>;
  }[];
  /** Groups and users named by the authentication rules. */
  readonly groups: readonly string[];
  readonly users: readonly string[];
  /** Seconds. */
  readonly loginTimeout: Sourced<number>;
  /** Failed logins before a source address is blocked; 0 never blocks. */
  readonly loginAttemptLimit: Sourced<number>;
  /** Seconds a source address stays blocked; 0 never blocks. */
  readonly loginBlockTime: Sourced<number>;
}

/** An entry of `vpn ssl web portal`; settings that are not shown have FortiOS’s default. */
export interface SslPortal {
  readonly name: string;
  readonly vdom?: string;
  readonly tunnelMode: Sourced<boolean>;
  readonly webMode: Sourced<boolean>;
  /** `none`, `av`, `fw`, `av-fw` or `custom`. */
  readonly hostCheck: Sourced<string>;
  readonly limitUserLogins: Sourced<boolean>;
}

export interface LocalUser {
  readonly name: string;
  readonly vdom?: string;
  readonly type: 'password' | 'ldap' | 'radius' | 'tacacs+' | 'saml';
  readonly enabled: boolean;
  /** The line that disables the user. */
  readonly disabledBy?: readonly Quote[];
  readonly twoFactor: Sourced<'disable' | 'fortitoken' | 'fortitoken-cloud' | 'email' | 'sms'>;
  /** Serial of the linked token, as the device spells it. */
  readonly token?: Sourced<string>;
  /** Server a remote user authenticates against. */
  readonly remoteServer?: string;
  /** An e-mail address for activations and codes is set. */
  readonly hasEmail: boolean;
  /** False if `Ana` and `ana` are the same user. */
  readonly caseSensitive: boolean;
  /** `passwd-policy`, by name. */
  readonly passwordPolicy?: string;
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  /** The device was asked for this entry: `show user local marlow`. */
  readonly shownAlone?: true;
}

/** A row of `diagnose fortitoken info`. `status` is the device's wording. */
export interface TokenState {
  readonly serial: string;
  readonly drift: number;
  readonly status: Sourced<string>;
}

/** An entry of `show user fortitoken`; its secrets are redacted. */
export interface TokenConfig {
  readonly serial: string;
  readonly vdom?: string;
  readonly locked: Sourced<boolean>;
  /** A phone has registered for push. */
  readonly registered: boolean;
  readonly osVersion?: string;
  /** Seconds since the Unix epoch. */
  readonly activationExpires?: Sourced<number>;
  readonly licence?: string;
}

export interface DnsSettings {
  readonly primary: Sourced<string>;
  readonly secondary: Sourced<string>;
}

export interface DdnsEntry {
  /** Its number in the table: `edit 1`. */
  readonly key: string;
  readonly domain: string;
  readonly monitorInterfaces: readonly string[];
}

/** What `execute ping push.fortinet.com` shows; ICMP loss proves nothing, a reply (`replied`) that the way is open. */
export type PushServerLookup =
  | { readonly resolved: true; readonly address: string; readonly replied?: Quote }
  | { readonly resolved: false };

/** What `execute ping <name>` shows about a name: its address, or that it does not resolve. */
export interface HostLookup {
  readonly name: string;
  readonly address?: string;
  readonly quotes: readonly Quote[];
}

/** `get system ha status`: the members as listed. */
export interface HaStatus {
  /** `HA A-P`, `HA A-A`, `Standalone` …, as printed. */
  readonly mode: Sourced<string>;
  readonly members: readonly HaMember[];
}

interface HaMember {
  readonly role: 'primary' | 'secondary';
  readonly serial: string;
  readonly quotes: readonly Quote[];
}

/** Licence lines of `get system status`; only virtual machines print them. */
export interface DeviceLicence {
  /** `Valid`, `Invalid`, `Evaluation` …, as printed. */
  readonly status?: Sourced<string>;
  readonly evaluation: boolean;
}

/** A row of `diagnose vpn ssl blocklist list`: `locked` is refused, `pending` has failed but is not blocked yet. */
export interface BlocklistEntry {
  readonly address: string;
  readonly status: Sourced<'locked' | 'pending'>;
}

/** A message on a user's screen that a person copied into the evidence. */
export interface UserNotice {
  readonly kind:
    | 'too-many-attempts'
    | 'certificate-refused'
    | 'already-connected'
    | 'host-check'
    | 'no-address'
    | 'other-client';
  readonly quote: Quote;
}

/** What a FortiAuthenticator logged about a token that it holds. */
export interface FacTokenEvent {
  readonly kind: 'out-of-sync' | 'activation-expired' | 'accepted';
  readonly user: string;
  /** Milliseconds since the Unix epoch, if the line has a time. */
  readonly at?: number;
  readonly quote: Quote;
}

/** An entry of the crash log. */
export interface DaemonCrash {
  readonly daemon: 'fnbamd';
  readonly quote: Quote;
}

/** RADIUS packets as `tcpdump` prints them, between one client (NAS) and one server. */
export interface RadiusPacket {
  readonly kind: 'request' | 'challenge' | 'accept' | 'reject';
  /** Address of the client, without its port. */
  readonly client: string;
  readonly server: string;
  readonly quote: Quote;
}

export interface PushConfigError {
  readonly kind: 'missing-address' | 'wrong-scope';
  /** `server-ip`, if the refused line is visible. */
  readonly attempted?: string;
}
