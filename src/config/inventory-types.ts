import type { EscalationSettings } from './escalation-types.ts';
import type { SecretRef } from './secret-ref.ts';

export type Credential =
  | { readonly kind: 'password'; readonly password: SecretRef }
  | { readonly kind: 'key'; readonly privateKey: SecretRef; readonly passphrase?: SecretRef }
  | {
      readonly kind: 'agent';
      /** Where the path of the agent's socket is. */
      readonly socket: SecretRef;
      /** Fingerprint or line of the key to use, where the agent holds several. */
      readonly key?: string;
    };

/** What it takes to sign in somewhere over SSH: a device, or a host on the way to it. */
export interface SshEndpoint {
  /** The only name a person can use for it. */
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential;
  /** `SHA256:…` fingerprints or `ssh-ed25519 AAAA…` keys; empty means: refuse and say how to pin. */
  readonly hostKeys: readonly string[];
  /** A file in the format of OpenSSH's `known_hosts`, trusted next to `hostKeys`; `~/` is the home folder. */
  readonly knownHosts?: string;
  readonly algorithms: 'modern' | 'legacy';
  readonly timeouts: Pick<Timeouts, 'connect'>;
}

export interface JumpHost extends SshEndpoint {
  readonly kind: 'jump-host';
}

export interface Device extends SshEndpoint {
  readonly vdom?: string;
  readonly groups: readonly string[];
  readonly timeouts: Timeouts;
  /** A check may switch on debug there, for so long at most; absent: never. */
  readonly live?: { readonly mostSeconds: number };
  /** Hosts to go through, in the order of the way. */
  readonly jumps?: readonly JumpHost[];
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly command: number;
  readonly job: number;
}

/** One line of who may ask for what: people, channels or both, and a request must match what is present. */
export interface Grant {
  /** Slack user ids; `*` is everybody. */
  readonly users?: readonly string[];
  /** Slack user group ids; who is in one of them counts like one of `users`. */
  readonly userGroups?: readonly string[];
  /** Slack channel ids; `*` is every channel. */
  readonly channels?: readonly string[];
  /** Slack workspace ids; absent is the workspace of the bot's token, `*` is every workspace. */
  readonly teams?: readonly string[];
  /** Device groups or aliases; `*` is every device. */
  readonly devices: readonly string[];
}

export interface Inventory {
  /** By alias in lower case: look up with `findDevice`. */
  readonly devices: ReadonlyMap<string, Device>;
  readonly grants: readonly Grant[];
  /** By Slack channel id; a channel that is not here has the defaults. */
  readonly channels: ReadonlyMap<string, ChannelSettings>;
  /** Absent: nobody can be paged. */
  readonly escalation?: EscalationSettings;
}

export interface ChannelSettings {
  /** Whether logs are read that nobody asked to be read. */
  readonly autodetect: boolean;
}
