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

/** A row of `diagnose fortitoken info`. `status` is the device's wording. */
export interface TokenState {
  readonly serial: string;
  readonly drift: number;
  readonly status: Sourced<string>;
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

/** Whether the device takes its time from NTP servers; `synchronized`: one of them answered, where a status says it. */
export interface TimeSync {
  readonly isOn?: boolean;
  readonly synchronized?: boolean;
  /** `04:11:52`: the time that `execute time` shows. */
  readonly shown?: string;
  /** `Sat Feb 28 23:40:10 2026` */
  readonly lastSync?: string;
}

/** A row of `diagnose vpn ssl blocklist list`: `locked` is refused, `pending` has failed but is not blocked yet. */
export interface BlocklistEntry {
  readonly address: string;
  /** Seconds until the block ends, when the list was read. */
  readonly remaining?: number | undefined;
  readonly status: Sourced<'locked' | 'pending'>;
}

/** The address that an interface has. */
export interface LiveAddress extends CurrentAddress {
  /** How it gets its address, where the output lists all interfaces with it. */
  readonly mode?: 'static' | 'dhcp' | 'pppoe' | undefined;
  /** The line that says that the interface is down, switched off or without a cable. */
  readonly down?: Quote | undefined;
  readonly further: readonly CurrentAddress[];
}

export interface CurrentAddress extends Sourced<string> {
  /** `203.0.113.77/255.255.255.0`, where every address of the device was listed. */
  readonly network?: string | undefined;
}

/** A message on a user's screen that a person copied into the evidence. */
/** An element of an exported profile of FortiClient. */
export interface ProfileSetting {
  /** `server` is that of SSL VPN; `dhgroup` and `proposal` are those of phase 1. */
  readonly name: 'server' | 'localid' | 'dhgroup' | 'proposal' | 'ike_saml_port';
  readonly value: string;
  readonly quote: Quote;
}

export interface UserNotice {
  readonly kind:
    | 'too-many-attempts'
    | 'certificate-refused'
    /** A browser or the log of a client does not accept the certificate of the VPN, and says why. */
    | 'vpn-certificate'
    | 'already-connected'
    | 'host-check'
    | 'no-address'
    | 'push-shown'
    /** The FortiGate accepted the login of openfortivpn and gave it no tunnel. */
    | 'no-tunnel'
    /** FortiClient VPN, which cannot do a host check. */
    | 'free-client'
    /** The platform of the phone to which a push is addressed, in its body. */
    | 'push-platform'
    /** The page of a RADIUS server says that its answer is not signed. */
    | 'radius-unsigned'
    /** Windows does not accept how the VPN identifies itself. */
    | 'windows-certificate'
    /** Windows has no certificate of the computer that it could show. */
    | 'windows-no-certificate'
    /** The profile of FortiClient has `xauth` switched off. */
    | 'client-xauth-off'
    /** A client such as strongSwan shows itself by a key or certificate, without EAP. */
    | 'client-without-eap'
    /** The name of the identity provider in a piece of its answer. */
    | 'saml-issuer'
    /** A login that ends late, and one whose client reaches no VPN. */
    | 'late-end'
    | 'unreachable'
    /** A person gets no tunnel, whatever the log says of the login. */
    | 'not-in'
    /** FortiClient says over EAP that the password failed. */
    | 'eap-password-error'
    /** A person’s client is in question, not a tunnel between sites. */
    | 'ipsec-client'
    | 'ssl-client'
    /** A person or a command speaks of push, a token or a second factor. */
    | 'push-named'
    /** The refusal is event 6273 of NPS, and its Reason Code is missing. */
    | 'nps-event'
    | 'other-client';
  readonly quote: Quote;
}

/** A code of FortiClient, words of a person whose VPN is connected, or a debug line that people take for a fault. */
export interface ExplainedLine {
  readonly kind:
    | 'client-code'
    | 'access-failed'
    | 'complaint'
    | 'factor-off'
    | 'own-certificate'
    | 'debug-command'
    | 'retransmission'
    | 'eap-challenged'
    | 'no-conclusion'
    | 'no-ipv6'
    | 'no-factor'
    | 'unknown-spi'
    | 'skew-tolerance'
    | 'no-abort'
    | 'tls-begin'
    | 'client-came'
    | 'said-where'
    /** When the trouble began, or after what. */
    | 'said-since'
    | 'no-traffic';
  /** The words of the line that say so. */
  readonly said: string;
  readonly quote: Quote;
}

/** What a person asks in the text. */
export interface AskedQuestion {
  readonly topic: QuestionTopic;
  /** The clause that names the topic, which an answer quotes. */
  readonly said: string;
  readonly sentence: string;
  readonly quote: Quote;
}

export type QuestionTopic =
  /** Which part is at fault, or whether a certain one is: `is it the certificate?` */
  | 'place'
  /** What a code or a percentage says: `what does data 532 mean?` */
  | 'meaning'
  /** Whom it concerns. */
  | 'who'
  | 'factor'
  /** Whether the answer or the text may go to others. */
  | 'share'
  | 'buy'
  | 'rollback'
  /** Whether all is well, or still wrong. */
  | 'ready'
  | 'token'
  | 'password'
  /** Which of both is at fault: `is it the token or the password?` */
  | 'token-or-password'
  | 'restart'
  /** Whether the fix cuts users off, and may be made during the day. */
  | 'risk'
  /** What the fix opens or changes besides. */
  | 'side-effect'
  /** Whether every client or phone has to be changed. */
  | 'clients'
  | 'vendor'
  | 'attack'
  /** Whether a setting of the FortiGate has to be changed. */
  | 'change'
  | 'todo'
  /** Whether what the text shows is in order. */
  | 'sound'
  /** How users get in until the cause is removed. */
  | 'meanwhile'
  /** Why it worked before, or whether an update brought the trouble. */
  | 'update'
  /** Whether it is a known bug, and which release corrects it. */
  | 'release'
  | 'duration'
  /** Whether a program or an app has to be installed again. */
  | 'reinstall'
  /** What to say to the user. */
  | 'tell'
  /** What exactly is to be typed. */
  | 'typed'
  /** How to see that it is fixed, or whose fault it is. */
  | 'verify'
  /** How it does not come again. */
  | 'prevent'
  /** Why it works for others, from another network, or in a test. */
  | 'elsewhere'
  /** Whether a change of their own, or of that day, is the cause. */
  | 'own-change'
  /** Where a setting is made. */
  | 'where'
  /** Which of two values goes in. */
  | 'choice'
  /** What to ask another team for. */
  | 'request'
  /** Whether one step is enough, or several are needed. */
  | 'enough'
  /** Whether the fix can be taken back. */
  | 'undo'
  | `which-${'certificate' | 'group' | 'attribute' | 'address' | 'port' | 'value' | 'setting'}`
  /** Only a rule has an answer, by the words of the question. */
  | 'other';

/** What a FortiAuthenticator logged about the login of a user whose token it holds. */
export interface FacTokenEvent {
  /** `needs-pap`: the scheme of the request does not carry the password that it has to check. */
  readonly kind: 'out-of-sync' | 'activation-expired' | 'locked' | 'needs-pap' | 'refused' | 'accepted';
  readonly user: string;
  /** Milliseconds since the Unix epoch, if the line has a time. */
  readonly at?: number;
  readonly quote: Quote;
}

/** A login that a server outside of the FortiGate accepted, as the log of the server or a person tells. */
export interface ServerAnswer {
  readonly user?: string | undefined;
  /** Seconds since the Unix epoch at which the server was asked, read as if it were UTC; absent in a person’s words. */
  readonly at: number | undefined;
  /** Until a person approved, or the server accepted by itself. */
  readonly seconds: number;
  readonly approved: boolean;
  readonly quotes: readonly Quote[];
}

/** What a directory or NPS says of an account: text that people paste beside the log of the FortiGate. */
export type DirectoryNote =
  | {
      readonly kind: 'refused';
      readonly user: string;
      /** `48`: the reason code of NPS. */
      readonly code: string;
      readonly reason: string;
      readonly quote: Quote;
    }
  | {
      readonly kind: 'entry';
      /** What the account is called, in lower case: `cn=olga marsh`, `samaccountname=o.marsh`. */
      readonly names: readonly string[];
      readonly dn: string;
      readonly quote: Quote;
      /** The lines of its names. */
      readonly nameQuotes: readonly Quote[];
    }
  | {
      /** A person says in which branch an account is, and perhaps what it is called, as in an entry. */
      readonly kind: 'branch';
      readonly dn: string;
      readonly names: readonly string[];
      readonly text: string;
      readonly quote: Quote;
    }
  | {
      /** A person says that a login with the display name works. */
      readonly kind: 'display-name-works';
      readonly quote: Quote;
    }
  | {
      /** A person says what was typed as the name. */
      readonly kind: 'typed';
      readonly name: string;
      readonly quote: Quote;
    }
  | {
      /** The groups of an account, as the directory lists them. */
      readonly kind: 'groups';
      readonly user: string;
      /** By `diagnose test authserver ldap` on the FortiGate, which names the server: the directory took the password. */
      readonly server?: string;
      /** Their whole names. */
      readonly groups: readonly string[];
      readonly quote: Quote;
      readonly groupQuotes: readonly Quote[];
    };

/** An entry of the crash log, or the state of SSL VPN in which it accepts no new connection, for lack of memory. */
export interface DaemonFailure {
  readonly kind: 'crash' | 'conserve';
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
  /** The value of that line. */
  readonly address?: string;
}

/** A local user that the device was asked to show, and does not have. */
export interface MissingUser {
  readonly name: string;
  readonly quotes: readonly Quote[];
}

/** What one VDOM has in use at the moment of the reading. */
export interface VpnSession {
  readonly vdom?: string;
  /** Address of a session of SSL VPN, or name of an IPsec tunnel. */
  readonly name: string;
  /** What an IPsec client was given, where the list shows it. */
  readonly address?: string;
  /** Number of the clients of the tunnel, or of all tunnels without a name, where they were counted. */
  readonly count?: number;
  readonly quote: Quote;
}
