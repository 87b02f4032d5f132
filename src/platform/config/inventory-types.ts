import type { EscalationSettings } from './escalation-schema.ts';
import type { SecretRef } from './inventory-parts.ts';
import type { InventoryFile } from './inventory-schema.ts';
import type { Sweep } from './sweep-schema.ts';

export type Credential =
  | { readonly kind: 'password'; readonly password: SecretRef }
  | { readonly kind: 'key'; readonly privateKey: SecretRef; readonly passphrase?: SecretRef }
  | {
      readonly kind: 'agent';
      /** Reference to the path of the agent's socket, or the path itself. */
      readonly socket: SecretRef | { readonly path: string };
      /** Fingerprint or public key line of the key to use, if the agent holds several. */
      readonly key?: string;
    };

export interface SshEndpoint {
  /** The only name that people use for the host. */
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential;
  /**
   * `SHA256:…` fingerprints or `ssh-ed25519 AAAA…` keys; if empty, the connection is refused with advice on pinning.
   */
  readonly hostKeys: readonly string[];
  /** A file in OpenSSH's `known_hosts` format, trusted beside `hostKeys`; `~/` is the home folder. */
  readonly knownHosts?: string;
  /** The same, named by the SSH configuration: a file that does not exist is skipped. */
  readonly knownHostsFiles?: readonly string[];
  /** The name of the host in these files, where it is not its address. */
  readonly hostKeyAlias?: string;
  readonly algorithms: 'modern' | 'legacy';
  readonly timeouts: Pick<Timeouts, 'connect'>;
}

export interface JumpHost extends SshEndpoint {
  readonly kind: 'jump-host';
}

export interface Device extends SshEndpoint {
  readonly customer?: string | undefined;
  readonly site?: string | undefined;
  readonly vdom?: string;
  readonly groups: readonly string[];
  readonly timeouts: Timeouts;
  /** Maximum time that a check may enable debug; absent: never. */
  readonly live?: { readonly maxSeconds: number };
  /** Whether a check may ping the push server from the device; absent: never. */
  readonly ping?: true;
  /** Jump hosts in connection order. */
  readonly jumps?: readonly JumpHost[];
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly command: number;
  readonly job: number;
}

/**
 * Who may check which devices. A request must match every field that is present; `teams` absent means the workspace of
 * the bot's token.
 */
export type Grant = InventoryFile['access'][number];

export interface Inventory {
  /** Keyed by alias in lower case; look up with `findDevice`. */
  readonly devices: ReadonlyMap<string, Device>;
  readonly grants: readonly Grant[];
  /** Keyed by Slack channel id; a channel without an entry has the defaults. */
  readonly channels: ReadonlyMap<string, InventoryFile['channels'][string]>;
  /** Parts of the SSH configuration that were not used, with the reason. */
  readonly sshConfigNotes?: readonly string[];
  /** By name, in the order of the file. */
  readonly sweeps: ReadonlyMap<string, Sweep>;
  /** Absent: paging is disabled. */
  readonly escalation?: EscalationSettings;
}
