import type { Quote } from '../evidence/types.ts';
import type { Sourced } from './fact.ts';

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

/** `config system ftm-push`. Fields that the device's version does not have are absent. */
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
  /** Dotted address without its mask; absent when 0.0.0.0 or assigned by DHCP or PPPoE. */
  readonly address?: string;
  /** The line of the address, where a configuration shows one. */
  readonly quotes?: readonly Quote[];
  /** Of IPv6, without its prefix length; absent when `::`. */
  readonly address6?: string;
  /** Second and later addresses (`config secondaryip`). */
  readonly secondary: readonly string[];
  /** What each of these lets in: the interface's own list is not theirs. */
  readonly secondaryAccess?: readonly SecondaryAccess[];
  readonly mode: 'static' | 'dhcp' | 'pppoe';
  readonly role?: string;
  /** `set status down`. */
  readonly down?: true;
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  readonly allowaccess: Sourced<readonly string[]>;
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
  /** IPv6 trusted hosts other than ::/0; absent where there are none. */
  readonly trustedHosts6?: Sourced<readonly string[]>;
  /** Neither a backup nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  readonly profile?: string;
}

/** An administrator profile: whether it allows anything. */
export interface AdminProfile {
  readonly name: string;
  readonly grants: boolean;
}

export interface GlobalSettings {
  readonly adminSport: Sourced<number>;
  /** The administration page without TLS, and the two command lines. */
  readonly adminPort: Sourced<number>;
  readonly adminSshPort: Sourced<number>;
  readonly adminTelnetPort: Sourced<number>;
  /** The VDOM that pushes leave from, among other things of the device itself. */
  readonly managementVdom: Sourced<string>;
  /** Seconds. */
  readonly remoteAuthTimeout: Sourced<number>;
  /** Seconds; how long a token code or push stays valid. */
  readonly ftkExpiry: Sourced<number>;
  /** Seconds; how long a token of FortiAuthenticator stays valid. */
  readonly facExpiry: Sourced<number>;
  /** HOURS; the activation window, not the tap window. */
  readonly ftmExpiry: Sourced<number>;
  readonly cloudCommunication: Sourced<boolean>;
  readonly fortitokenCloud: Sourced<boolean>;
  readonly fortitokenCloudPush: Sourced<boolean>;
}

/** VDOMs that the evidence shows to exist. */
export interface VdomList {
  readonly names: readonly string[];
  /** The device listed them, or a whole backup holds them: there are no others. */
  readonly complete: boolean;
}

/** Which VDOMs the question concerns, and which of them the evidence holds. All empty on a device without VDOMs. */
export interface VdomCoverage {
  readonly concerned: readonly string[];
  readonly read: readonly string[];
  /** Concerned, or not known not to be, and not read. */
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
  /** Addresses of `config server-list` that stand in for FortiGuard's own servers. */
  readonly updateServers: Sourced<readonly string[]>;
  /** FortiGuard's public servers are asked as well. */
  readonly publicServers: Sourced<boolean>;
}

export interface FortiguardSettings {
  readonly proxyServer: Sourced<string>;
  /** 0 where none is set. */
  readonly proxyPort: Sourced<number>;
  /** `0.0.0.0` where none is set. */
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
  readonly eap: boolean;
  /** `authusrgrp`: who may log in with XAUTH or EAP. */
  readonly userGroup?: string;
  /** `usrgrp`: dial-up peers that are known by a user name. */
  readonly peerGroup?: string;
  /** Seconds; how long the negotiation of the tunnel may take, the user's approval included. */
  readonly negotiateTimeout: Sourced<number>;
  /** `forticlient-enforcement`: other clients are turned away. */
  readonly onlyFortiClient: Sourced<boolean>;
}

export interface SslVpnSettings {
  readonly vdom?: string;
  readonly enabled: Sourced<boolean>;
  readonly port: Sourced<number>;
  readonly interfaces: Sourced<readonly string[]>;
  /** Its authentication rules, each line with what it names. */
  readonly rules: readonly {
    readonly groups: Sourced<readonly string[]>;
    readonly users: Sourced<readonly string[]>;
  }[];
  /** Groups and users named by its authentication rules. */
  readonly groups: readonly string[];
  readonly users: readonly string[];
  /** Seconds. */
  readonly loginTimeout: Sourced<number>;
  /** Failed logins before a source address is blocked; 0 never blocks. */
  readonly loginAttemptLimit: Sourced<number>;
  /** Seconds a source address stays blocked; 0 never blocks. */
  readonly loginBlockTime: Sourced<number>;
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
  /** An address for activations and codes is set. */
  readonly hasEmail: boolean;
  /** False where `Ana` and `ana` are one user. */
  readonly caseSensitive: boolean;
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  /** Somebody asked the device for this entry: `show user local marlow`. */
  readonly shownAlone?: true;
}

export interface UserGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: Sourced<readonly string[]>;
}

/** A row of `diagnose fortitoken info`. `status` is the device's own wording. */
export interface TokenState {
  readonly serial: string;
  readonly drift: number;
  readonly status: Sourced<string>;
}

/** An entry of `show user fortitoken`; secrets in it were redacted before. */
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

export interface RadiusServer {
  readonly name: string;
  readonly vdom?: string;
  /** Seconds. */
  readonly timeout: Sourced<number>;
  readonly allUsergroup: Sourced<boolean>;
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

/** What `execute ping push.fortinet.com` showed about name resolution; ICMP loss proves nothing. */
export type PushServerLookup =
  | { readonly resolved: true; readonly address: string }
  | { readonly resolved: false };

/** What `execute ping <name>` showed about a name: the address it leads to, or that it leads nowhere. */
export interface HostLookup {
  readonly name: string;
  readonly address?: string;
  readonly quotes: readonly Quote[];
}

/** `get system ha status`: the members as the cluster lists them. */
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

/** What a user saw on a screen, as far as somebody put the words into the evidence. */
export interface UserNotice {
  readonly kind: 'too-many-attempts' | 'certificate-refused';
  readonly quote: Quote;
}

/** RADIUS packets as `tcpdump` names them, between one client (NAS) and one server. */
export interface RadiusPacket {
  readonly kind: 'request' | 'challenge' | 'accept' | 'reject';
  /** Address of the client, without its port. */
  readonly client: string;
  readonly server: string;
  readonly quote: Quote;
}

export interface PushConfigError {
  readonly kind: 'missing-address' | 'wrong-scope';
  /** `server-ip`, where the refused line is visible. */
  readonly attempted?: string;
}
