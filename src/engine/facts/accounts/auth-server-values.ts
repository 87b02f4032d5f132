import type { Quote } from '../../evidence/types.ts';
import type { Sourced } from '../fact.ts';

export interface NamedServer {
  readonly name: string;
  readonly vdom?: string;
}

/** An entry of `user ldap`. */
export interface LdapSettings extends NamedServer {
  /** Attribute that holds the name that people type. */
  readonly nameAttribute: Sourced<string>;
  /** Branch below which accounts are searched. */
  readonly base: Sourced<string>;
  /** `disable`, `starttls` or `ldaps`. */
  readonly secure: Sourced<string>;
  /** CA that must have signed the server's certificate; empty: any CA that the FortiGate knows. */
  readonly authority: Sourced<string>;
}

/** An entry of `user saml`. */
export interface SamlServer extends NamedServer {
  /** `single-sign-on-url`: where the identity provider sends its answer (ACS). */
  readonly replyUrl: Sourced<string>;
  /** `idp-entity-id`: issuer of the identity provider's answers. */
  readonly issuer: Sourced<string>;
  readonly certificate: Sourced<string>;
  /** Names of the attributes that hold the user's name and groups; empty: none is read. */
  readonly userAttribute: Sourced<string>;
  readonly groupAttribute: Sourced<string>;
  /** `require-signed-resp-and-asrt`; empty without the line, as sources differ about its default. */
  readonly bothSigned: Sourced<string>;
}

/** An entry of `user radius`. */
export interface RadiusSettings extends NamedServer {
  /** Seconds. */
  readonly timeout: Sourced<number>;
  readonly allUsergroup: Sourced<boolean>;
  /** `auto`, `pap`, `chap`, `ms_chap` or `ms_chap_v2`. */
  readonly scheme: Sourced<string>;
  /** `require-message-authenticator`, in releases that have it. */
  readonly messageAuthenticator: Sourced<boolean>;
}

/** An entry of `user peer`: a certificate that may open a tunnel or a portal. */
export interface CertificatePeer extends NamedServer {
  /** CA that must have issued it. */
  readonly authority: Sourced<string>;
  readonly subject: Sourced<string>;
}

/** A certificate on which logins rest. */
export interface LoginCertificate {
  readonly name: string;
  /** What it is for: to check answers of an identity provider, the certificate of a directory, or to serve SSL VPN. */
  readonly use: 'identity-provider' | 'directory' | 'ssl-vpn';
  /** The server that names it; empty for SSL VPN. */
  readonly server: string;
  readonly namedBy: readonly Quote[];
  /** Milliseconds since the Unix epoch; absent if the evidence does not hold the certificate. */
  readonly notAfter?: Sourced<number>;
}

/** An entry of `user password-policy`. */
export interface PasswordPolicy extends NamedServer {
  /** `expire-days`: how long a password lasts. */
  readonly expireDays: Sourced<number>;
}
