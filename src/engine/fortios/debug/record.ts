export type DebugDaemon =
  | 'sslvpn'
  | 'fnbamd'
  | 'ftm-push'
  | 'flow'
  | 'event'
  | 'ike'
  | 'eap_proxy'
  | 'samld'
  | 'authd'
  | 'openfortivpn'
  | 'charon'
  | 'native-client'
  | 'other';

/**
 * The sslvpn worker that printed a line. `sid` is hexadecimal; `0` means that no session was bound. Empty, and without a
 * VDOM, where no line of the log has its prefix.
 */
export interface SslVpnSession {
  readonly pid: string;
  readonly vdom?: string;
  readonly sid: string;
}

/** One message of one daemon. A physical line may contain several, because daemons share a console without newlines. */
export interface DebugRecord {
  readonly daemon: DebugDaemon;
  /** 1-based number of the physical line. */
  readonly line: number;
  /** As printed, for quoting. Concatenated, the `raw` parts of one line are the line. */
  readonly raw: string;
  /** Without time stamp, prefix and function. */
  readonly text: string;
  /** `2025-03-29 19:31:41`, on the device's clock. */
  readonly stamp?: string;
  /** `stamp` as seconds since the Unix epoch, read as if it were UTC. */
  readonly at?: number;
  readonly session?: SslVpnSession;
}
