/** Where a secret is kept; the secret itself is read at use and never stored. */
export type SecretRef = { readonly env: string } | { readonly file: string };

export type Credential =
  | { readonly kind: 'password'; readonly password: SecretRef }
  | { readonly kind: 'key'; readonly privateKey: SecretRef; readonly passphrase?: SecretRef };

export interface Device {
  /** The only name a person can use for it. */
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly credential: Credential;
  /** `SHA256:…` fingerprints or `ssh-ed25519 AAAA…` keys; empty means: refuse and say how to pin. */
  readonly hostKeys: readonly string[];
  readonly vdom?: string;
  readonly groups: readonly string[];
  readonly algorithms: 'modern' | 'legacy';
  readonly timeouts: Timeouts;
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly command: number;
  readonly job: number;
}

/** One line of who may ask for what; a request must match every list that is present, and one of the two is. */
export interface Grant {
  /** Slack user ids; `*` is everybody. */
  readonly users?: readonly string[];
  /** Slack channel ids; `*` is every channel. */
  readonly channels?: readonly string[];
  /** Device groups or aliases; `*` is every device. */
  readonly devices: readonly string[];
}

export interface Inventory {
  /** By alias in lower case: look up with `findDevice`. */
  readonly devices: ReadonlyMap<string, Device>;
  readonly grants: readonly Grant[];
}
