import type { DistinguishedName } from './distinguished-name.ts';

/** Content of a certificate. FortiOS's own listing omits some fields; those stay undefined. */
export interface Certificate {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since the Unix epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Names and addresses of the extension `subjectAltName`; empty if the certificate has none. */
  readonly alternatives?: { readonly names: readonly string[]; readonly addresses: readonly string[] };
  /** Whether it may sign other certificates (`basicConstraints`). */
  readonly isAuthority?: boolean;
  /** Hexadecimal, without leading zeros; with the issuer it identifies the certificate. */
  readonly serial?: string;
  /** Hexadecimal. */
  readonly keyId?: string;
  readonly issuerKeyId?: string;
  /** Object identifiers of `certificatePolicies`; empty if the certificate has none. */
  readonly policies?: readonly string[];
}
