import type { Quote } from '../evidence/types.ts';

/** Address and port as printed by a sniffer or debug flow; no port for protocols without ports. */
export interface Endpoint {
  readonly address: string;
  readonly port?: number;
}

/** One run of `diagnose sniffer packet` with its filter, so that the absence of packets is meaningful. */
export interface SnifferCapture {
  /** `any`, or the named interfaces. */
  readonly interfaces: readonly string[];
  /** As given: `tcp port 4433`. Empty for no filter. */
  readonly filter: string;
  /** Ports captured completely; `all` without a filter; empty if the filter has other conditions too. */
  readonly ports: readonly number[] | 'all';
  /** Its closing counters are visible, so the capture is complete. */
  readonly ended: boolean;
  /** Number of packets received; `packets` may hold fewer if the text was truncated. */
  readonly received?: number;
  readonly quotes: readonly Quote[];
}

export interface SniffedPacket {
  /** Printed by verbosity 4 and higher only. */
  readonly interface?: string;
  readonly direction?: 'in' | 'out';
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** TCP flags: `syn`, `ack`, `fin`, `rst`, `psh`; empty for other protocols. A SYN-ACK has both. */
  readonly flags: readonly string[];
  /** Bytes of a UDP packet without its headers. */
  readonly size?: number;
  /** Seconds: since the Unix epoch (read as UTC) for absolute stamps, since the capture began for relative ones. */
  readonly at?: number;
  /** Index in `captures`; absent if the capture's start is not in the text. */
  readonly capture?: number;
  readonly quotes: readonly Quote[];
}

/** Packets seen by sniffers on the FortiGate, on any port: a rule selects the push port. */
export interface CallbackPackets {
  readonly captures: readonly SnifferCapture[];
  readonly packets: readonly SniffedPacket[];
}

/** Debug flow of one packet, with everything known about its handling. */
export interface FlowTrace {
  readonly trace: string;
  /** IP protocol number: 6 is TCP. */
  readonly protocol?: number;
  readonly from?: Endpoint;
  readonly to?: Endpoint;
  /** Interface it arrived on. */
  readonly interface?: string;
  readonly vdom?: string;
  /** `find a route: … gw-A via wan1`. */
  readonly route?: { readonly gateway?: string; readonly interface: string };
  /** Destination after a virtual IP. */
  readonly dnat?: Endpoint;
  /** `local-in` is `iprope_in_check()`, where `policy` 0 means that nothing accepts the port. */
  readonly drop?: {
    readonly reason: 'local-in' | 'reverse-path' | 'policy' | 'no-session';
    readonly policy?: number;
  };
  readonly quotes: readonly Quote[];
}

/** FortiAuthenticator's pushd. */
export type PushdEvent = { readonly quotes: readonly Quote[] } & (
  | { readonly kind: 'error'; readonly code: number; readonly text: string }
  | { readonly kind: 'queued' }
  | { readonly kind: 'sent'; readonly user?: string }
);

/** The token server's answer to an activation: 31 is `token does not belong to product`. */
export interface ProvisioningError {
  readonly code: number;
  readonly message: string;
  readonly quotes: readonly Quote[];
}

/** Connections to LDAP servers that failed within five minutes, as the event log counts them. */
export interface DirectoryFailures {
  readonly count: number;
  /** As the log spells it: `2026-03-02 09:12:40`. */
  readonly at?: string;
  readonly quotes: readonly Quote[];
}

/** A source address with failed SSL VPN logins, blocked or not. */
export interface BlockedSource {
  readonly host: string;
  readonly seen: 'debug' | 'list';
  /** The list shows `locked`, or debug shows a refusal. Absent if only failures were counted. */
  readonly locked?: boolean;
  readonly fails?: number;
  /** Debug prints `status=1`; other numbers are undocumented. */
  readonly status?: number;
  readonly quotes: readonly Quote[];
}

/** Event-log lines and device messages about tokens. */
export interface TokenEvent {
  readonly kind:
    | 'activation-requested'
    | 'activation-succeeded'
    | 'activation-failed'
    | 'cloud-login-failed'
    /** `Please wait N seconds to login again`: the code was already used in this time step. */
    | 'code-reused'
    /** `no valid token found` */
    | 'no-valid-token'
    /** `input value is invalid` */
    | 'invalid-value';
  readonly user?: string;
  readonly tokenSerial?: string;
  readonly vdom?: string;
  /** Set for `code-reused`. */
  readonly seconds?: number;
  readonly at?: string;
  readonly text?: string;
  readonly quotes: readonly Quote[];
}

/** What IKE and EAP debug show about one dial-up negotiation. */
export interface IkeLogin {
  readonly tunnel: string;
  /** Number of the negotiation behind the tunnel's name. */
  readonly serial?: string;
  readonly vdom?: string;
  /** EAP identity. */
  readonly user?: string;
  readonly eap: boolean;
  /** True if FortiClient identified itself, false if the log shows another client. */
  readonly fortiClient?: boolean;
  /** `user '…' authenticated group …`: any second factor has been passed. */
  readonly accepted: boolean;
  /** The last result of fnbamd, where it is `FNBAM_CHALLENGED`: one more message was expected. */
  readonly challenged?: Quote;
  readonly quotes: readonly Quote[];
}
