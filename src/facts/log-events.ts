import type { Quote } from '../evidence/types.ts';

/** Address and port as a sniffer or debug flow prints them; the port is absent for protocols without ports. */
export interface Endpoint {
  readonly address: string;
  readonly port?: number;
}

/** One run of `diagnose sniffer packet`: what it was told to catch, so that its silence can mean something. */
export interface SnifferCapture {
  /** `any`, or the interfaces named. */
  readonly interfaces: readonly string[];
  /** As given: `tcp port 4433`. Empty for no filter. */
  readonly filter: string;
  /** Ports of which it caught everything; `all` without a filter; empty where the filter narrows in other ways too. */
  readonly ports: readonly number[] | 'all';
  /** Its closing counts are visible, so it ran to an end and what it caught is complete. */
  readonly ended: boolean;
  /** Packets it says it received; `packets` may hold fewer where the text was cut. */
  readonly received?: number;
  readonly quotes: readonly Quote[];
}

export interface SniffedPacket {
  /** Only verbosity 4 and higher names it. */
  readonly interface?: string;
  readonly direction?: 'in' | 'out';
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Of TCP: `syn`, `ack`, `fin`, `rst`, `psh`; empty for others. A SYN-ACK has both. */
  readonly flags: readonly string[];
  /** Seconds: since the Unix epoch (read as UTC) for absolute stamps, since the capture began for relative ones. */
  readonly at?: number;
  /** Index in `captures`; absent where the head was cut. */
  readonly capture?: number;
  readonly quotes: readonly Quote[];
}

/** What sniffers on the FortiGate saw, whatever the port: a rule picks out the push port it knows. */
export interface CallbackPackets {
  readonly captures: readonly SnifferCapture[];
  readonly packets: readonly SniffedPacket[];
}

/** Debug flow of one packet: what came, and everything that is known to have become of it. */
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
  /** A virtual IP took it: where it was sent instead. */
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

/** What the token server answered to an activation: 31 is `token does not belong to product`. */
export interface ProvisioningError {
  readonly code: number;
  readonly message: string;
  readonly quotes: readonly Quote[];
}

/** A source address that SSL VPN counts failures of, or has blocked. */
export interface BlockedSource {
  readonly host: string;
  readonly seen: 'debug' | 'list';
  /** The list says `locked`, or debug refused it. Absent where only failures were counted. */
  readonly locked?: boolean;
  readonly fails?: number;
  /** Debug prints `status=1`; what other numbers mean is not documented. */
  readonly status?: number;
  readonly quotes: readonly Quote[];
}

/** Event-log lines and device answers about tokens. */
export interface TokenEvent {
  readonly kind:
    | 'activation-requested'
    | 'activation-succeeded'
    | 'activation-failed'
    | 'cloud-login-failed'
    /** `Please wait N seconds to login again`: the code was used in this time step already. */
    | 'code-reused'
    /** `no valid token found` */
    | 'no-valid-token'
    /** `input value is invalid` */
    | 'invalid-value';
  readonly user?: string;
  readonly tokenSerial?: string;
  readonly vdom?: string;
  /** Of `code-reused`. */
  readonly seconds?: number;
  readonly at?: string;
  readonly text?: string;
  readonly quotes: readonly Quote[];
}

/** What IKE and EAP debug show about one dialup negotiation. */
export interface IkeLogin {
  readonly tunnel: string;
  /** The negotiation's number behind the tunnel's name. */
  readonly serial?: string;
  readonly vdom?: string;
  /** EAP identity. */
  readonly user?: string;
  readonly eap: boolean;
  /** True where FortiClient told of itself, false where the log says that the client is not one. */
  readonly fortiClient?: boolean;
  /** `user '…' authenticated group …`: the second factor, where one was asked, is behind it. */
  readonly accepted: boolean;
  readonly quotes: readonly Quote[];
}
