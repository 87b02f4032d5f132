import type { DistinguishedName } from './distinguished-name.ts';

/** What a certificate says. Of FortiOS's own listing not everything is known; what is not stays undefined. */
export interface Certificate {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since the Unix epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Names and addresses of the extension `subjectAltName`; empty where the certificate has none. */
  readonly alternatives?: { readonly names: readonly string[]; readonly addresses: readonly string[] };
  /** It may sign others (`basicConstraints`). */
  readonly isAuthority?: boolean;
  /** Hexadecimal. */
  readonly keyId?: string;
  readonly issuerKeyId?: string;
  /** Object identifiers of `certificatePolicies`; empty where the certificate has none. */
  readonly policies?: readonly string[];
}
