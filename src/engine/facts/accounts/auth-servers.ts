import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, numberSetting, wordSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact, Sourced } from '../fact.ts';

interface NamedServer {
  readonly name: string;
  readonly vdom?: string;
}

/** An entry of `user ldap`. */
export interface LdapServer extends NamedServer {
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
export interface RadiusServer extends NamedServer {
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

export function readLdapServers(sections: readonly Section[], view: ConfigView): Fact<readonly LdapServer[]> {
  return tableFact(view, 'user ldap', ldapOf, () => notSeen('ldapServers', sections));
}

export function readSamlServers(sections: readonly Section[], view: ConfigView): Fact<readonly SamlServer[]> {
  return tableFact(view, 'user saml', samlOf, () => notSeen('samlServers', sections));
}

export function readRadiusServers(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly RadiusServer[]> {
  return tableFact(view, 'user radius', radiusOf, () => notSeen('radiusServers', sections));
}

export function readCertificatePeers(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly CertificatePeer[]> {
  return tableFact(view, 'user peer', peerOf, () => notSeen('certificatePeers', sections));
}

function ldapOf(placed: PlacedEntry): LdapServer {
  const { entry } = placed;
  return {
    ...nameOf(placed),
    nameAttribute: wordSetting(placed, entry, 'cnid', 'cn'),
    base: wordSetting(placed, entry, 'dn', ''),
    secure: wordSetting(placed, entry, 'secure', 'disable'),
    authority: wordSetting(placed, entry, 'ca-cert', ''),
  };
}

function samlOf(placed: PlacedEntry): SamlServer {
  const text = (name: string) => wordSetting(placed, placed.entry, name, '');
  return {
    ...nameOf(placed),
    replyUrl: text('single-sign-on-url'),
    issuer: text('idp-entity-id'),
    certificate: text('idp-cert'),
    userAttribute: text('user-name'),
    groupAttribute: text('group-name'),
    bothSigned: text('require-signed-resp-and-asrt'),
  };
}

function radiusOf(placed: PlacedEntry): RadiusServer {
  const { entry } = placed;
  return {
    ...nameOf(placed),
    timeout: numberSetting(placed, entry, 'timeout', 5),
    allUsergroup: flagSetting(placed, entry, 'all-usergroup', false),
    scheme: wordSetting(placed, entry, 'auth-type', 'auto'),
    messageAuthenticator: flagSetting(placed, entry, 'require-message-authenticator', true),
  };
}

function peerOf(placed: PlacedEntry): CertificatePeer {
  return {
    ...nameOf(placed),
    authority: wordSetting(placed, placed.entry, 'ca', ''),
    subject: wordSetting(placed, placed.entry, 'subject', ''),
  };
}

function nameOf({ entry, vdom }: PlacedEntry): NamedServer {
  return { name: entry.key, vdom };
}
